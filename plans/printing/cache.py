"""Keeps rendered parts on disk, shared by all processes, bounded in size.

It is only a help: where it cannot be written, parts are rendered again.
Rendered parts hold personal data: folder and files are readable by the server's user only.
"""

import hashlib
import logging
import os
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)

_DIGEST_LENGTH = 16
# What the smallest file takes on disk.
_BLOCK_BYTES = 4096
# Trimmed below the limit, so that not every print has to trim.
_TRIM_TO = 0.9


def content_key(*parts: str) -> str:
    """Return a name that is the same exactly when all parts are the same."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode()
        digest.update(f"{len(data)}:".encode())
        digest.update(data)
    return digest.hexdigest()


class PartCache:
    """Bytes by content key; what was not used longest goes first."""

    def __init__(self, folder: Path, limit_bytes: int | None = None) -> None:
        self._folder = folder
        self._limit_bytes = settings.PRINT_CACHE_BYTES if limit_bytes is None else limit_bytes
        self._has_grown = False

    def get(self, key: str) -> bytes | None:
        """Return the bytes, None when they are not kept or were damaged."""
        path = self._path(key)
        try:
            stored = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        digest, content = stored[:_DIGEST_LENGTH], stored[_DIGEST_LENGTH:]
        return content if digest == _digest(content) else None

    def put(self, key: str, content: bytes) -> None:
        """Keep the bytes if the disk takes them; a reader sees all of them or none."""
        self._has_grown = True
        try:
            self._write(key, content)
        except OSError:
            logger.warning("The print cache could not be written.", exc_info=True)

    def _write(self, key: str, content: bytes) -> None:
        path = self._path(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        # mkstemp creates the file with mode 0600.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_digest(content) + content)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def trim(self) -> None:
        """Delete what was not used longest until the limit is kept again, if anything was added."""
        if self._has_grown:
            self._has_grown = False
            self._trim()

    def tidy(self, *, older_than: timedelta) -> int:
        """Delete what was not used for so long, and what the limit leaves no room for; return how many."""
        before = list(self._entries())
        limit = time.time() - older_than.total_seconds()
        for used_at, _, path in before:
            if used_at < limit:
                with suppress(OSError):
                    path.unlink()
        self._trim()
        return len(before) - len(list(self._entries()))

    def _trim(self) -> None:
        entries = sorted(self._entries())
        total = sum(size for _, size, _ in entries)
        if total <= self._limit_bytes:
            return
        for _, size, path in entries:
            if total <= self._limit_bytes * _TRIM_TO:
                return
            with suppress(OSError):  # another process trims too
                path.unlink()
            total -= size

    def _entries(self) -> Iterable[tuple[float, int, Path]]:
        for path in self._folder.glob("??/*"):
            with suppress(OSError):
                status = path.stat()
                yield status.st_mtime, max(status.st_size, _BLOCK_BYTES), path

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()[:_DIGEST_LENGTH]

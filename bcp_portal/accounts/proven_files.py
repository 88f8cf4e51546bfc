"""Reads stored files together with the SHA-256 they were stored under."""

import hashlib
from typing import Any

from django.db.models.fields.files import FieldFile

_CHUNK = 1 << 20


def sha256_in(file: FieldFile) -> str | None:
    """Return the SHA-256 (hex) of a stored file, None when it is missing."""
    try:
        with file.open("rb") as stored:
            return _digest(stored)
    except (OSError, ValueError):  # missing, or a row that names no file
        return None


def proven_bytes(file: FieldFile, sha256: str) -> bytes:
    """Return a stored file; LookupError when it is missing or does not match its SHA-256."""
    try:
        with file.open("rb") as stored:
            content = bytes(stored.read())
    except (OSError, ValueError) as error:
        raise LookupError(sha256) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise LookupError(sha256)
    return content


def _digest(stored: Any) -> str:
    digest = hashlib.sha256()
    while chunk := stored.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()

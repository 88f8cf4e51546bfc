"""Opens an archive file that may be damaged or hostile, and hands out its members."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from bcp_portal.archive import manifest as manifests
from bcp_portal.archive import upgrades
from bcp_portal.archive.manifest import Manifest
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.text import shortened

MAX_MEMBERS = 200_000
MAX_BYTES = 20 << 30
MAX_MANIFEST_BYTES = 64 << 20
MAX_LINE_BYTES = 256 << 20
_CHUNK = 1 << 20
NOT_A_ZIP = (
    "アーカイブのファイルとして開けません。ファイルが途中で切れているか、別の種類のファイルです。"
)
NO_MANIFEST = (
    "目録（manifest.json）が読めません。このプログラムのアーカイブではないか、壊れています。"
)
NEWER = (
    "形式の版{found}のアーカイブは読めません。このプログラムが読めるのは版{known}までです。"
    "新しい版のプログラムに更新してから読み込んでください。"
)
TOO_LARGE = "アーカイブが大きすぎるか、圧縮を解くと不自然に大きくなるため、開きません。"
ODD_MEMBER = "アーカイブの中の「{path}」は、このプログラムのアーカイブにあるはずのないものです。"
MISSING = "アーカイブの中に、目録にある「{path}」がありません。"
ALTERED = (
    "アーカイブの中の「{path}」が壊れているか、書き換えられています（SHA-256が目録と違います）。"
)
LONG_LINE = "アーカイブの中の「{path}」に、長すぎる行があります。"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


class Package:
    """An archive whose manifest was read and whose list of members is in order."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._zip = opened
        _check_members(opened)
        self.manifest, self.steps = _read_manifest(opened)
        self._check_list()

    def prove(self) -> None:
        """Compare every member with its hash; DomainError names the first one that differs."""
        for path, expected in self.manifest.members.items():
            size = self._zip.getinfo(path).file_size
            digest = hashlib.sha256()
            for chunk in self.chunks(path) if expected.size in (None, size) else ():
                digest.update(chunk)
            if digest.hexdigest() != expected.sha256:
                raise DomainError(ALTERED.format(path=path))

    def has(self, path: str) -> bool:
        """Tell whether the archive has this member."""
        return path in self.manifest.members

    def data_members(self) -> list[str]:
        """Return the paths of all members that hold rows."""
        return [path for path in self.manifest.members if path.startswith("data/")]

    def chunks(self, path: str) -> Iterator[bytes]:
        """Yield the content of a member; DomainError when it cannot be unpacked."""
        try:
            with self._zip.open(path) as member:
                while chunk := member.read(_CHUNK):
                    yield chunk
        except _BROKEN as error:
            raise DomainError(ALTERED.format(path=path)) from error

    def lines(self, path: str) -> Iterator[bytes]:
        """Yield the lines of a member, a limited number of bytes in memory at a time."""
        try:
            with self._zip.open(path) as member:
                while line := member.readline(MAX_LINE_BYTES):
                    # A member's readline may return somewhat more than it was asked for.
                    if len(line) >= MAX_LINE_BYTES:
                        raise DomainError(LONG_LINE.format(path=path))
                    yield line
        except _BROKEN as error:
            raise DomainError(ALTERED.format(path=path)) from error

    def open(self, path: str) -> IO[bytes]:
        """Open a member for copying."""
        return self._zip.open(path)

    def _check_list(self) -> None:
        found = set(self._zip.namelist()) - {manifests.PATH}
        for path in sorted(self.manifest.members.keys() - found):
            raise DomainError(MISSING.format(path=path))
        for path in sorted(found - self.manifest.members.keys()):
            raise DomainError(ODD_MEMBER.format(path=shortened(path, 100)))


@contextmanager
def opened_package(path: Path) -> Iterator[Package]:
    """Open an archive; DomainError (Japanese) says what is wrong with it."""
    try:
        opened = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise DomainError(f"「{path}」がありません。") from error
    except _BROKEN as error:
        raise DomainError(NOT_A_ZIP) from error
    with opened:
        yield Package(opened)


def _check_members(opened: zipfile.ZipFile) -> None:
    members = opened.infolist()
    packed = sum(member.compress_size for member in members)
    size = Path(str(opened.filename)).stat().st_size
    too_much = sum(member.file_size for member in members) > MAX_BYTES
    # Members that overlap in the file unpack to more than the file could hold.
    if len(members) > MAX_MEMBERS or too_much or packed > size:
        raise DomainError(TOO_LARGE)
    seen = set()
    for member in members:
        name = member.filename
        known = name == manifests.PATH or manifests.MEMBER_NAMES.fullmatch(name)
        plain = member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if not known or not plain or member.flag_bits & 1 or name in seen:
            raise DomainError(ODD_MEMBER.format(path=shortened(name, 100)))
        seen.add(name)


def _read_manifest(opened: zipfile.ZipFile) -> tuple[Manifest, upgrades.Steps]:
    data = _manifest_json(opened)
    version = data.get("format_version")
    if data.get("format") != manifests.FORMAT or not isinstance(version, int) or version < 1:
        raise DomainError(NO_MANIFEST)
    if version > manifests.FORMAT_VERSION:
        raise DomainError(NEWER.format(found=version, known=manifests.FORMAT_VERSION))
    steps = upgrades.steps_from(version)
    return Manifest.from_json(steps.manifest(data)), steps


def _manifest_json(opened: zipfile.ZipFile) -> dict[str, Any]:
    try:
        if opened.getinfo(manifests.PATH).file_size > MAX_MANIFEST_BYTES:
            raise DomainError(TOO_LARGE)
        data = json.loads(opened.read(manifests.PATH))
    except (KeyError, RecursionError, *_BROKEN) as error:
        raise DomainError(NO_MANIFEST) from error
    if not isinstance(data, dict):
        raise DomainError(NO_MANIFEST)
    return data

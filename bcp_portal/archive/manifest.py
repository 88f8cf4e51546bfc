"""The first thing read of an archive and the last written: what is in it, with a hash of each member."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.text import shortened

FORMAT = "bcp-portal-archive"
FORMAT_VERSION = 2
PATH = "manifest.json"
MEMBER_NAMES = re.compile(
    r"data/[a-z_]+\.[A-Za-z]+\.jsonl|kept/[a-z-]+\.jsonl|files/[0-9a-f]{64}|schema\.json|README\.txt"
)
SHA256 = re.compile(r"[0-9a-f]{64}")
BAD = "アーカイブの目録（manifest.json）の「{part}」が正しくありません。アーカイブが壊れているか、書き換えられています。"


@dataclass(frozen=True)
class ManifestMember:
    """What the manifest says of one member; version 1 did not say the size."""

    sha256: str
    size: int | None = None


@dataclass
class Manifest:
    """What one archive says about its own content."""

    code: str
    name: str
    made_at: str
    made_by: str
    program_version: str
    members: dict[str, ManifestMember] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    lost_files: list[str] = field(default_factory=list)
    format_version: int = FORMAT_VERSION

    def to_json(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "format_version": self.format_version,
            "program_version": self.program_version,
            "made_at": self.made_at,
            "made_by": self.made_by,
            "municipality": {"code": self.code, "name": self.name},
            "rows": self.rows,
            "left_out": self.left_out,
            "lost_files": self.lost_files,
            "members": {path: asdict(member) for path, member in self.members.items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Manifest":
        """Read a manifest of the present format version; DomainError names the part that is wrong."""
        municipality = _part(data, "municipality", dict)
        return cls(
            code=_part(municipality, "code", str),
            name=_part(municipality, "name", str),
            made_at=_part(data, "made_at", str),
            made_by=_part(data, "made_by", str),
            program_version=_part(data, "program_version", str),
            members=_members(_part(data, "members", dict)),
            rows=_part(data, "rows", dict),
            left_out=_part(data, "left_out", dict),
            lost_files=_part(data, "lost_files", list),
            format_version=_part(data, "format_version", int),
        )


def _members(data: Mapping[str, Any]) -> dict[str, ManifestMember]:
    members = {}
    for path, said in data.items():
        sha256, size = (said.get("sha256"), said.get("size")) if isinstance(said, dict) else ("", 0)
        known = MEMBER_NAMES.fullmatch(path) and SHA256.fullmatch(str(sha256))
        if not known or not (size is None or isinstance(size, int)):
            raise DomainError(BAD.format(part=f"members: {shortened(path, 100)}"))
        members[path] = ManifestMember(str(sha256), size)
    return members


def _part(data: Mapping[str, Any], name: str, kind: type) -> Any:
    value = data.get(name)
    if not isinstance(value, kind):
        raise DomainError(BAD.format(part=name))
    return value

"""Finds the fonts a plan is printed with, because a missing one would be replaced in silence."""

import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import uharfbuzz

from bcp_portal.ui.errors import DomainError

GOTHIC = "BIZ UDGothic"
MINCHO = "BIZ UDMincho"
NAMES = "IPAmjMincho"
LAST_RESORT = "Noto Sans CJK JP"
FAMILIES = (GOTHIC, MINCHO, NAMES, LAST_RESORT)

# What apt installs on Debian; named in the message of the start-up check.
PACKAGES = {
    GOTHIC: "fonts-morisawa-bizud-gothic",
    MINCHO: "fonts-morisawa-bizud-mincho",
    NAMES: "fonts-ipamj-mincho",
    LAST_RESORT: "fonts-noto-cjk",
}


class FontMissingError(DomainError):
    """A font family the print style sheet asks for is not installed."""

    def __init__(self, family: str) -> None:
        self.family = family
        super().__init__(
            f"印刷に使うフォント「{family}」がサーバにありません。"
            f"サーバの担当者に、フォントのパッケージ {PACKAGES.get(family, family)} の導入を依頼してください。",
            status=503,
        )


@dataclass(frozen=True)
class Face:
    """One font file, and the family the style sheet calls it by."""

    family: str
    path: Path
    index: int

    @property
    def fingerprint(self) -> str:
        """Change whenever the file is replaced by another version."""
        status = self.path.stat()
        return f"{self.path.name}:{self.index}:{status.st_size}:{int(status.st_mtime)}"


@cache
def find_face(family: str, bold: bool = False) -> Face:
    """Return the file fontconfig would use; raise FontMissingError when it offers another family."""
    pattern = f"{family}:bold" if bold else family
    try:
        answer = subprocess.run(  # noqa: S603  (no user input)
            ["fc-match", "-f", "%{family}|%{file}|%{index}", pattern],  # noqa: S607
            capture_output=True,
            check=True,
            text=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        raise FontMissingError(family) from None
    # Where no font at all is installed, it answers nothing.
    families, path, index = answer.rsplit("|", 2) if answer.count("|") > 1 else ("", "", "")
    if family not in families.split(","):
        raise FontMissingError(family)
    # The upper half of fontconfig's index names an instance of a variable font.
    return Face(family, Path(path), int(index or 0) & 0xFFFF)


@cache
def font_face(face: Face) -> uharfbuzz.Face:
    """Return the opened font; the file is mapped, not read."""
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path)), face.index)


@cache
def face_of_base_font(name: str) -> Face | None:
    """Return the file behind a PDF font name such as BIZ-UDGothic-Bold, None for one not ours.

    IPAmjMincho-Bold is the regular file too: the family has one weight.
    """
    for family in FAMILIES:
        stem = family.replace(" ", "-")
        if name == stem:
            return find_face(family)
        if name == f"{stem}-Bold":
            return find_face(family, bold=True)
    return None


def missing_families() -> list[str]:
    """Return the families that are not installed, or no longer where they were found."""
    return [family for family in FAMILIES if not _is_installed(family)]


def _is_installed(family: str) -> bool:
    try:
        return find_face(family).path.exists()
    except FontMissingError:
        return False

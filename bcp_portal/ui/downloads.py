"""Hands out files, and gives every one of them the name under which it is saved."""

import re
import unicodedata
from io import BytesIO
from typing import IO

from django.http import FileResponse

from bcp_portal.ui.counted_letters import letters

# Characters that Windows, macOS or Linux allow in no file name, as the full-width ones that look the same.
_FULL_WIDTH = str.maketrans(
    {
        "/": "／",
        "\\": "＼",
        ":": "：",
        "*": "＊",
        "?": "？",
        '"': "”",
        "<": "＜",
        ">": "＞",
        "|": "｜",
    }
)
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,10}$")
# A made-up name has to find room in every file system; one of 255 bytes is the narrowest.
_MOST_BYTES = 200
# A name that was uploaded goes back to where it came from: 255 signs of UTF-16 on Windows and macOS.
_MOST_UNITS = 255


def download_name(name: str, *, as_uploaded: bool = False) -> str:
    """Return a name as every file system takes it, cut between letters before its ending.

    A name this program makes has at most 200 bytes of UTF-8, one that somebody uploaded keeps all
    that Windows and macOS can store (255 units of UTF-16).
    """
    one_line = " ".join(name.translate(_FULL_WIDTH).split("\n"))
    visible = "".join(
        c for c in one_line if unicodedata.category(c) not in {"Cc", "Cs", "Zl", "Zp"}
    )
    visible = visible.strip(" ").rstrip(". ") or "ファイル"
    if visible.startswith(".") and not as_uploaded:
        visible = f"_{visible}"
    if _RESERVED.match(visible):
        visible = f"_{visible}"
    return _within(visible, as_uploaded)


def download(
    content: bytes | IO[bytes],
    name: str,
    content_type: str,
    *,
    as_uploaded: bool = False,
    inline: bool = False,
) -> FileResponse:
    """Return a file to be saved (or with `inline` shown) under its name, which may be any text."""
    return FileResponse(
        BytesIO(content) if isinstance(content, bytes) else content,
        as_attachment=not inline,
        filename=download_name(name, as_uploaded=as_uploaded),
        content_type=content_type,
    )


def _within(name: str, as_uploaded: bool) -> str:
    most = _MOST_UNITS if as_uploaded else _MOST_BYTES
    encoding = "utf-16-le" if as_uploaded else "utf-8"
    unit = 2 if as_uploaded else 1

    def size(text: str) -> int:
        return len(text.encode(encoding)) // unit

    if size(name) <= most:
        return name
    found = _ENDING.search(name)
    ending = found.group() if found else ""
    kept, room = "", most - size("…" + ending)
    for letter in letters(name.removesuffix(ending)):
        room -= size(letter)
        if room < 0:
            break
        kept += letter
    return f"{kept.rstrip()}…{ending}"

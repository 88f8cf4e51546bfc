"""Names sheets and files so that Excel, Windows and LibreOffice take them."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from bcp_portal.annex.excel.texts import visible_text
from bcp_portal.ui.counted_letters import ended, letters
from bcp_portal.ui.downloads import download_name

MAX_SHEET_NAME = 31
# Excel keeps these for itself (its Japanese edition the second one).
_RESERVED = {"history", "履歴"}
# Japanese Excel refuses the full-width forms too.
_FORBIDDEN_IN_SHEETS = frozenset("\\/?*[]:¥")
_SPACES = re.compile(r"\s+")
_MAX_FILE_PART = 40


def sheet_names(headings: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Return one valid name a heading, all different from each other and from those taken."""
    used = {_same_name(name) for name in taken} | _RESERVED
    names = []
    for heading in headings:
        name = _unused(_plain(heading), used)
        used.add(_same_name(name))
        names.append(name)
    return names


def file_name(*parts: str, day: date) -> str:
    """Return e.g. 様式1_情報システム一覧_みほん市_2026-11-21.xlsx."""
    said = [_SPACES.sub("_", visible_text(part)).strip("._") for part in parts]
    kept = [ended(part, _MAX_FILE_PART) for part in said if part]
    return download_name("_".join([*kept, f"{day:%Y-%m-%d}"]) + ".xlsx")


def _plain(heading: str) -> str:
    one_line = " ".join(visible_text(heading).split())
    allowed = "".join("・" if _is_forbidden(c) else c for c in one_line)
    return _cut(allowed, MAX_SHEET_NAME) or "表"


def _is_forbidden(character: str) -> bool:
    return bool(_FORBIDDEN_IN_SHEETS & set(unicodedata.normalize("NFKC", character)))


def _unused(name: str, used: set[str]) -> str:
    candidate, number = name, 2
    while _same_name(candidate) in used:
        suffix = f" ({number})"
        candidate = _cut(name, MAX_SHEET_NAME - len(suffix)) + suffix
        number += 1
    return candidate


def _cut(name: str, units: int) -> str:
    """Return the beginning that Excel counts as at most so many characters; no ' at either end."""
    if _units(name) > units:
        kept = letters(name)
        while _units("".join(kept)) > units - 1:
            kept.pop()
        name = "".join(kept).rstrip("' ") + "…"
    return name.strip("' ")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _same_name(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()

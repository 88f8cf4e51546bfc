"""Finds where conditions may strike cells of a worksheet through; they are not calculated. No Django."""

import re
import zipfile
from pathlib import Path
from typing import Any

from openpyxl.xml.constants import ARC_STYLE
from openpyxl.xml.functions import fromstring

_CONDITIONS = re.compile(
    rb"<(?:\w+:)?conditionalFormatting\b([^>]*)>(.*?)</(?:\w+:)?conditionalFormatting>", re.DOTALL
)
_PLACES = re.compile(rb'\bsqref="([A-Z0-9: ]+)"')
_STYLE = re.compile(rb'\bdxfId="(\d{1,6})"')
_MOST = 50


def struck_ranges(path: Path, sheet: Any) -> list[str]:
    """Return the ranges (A3:C9) of a read-only worksheet that a condition may strike through."""
    with zipfile.ZipFile(path) as archive:
        struck = _struck_styles(archive)
        if not struck:
            return []
        found: list[str] = []
        for said, rules in _CONDITIONS.findall(archive.read(sheet._worksheet_path.lstrip("/"))):
            places = _PLACES.search(said)
            if places and struck & set(map(int, _STYLE.findall(rules))):
                found.append(places[1].decode("ascii"))
    return found[:_MOST]


def _struck_styles(archive: zipfile.ZipFile) -> set[int]:
    """Return the numbers of the styles for conditions that strike text through."""
    if ARC_STYLE not in archive.namelist():
        return set()
    content = archive.read(ARC_STYLE)
    if b"dxfs" not in content or b"strike" not in content:
        return set()
    styles = [each for each in fromstring(content).iter() if _name(each) == "dxf"]
    return {number for number, style in enumerate(styles) if any(map(_is_strike, style.iter()))}


def _is_strike(element: Any) -> bool:
    return _name(element) == "strike" and element.get("val", "1") not in ("0", "false")


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]

"""Finds where conditions may strike cells through or hide what they hold; they are not calculated. No Django."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl.styles.colors import Color
from openpyxl.xml.constants import ARC_STYLE
from openpyxl.xml.functions import fromstring

from bcp_portal.importing.sheet_properties import BehindCells
from bcp_portal.importing.workbook_styles import is_white

STRUCK, COLOURED, FORMATTED, DRAWN = "struck", "coloured", "formatted", "drawn"
_MOST = 50
_WHITE = "white"
_NO = ("0", "false")


def hiding_conditions(path: Path, behind: BehindCells) -> list[tuple[str, str]]:
    """Return (what it does, ranges such as A3:C9) of the conditions that may hide something.

    Conditions of Excel 2007 name a style of the workbook, those of later versions hold their own.
    """
    if b"onditionalFormatting" not in behind.content:
        return []
    effects = _effects_of_styles(path)
    found: dict[tuple[str, str], None] = {}
    for element in behind.element().iter():
        if _name(element) == "conditionalFormatting":
            for effect in _effects(element, effects):
                found[effect, _places(element)] = None
    return list(found)[:_MOST]


def _effects(condition: Any, of_styles: list[set[str]]) -> Iterator[str]:
    for part in condition.iter():
        name = _name(part)
        if name == "cfRule" and (style := part.get("dxfId", "")).isdigit():
            yield from of_styles[int(style)] if int(style) < len(of_styles) else ()
        elif name == "dxf":
            yield from _effects_of(part)
        elif name in ("iconSet", "dataBar") and part.get("showValue") in _NO:
            yield DRAWN


def _places(condition: Any) -> str:
    own = condition.get("sqref")
    return own or next((e.text or "" for e in condition.iter() if _name(e) == "sqref"), "")


def _effects_of_styles(path: Path) -> list[set[str]]:
    with zipfile.ZipFile(path) as archive:
        if ARC_STYLE not in archive.namelist():
            return []
        styles = fromstring(archive.read(ARC_STYLE))
    return [_effects_of(each) for each in styles.iter() if _name(each) == "dxf"]


def _effects_of(style: Any) -> set[str]:
    """Return what a style does to the text of a cell that meets its condition."""
    parts = {_name(part): part for part in style}
    found = {FORMATTED} if "numFmt" in parts else set()
    font = {_name(part): part for part in parts.get("font", ())}
    if "strike" in font and font["strike"].get("val", "1") not in _NO:
        found.add(STRUCK)
    colour = _colour(font["color"]) if "color" in font else ""
    if colour and colour == _ground(parts.get("fill", ())):
        found.add(COLOURED)
    return found


def _ground(fill: Any) -> str:
    """Return the colour behind the text: a condition that fills a cell names it as background."""
    patterns = [part for part in fill if _name(part) == "patternFill"]
    grounds = [part for pattern in patterns for part in pattern if _name(part) == "bgColor"]
    if grounds:
        return _colour(grounds[0])
    return "" if len(fill) else _WHITE


def _colour(said: Any) -> str:
    try:
        colour = Color.from_tree(said)
    except (TypeError, ValueError):
        # An odd look is no reason to refuse a file.
        return ""
    return _WHITE if is_white(colour) else f"{colour.type} {colour.value} {colour.tint}"


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]

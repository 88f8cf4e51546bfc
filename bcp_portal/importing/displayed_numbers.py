"""Tells the number in a cell from the unit that Excel shows beside it, and where both are not the same; pure."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bcp_portal.annex.kinds import Kind
from bcp_portal.importing.general_format import NARROW
from bcp_portal.importing.number_formats import exact
from bcp_portal.importing.sources import Cell
from bcp_portal.importing.words_of_formats import changes_meaning

_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d*)?")
_SIGNS = re.compile(r"[▲△()（）\s−-]")


def is_overflow(text: str) -> bool:
    """Tell whether a text is what Excel shows, and saves as CSV, of a number without room."""
    text = text.strip()
    return len(text) > 1 and not text.strip("#")


def number_of(cell: Cell) -> int | float | None:
    """Return the number that a cell stores, whatever it shows; None where it is none."""
    found = cell.get("n") if isinstance(cell, dict) else cell
    return found if isinstance(found, int | float) and not isinstance(found, bool) else None


def in_full(cell: Cell, *, scaled: bool = False) -> str:
    """Return the number of a cell with all its digits; `scaled` as the format divides it."""
    value = exact(number_of(cell) or 0)
    if scaled and isinstance(cell, dict):
        value /= int(cell.get("by", 1))
    return f"{value:f}"


def words_beside(cell: Cell) -> tuple[str, str]:
    """Return what a format writes before and behind the number: ('¥', '') or ('', '日以内').

    Signs are no words. Both are '' where the cell is no number with a format.
    """
    if not isinstance(cell, dict) or "n" not in cell:
        return "", ""
    text = unicodedata.normalize("NFKC", str(cell["s"]))
    found = _AMOUNT.search(text)
    if not found:
        return "", ""
    before, behind = text[: found.start()], text[found.end() :]
    return _SIGNS.sub("", before), _SIGNS.sub("", behind)


def with_unit(cell: Cell, *, scaled: bool = False) -> Cell:
    """Return a number with the unit that its format shows as text, in full; others as they are."""
    before, behind = words_beside(cell)
    if not before and not behind:
        return in_full(cell, scaled=scaled) if isinstance(cell, dict) and "n" in cell else cell
    return f"{before}{in_full(cell, scaled=scaled)}{behind}"


def shown_otherwise(cell: Cell, kind: Kind) -> str:
    """Say in Japanese what Excel shows and what is stored where one does not tell the other; or ''.

    `kind` is that of the column, which takes the number or what is shown.
    """
    if isinstance(cell, str) and is_overflow(cell):
        return "列の幅が足りないときのExcelの表示と同じ文字です"
    if not isinstance(cell, dict) or "s" not in cell:
        return ""
    shown = NARROW if cell.get("narrow") else str(cell.get("g", cell["s"]))
    told = cell.keys() & {"narrow", "part", "g"} or _is_rounded(cell)
    if not (told or changes_meaning(cell, kind)):
        return ""
    return f"Excelの表示は「{shown}」、保存されている値は「{stored(cell)}」"


def stored(cell: Mapping[str, Any]) -> str:
    """Return the value of a cell without its format."""
    if "m" in cell:
        hours, minutes = divmod(int(cell["m"]), 60)
        return f"{hours}:{minutes:02}"
    if "n" in cell:
        return in_full(dict(cell))
    if "z" in cell:
        return f"{exact(cell['z']):f}"
    if "p" in cell:
        return f"{exact(cell['p']) * 100:f}%"
    return str(cell.get("d") or cell.get("t", "")).replace("T", " ")


def _is_rounded(cell: Mapping[str, Any]) -> bool:
    value = cell.get("n", cell.get("p"))
    if value is None:
        return False
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", str(cell["s"])))
    if not digits:
        # Kanji or words alone; a number that its format does not show at all is hidden.
        return not str(cell["s"]).strip() or value != exact(value).to_integral_value()
    scaled = abs(exact(value)) * (100 if "p" in cell else 1) / int(cell.get("by", 1))
    own = re.sub(r"\D", "", f"{scaled.normalize():f}")
    return Decimal(own or 0) != _same_point(digits, own)


def _same_point(digits: str, own: str) -> Decimal:
    """Return the digits shown without zeros that say nothing: 1.10 is 1.1."""
    stripped = digits.lstrip("0")
    kept = own.lstrip("0")
    zeros = stripped[len(kept) :]
    return Decimal(stripped[: len(kept)] or 0) if not zeros.strip("0") else Decimal(stripped)

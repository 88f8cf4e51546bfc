"""Reads the unit that stands in a head or cell, and turns a number into the unit of its column; pure."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.kinds.looks import Dimension
from bcp_portal.importing.cell_values import CellError
from bcp_portal.importing.displayed_numbers import in_full, with_unit, words_beside
from bcp_portal.importing.sources import Cell, SourceSheet, shown
from bcp_portal.importing.words_of_formats import factor_in

_YEN = {"円": 1, "千円": 1_000, "万円": 10_000, "百万円": 1_000_000, "億円": 100_000_000}
_MILLIMETRES = {"mm": 1, "cm": 10, "m": 1_000}
_MINUTES = {"分": 1, "時間": 60, "日": 24 * 60, "週間": 7 * 24 * 60}
_SAME = {
    "ミリ": "mm",
    "センチ": "cm",
    "メートル": "m",
    "min": "分",
    "分間": "分",
    "h": "時間",
    "hour": "時間",
    "hours": "時間",
    "day": "日",
    "days": "日",
    "日間": "日",
    "日数": "日",
    "時間数": "時間",
    "週": "週間",
}
_UNITS: dict[Dimension, Mapping[str, int]] = {
    Dimension.MONEY: _YEN,
    Dimension.LENGTH: _MILLIMETRES,
    Dimension.TIME: _MINUTES,
}
_BRACKETS = re.compile(r"[(\[【]\s*(?:単位\s*[:は]?\s*)?([^)\]】]+?)\s*[)\]】]")
_ABOVE = re.compile(r"^[(\[【]?\s*単位\s*[:は]?\s*([^)\]】]+?)\s*[)\]】]?$")
_AMOUNT = re.compile(r"^[¥\\]?\s*([\d,]+(?:\.\d+)?)\s*(億円?|百万円?|万円?|千円?|円)?$")
_NUMBER = re.compile(r"^[\d,]+(?:\.\d+)?$")
NO_UNIT = (
    "金額の単位がファイルのどこにも書かれていないか、見出しと表の上の「単位：」とで違うため、"
    "円か千円か決められません。"
    "「列の対応を直す」で単位を選ぶか、ファイルの見出しと表の上の単位を直してください。"
)
MONEY_UNITS = tuple(_YEN)


def unit_in(label: str, dimension: Dimension | None) -> str:
    """Return the unit that a head names in brackets, or '' where it names none of this dimension."""
    known = _UNITS[dimension] if dimension else {}
    found = (_same(word) for word in _BRACKETS.findall(unicodedata.normalize("NFKC", label)))
    return next((unit for unit in found if unit in known), "")


def money_unit_above(sheet: SourceSheet, row: int) -> str:
    """Return the unit of amounts that stands above a head in this row, as in （単位：千円）."""
    for line in sheet.lines:
        if line.number > row:
            break
        for column in line.filled():
            found = _ABOVE.match(unicodedata.normalize("NFKC", line.text(column)))
            if found and found[1] in _YEN:
                return found[1]
    return ""


def units_of(
    labels: Mapping[str, str], kinds: Mapping[str, Kind], above: str, chosen: str = ""
) -> dict[str, str]:
    """Return the unit of each column by name, where its head or the line above the head says one.

    Where neither does, or both say another one, amounts count what a person has `chosen`.
    """
    found = {}
    for name, label in labels.items():
        dimension = kinds[name].dimension
        unit = unit_in(label, dimension)
        if dimension is Dimension.MONEY:
            unit = money_unit_of(unit, above) or chosen
        if unit:
            found[name] = unit
    return found


def money_unit_of(in_head: str, above: str) -> str:
    """Return what amounts count by their head and by what stands above it; '' where it is not clear."""
    if in_head and above and in_head != above:
        return ""
    return in_head or above


def in_own_unit(cell: Cell, kind: Kind, unit: str, own_label: str) -> Cell:
    """Return a cell so that the form of its column reads it right; what is no number stays.

    `unit` is what the head says; a cell may say its own, in its text or its number format.
    Raises CellError.
    """
    if reason := factor_in(cell, kind):
        raise CellError(reason)
    if kind.dimension is Dimension.MONEY:
        return _thousand_yen(with_unit(cell, scaled=True), unit)
    if kind.dimension is Dimension.TIME:
        cell = with_unit(cell)
    elif kind.dimension is Dimension.LENGTH and isinstance(cell, dict) and "n" in cell:
        said = _same(words_beside(cell)[1])
        cell, unit = in_full(cell), said if said in _MILLIMETRES else unit
    if not unit or isinstance(cell, dict | bool):
        return cell
    text = unicodedata.normalize("NFKC", shown(cell)).strip()
    if not _NUMBER.match(text):
        return cell
    number = Decimal(text.replace(",", ""))
    if kind.dimension is Dimension.TIME:
        return _duration(number, unit)
    own = unit_in(own_label, kind.dimension)
    return f"{(number * _MILLIMETRES[unit] / _MILLIMETRES[own]).normalize():f}" if own else cell


def is_bare_amount(cell: Cell) -> bool:
    """Tell whether a cell holds an amount that does not say whether it counts 円 or 千円."""
    cell = with_unit(cell, scaled=True)
    if cell is None or isinstance(cell, dict | bool):
        return False
    amount = _AMOUNT.match(unicodedata.normalize("NFKC", shown(cell)).strip())
    if not amount or amount[2] or amount[0][0] in "¥\\":
        return False
    return Decimal(amount[1].replace(",", "")) != 0


def _thousand_yen(cell: Cell, unit: str) -> Cell:
    text = unicodedata.normalize("NFKC", shown(cell)).strip()
    amount = _AMOUNT.match(text)
    if isinstance(cell, dict | bool) or not amount:
        return cell
    said = (amount[2] or "").removesuffix("円")
    of_sheet = "円" if text[0] in "¥\\" else unit
    if is_bare_amount(cell) and not unit:
        raise CellError(NO_UNIT)
    factor = _YEN[f"{said}円" if amount[2] else of_sheet or "千円"]
    thousands = Decimal(amount[1].replace(",", "")) * factor / 1_000
    if thousands != thousands.to_integral_value():
        yen = f"{thousands * 1_000:,.0f}"
        raise CellError(
            f"{yen}円は、千円未満の端数があるため取り込めません。千円単位に丸めて入力してください。"
        )
    return f"{thousands:.0f}"


def _duration(number: Decimal, unit: str) -> str:
    minutes = number * _MINUTES[unit]
    whole = number == number.to_integral_value()
    return f"{number:f}{unit}" if whole else f"{minutes:.0f}分"


def _same(word: str) -> str:
    return _SAME.get(word.lower(), word.lower())

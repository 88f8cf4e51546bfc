"""Turns a cell as people fill it into the text that the form of its column reads; pure."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Any

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.kinds.looks import InFile
from bcp_portal.importing.displayed_numbers import in_full, is_overflow, stored, words_beside
from bcp_portal.importing.sources import Cell, shown
from bcp_portal.spelling.radicals import without_radicals

DITTO = frozenset(
    ("〃", "々", "仝", "″", "''", '"', "”", "“", "同上", "上に同じ", "上と同じ", "同")
)
_DASHES = frozenset("-－―‐–—ー−─")
# The day that Excel calls 0, counting its 29 February 1900; good from 1 March 1900 on.
_EXCEL_BEGINS = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 61, 109_000
_SINCE_1904 = timedelta(days=1_462)
_SERIAL_TEXT = re.compile(r"^[0-9]{5}$")
# LibreOffice and databases call 0 so, and save it as CSV.
_ZERO_ELSEWHERE = re.compile(r"(?:1899|明治32|明32|M\.?32)[年./-]12[月./-]30(?!\d)", re.IGNORECASE)
_DIGITS_WITHOUT_ZERO = (9, 10)


UNCALCULATED = (
    "数式の結果がファイルに保存されていません。Excelで開いて上書き保存し、もう一度選んでください。"
    "それでも残るときは、数式の代わりに値を入力してください。"
)


OVERFLOW = (
    "列の幅が足りないときの表示「###」のまま保存されています。"
    "元のExcelで列を広げ、保存し直してください。"
)


NO_DAY = (
    "Excelの表示は「{shown}」、保存されている値は{stored}で、日付ではありません"
    "（空のセルを数式で参照すると、このように表示されます）。"
    "セルを空欄にするか、日付を入力してください。"
)

ZERO_OF_OTHERS = (
    "「{}」は、空のセルを参照した0をExcel以外のソフトウェアが日付として書いたものです。"
    "空欄にするか、日付を入力してください。"
)


class CellError(ValueError):
    """The cell cannot be read at all; the message is a Japanese sentence."""


def is_ditto(cell: Cell) -> bool:
    """Tell whether a cell says that it holds what stands above it."""
    return isinstance(cell, str) and "".join(cell.split()) in DITTO


def typed_text(cell: Cell, kind: Kind) -> str:
    """Return the text to type into a form for this cell; CellError where Excel has no value."""
    if isinstance(cell, dict) and "e" in cell:
        raise CellError(f"Excelの計算のエラー「{cell['e']}」が入っています。値を入力してください。")
    if isinstance(cell, dict) and "f" in cell:
        raise CellError(UNCALCULATED)
    if isinstance(cell, dict) and "z" in cell:
        raise CellError(NO_DAY.format(shown=cell["s"], stored=stored(cell)))
    if kind.in_file is InFile.TEXT:
        return without_radicals(shown(cell))
    if isinstance(cell, str):
        text = without_radicals(shown(cell)).strip()
        if is_overflow(text):
            raise CellError(OVERFLOW)
        if kind.in_file is InFile.DAY and _SERIAL_TEXT.match(text):
            # So a day is written in a CSV file saved from cells without a format.
            return _from_serial(int(text), kind)
        if kind.in_file is InFile.DAY and _ZERO_ELSEWHERE.match(_folded(text)):
            raise CellError(ZERO_OF_OTHERS.format(text))
        return "" if _only_dashes(text) else kind.as_typed(text)
    return _typed(cell, kind)


def _only_dashes(text: str) -> bool:
    # Asked of every cell: hardly any text begins with a dash.
    return text[:1] in _DASHES and set(text) <= _DASHES


def says_nothing(cell: Cell) -> bool:
    """Tell whether a cell holds a dash and nothing else, as people fill a cell they leave out."""
    return isinstance(cell, str) and _only_dashes("".join(cell.split()))


def _typed(cell: Cell, kind: Kind) -> str:
    if isinstance(cell, bool):
        return "はい" if cell else "いいえ"
    if isinstance(cell, dict):
        return _special(cell, kind)
    if kind.is_telephone and isinstance(cell, int) and len(str(cell)) in _DIGITS_WITHOUT_ZERO:
        # As a number, Excel drops the zero with which every such Japanese number begins.
        return f"0{cell}"
    if kind.in_file is InFile.DAY and isinstance(cell, int | float):
        return _from_serial(cell, kind)
    if kind.is_share and isinstance(cell, float) and 0 < cell < 1:
        # Percentages are whole: a share between 0 and 1 has only lost its format.
        return f"{cell * 100:.12g}"
    return shown(cell)


def _special(cell: dict[str, Any], kind: Kind) -> str:
    if "n" in cell:
        return _formatted(cell, kind)
    if "p" in cell:
        return f"{cell['p'] * 100:.12g}" if kind.is_share else shown(cell)
    if "m" in cell and (clock := kind.clock_as_typed(int(cell["m"]))):
        return clock
    if not kind.takes_days or not cell.keys() & {"d", "t"}:
        return shown(cell)
    text = str(cell.get("d") or cell["t"]).replace("T", " ")
    return kind.day_as_typed(text, with_time="d" not in cell)


def _formatted(cell: dict[str, Any], kind: Kind) -> str:
    """Return a number with a format: what it shows where words or codes count, else all its digits."""
    if kind.takes_days and not cell["n"] and not cell["s"].strip():
        # A format that shows nothing of 0 leaves a day out that a formula did not find.
        return ""
    bare = not any(words_beside(cell))
    if bare and kind.is_share:
        return _typed(cell["n"], kind)
    if kind.in_file is InFile.NUMBER or (bare and kind.in_file is InFile.BARE_NUMBER):
        return in_full(cell)
    if kind.in_file is InFile.DAY and bare:
        since_1904 = _SINCE_1904.days if cell.get("since") else 0
        return _from_serial(cell["n"], kind, later_days=since_1904)
    text = shown(cell)
    if kind.is_telephone and text.isascii() and text.isdigit():
        return _typed(int(text), kind) if not text.startswith("0") else text
    return kind.as_typed(text)


def _from_serial(number: float, kind: Kind, later_days: int = 0) -> str:
    """Return the day of a date that lost its format, or the digits where they are no such date."""
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return shown(number)
    day = (_EXCEL_BEGINS + timedelta(days=int(number) + later_days)).isoformat()
    minutes = round((number % 1) * 24 * 60)
    return kind.serial_as_typed(day, f"{minutes // 60:02}:{minutes % 60:02}")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)

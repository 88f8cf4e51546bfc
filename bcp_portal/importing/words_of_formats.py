"""Tells whether the words that a number format writes change what its number means; pure."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.kinds.integer import COUNTED_BY
from bcp_portal.annex.kinds.looks import InFile
from bcp_portal.importing.number_formats import exact

FACTOR = (
    "Excelの表示は「{}」です。「{}」が{}倍を表すのか決められないため取り込めません。"
    "倍にした数を、単位を付けずに入力してください。"
)
_KANJI = "〇一二三四五六七八九十百千万億零壱弐参拾萬阡"
_SHOWN = re.compile(
    rf"[¥\\(]?[-−▲△]?[(]?(?:(?P<digits>\d[\d,]*(?:\.\d*)?|\.\d+)|[-−▲△{_KANJI}]*[{_KANJI}])[)]?"
    rf"(?:{COUNTED_BY}|円|mm|cm|m|ミリ|センチ|メートル)?",
    re.IGNORECASE,
)
_TIMES = {"十": 10, "百": 100, "千": 1_000, "k": 1_000, "万": 10_000, "億": 100_000_000}
_FACTOR = re.compile(r"[-−▲△]?(?P<digits>\d[\d,]*(?:\.\d*)?)(?P<word>[十百千万億]+|k(?![a-z]))")


def changes_meaning(cell: Mapping[str, Any], kind: Kind) -> bool:
    """Tell whether Excel shows something else than the number that a column of this kind takes."""
    if "n" not in cell or not (_is_plain(kind) or kind.reads_words_beside):
        return False
    text = _folded(cell)
    if kind.reads_words_beside:
        # Their words are read along; without any digit the number alone is taken.
        return not re.search(rf"[\d{_KANJI}]", text)
    found = _SHOWN.fullmatch(text)
    if not found:
        return True
    return bool(found["digits"]) and _number(found["digits"]) != abs(exact(cell["n"]))


def factor_in(cell: Any, kind: Kind) -> str:
    """Say in Japanese that a format counts in thousands or the like; '' where it does not."""
    if not _is_plain(kind) or not isinstance(cell, dict) or "n" not in cell:
        return ""
    found = _FACTOR.match(_folded(cell))
    # In kanji numerals 3000 is 3千, and only its digits differ.
    if not found or _number(found["digits"]) != abs(exact(cell["n"])):
        return ""
    times = 1
    for sign in found["word"].lower():
        times *= _TIMES[sign]
    return FACTOR.format(cell["s"], found["word"], f"{times:,}")


def _is_plain(kind: Kind) -> bool:
    return kind.in_file is InFile.NUMBER and not kind.reads_words_beside


def _folded(cell: Mapping[str, Any]) -> str:
    return "".join(unicodedata.normalize("NFKC", str(cell["s"])).split())


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "") or 0)

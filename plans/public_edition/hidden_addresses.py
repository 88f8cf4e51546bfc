"""Knows an address by the name of its 町・字 and its numbers, however 丁目, 番 and 号 are written; pure.

見本県みほん市中央1丁目4番2号 is 中央 with 1, 4, 2: so is 中央１－４－２, and 中央壱丁目四番地の二.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bcp_portal.spelling.letters import fold, readable
from bcp_portal.spelling.numerals import FORMAL, KANJI, normal

_DIGIT_OF = {**KANJI, **FORMAL}
_NUMBER = f"[0-9{''.join(_DIGIT_OF)}十拾]+"
# readable() has made every long mark and most bars alike; 丨 and 一 as bars come from scanners.
_BAR = "[-‐‑‒–—―−ー~・.,、]"
_MARK = f"(?:丁目|番地の|番地|番の|番|号の|号|之|の|{_BAR})"
_NUMBERS = re.compile(f"{_NUMBER}(?: ?{_MARK} ?{_NUMBER})+")
# 中央 1 4 2: three numbers at least, in digits, or any two counts of a list would be an address.
_SPACED = re.compile(f"(?<![0-9])[0-9]+(?:(?: ?{_MARK} ?| )[0-9]+){{2,}}")
_NUMBERS_LAST = re.compile(f"{_NUMBERS.pattern} ?(?:番地|番|号)?$")
_ONE_NUMBER = re.compile(_NUMBER)
_BAR_BETWEEN_DIGITS = re.compile("(?<=[0-9])[一丨|](?=[0-9])")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+$")
_PARTS = re.compile("[^都道府県市区町村郡]*[都道府県市区町村郡]|[^都道府県市区町村郡]+$")
_LONGEST_PLACE = 24
_SHORTEST_PLACE = 2
_FEWEST_NUMBERS = 2
FEWEST_SPACED = 3


@dataclass(frozen=True)
class Address:
    """A place, folded, and the numbers that follow it."""

    place: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Numbered:
    """Numbers of a text that may be those of an address: where they begin, what stands before."""

    start: int
    before: str
    numbers: tuple[int, ...]


def plain(text: str) -> str:
    """Return the text in which addresses are found: each numeral in one width, one space where any are."""
    words = " ".join(readable(word) for word in text.split())
    return _BAR_BETWEEN_DIGITS.sub("-", normal(words))


def addresses_in(text: str) -> frozenset[Address]:
    """Return the addresses that a hidden value says."""
    said = plain(text)
    found = (
        Address(place, each.numbers)
        for each in numbered(said)
        if (place := _place(said[: each.start]))
    )
    return frozenset(found)


def is_only_address(text: str) -> bool:
    """Tell whether a text says one address and nothing behind it."""
    return bool(_NUMBERS_LAST.search(plain(text))) and len(addresses_in(text)) == 1


def numbered(said: str) -> Iterator[Numbered]:
    """Yield the rows of numbers of a `plain` text."""
    yield from _numbered(_NUMBERS, said)


def spaced(said: str) -> Iterator[Numbered]:
    """Yield the rows of numbers of one `plain` text that spaces part; FEWEST_SPACED of them count."""
    yield from _numbered(_SPACED, said)


def _numbered(pattern: re.Pattern[str], said: str) -> Iterator[Numbered]:
    for found in pattern.finditer(said):
        numbers = tuple(_value(each) for each in _ONE_NUMBER.findall(found.group()))
        if len(numbers) >= _FEWEST_NUMBERS:
            before = fold(said[max(found.start() - _LONGEST_PLACE, 0) : found.start()])
            yield Numbered(found.start(), before, numbers)


def _place(before: str) -> str:
    """Return the last part of an address before its numbers, '' where no 市 or 町 stands there."""
    letters = _LETTERS_BEFORE.search(before[-_LONGEST_PLACE:].replace(" ", ""))
    parts = _PARTS.findall(letters.group()) if letters else []
    if not parts or not any(each[-1] in "都道府県市区町村郡" for each in parts):
        return ""
    last = parts[-1].removeprefix("大字").removeprefix("字")
    if len(last) < _SHORTEST_PLACE:
        last = "".join(parts[-2:])
    return fold(last) if len(last) >= _SHORTEST_PLACE else ""


def _value(written: str) -> int:
    """Return the number of 12, 一二, 十二 or 二十三."""
    digits = "".join(_DIGIT_OF.get(each, each) for each in written).replace("拾", "十")
    tens, ten, ones = digits.partition("十")
    if not ten:
        return int(digits[:9])
    ones = ones.replace("十", "")
    return int(tens[:6] or 1) * 10 + int(ones[:1] or 0)

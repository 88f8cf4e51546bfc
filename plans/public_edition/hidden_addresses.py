"""Knows an address by the name of its 町・字 and its numbers, however 丁目, 番 and 号 are written; pure.

見本県みほん市中央1丁目4番2号 is 中央 with 1, 4, 2: so is 中央１－４－２, 中央町の壱丁目四ばんの二, and 中央①④②.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bcp_portal.spelling.enclosed_characters import has_enclosed, parted
from bcp_portal.spelling.letters import fold, readable
from bcp_portal.spelling.numerals import FORMAL, KANJI, normal

_DIGIT_OF = {**KANJI, **FORMAL}
_NUMBER = f"[0-9{''.join(_DIGIT_OF)}十拾百]+"
# Any marks, and the words of an address in kanji or kana; the end of a sentence parts two numbers.
_GAP = r"(?:[^\w。]|[_ー丨の之乃丁目番地号めち条線割東西南北]|ち[ょよ][うー]|ばん|ご[うー]){1,10}"
_NUMBERS = re.compile(f"{_NUMBER}(?:{_GAP}{_NUMBER})*")
_NUMBERS_LAST = re.compile(f"{_NUMBERS.pattern} ?(?:番地|番|号)?$")
_ONE_NUMBER = re.compile(_NUMBER)
_PLACES = re.compile("[十百]")
_COUNTED = re.compile("([0-9]{0,6})([十百]?)")
_LOT = re.compile(" ?(?:番|ばん)")
_BLANK = re.compile(r"\s+")
# Brackets and blanks alone stand between the counts of a table too.
_OF_A_TABLE = re.compile(r"[\s()\[\]{}]+")
_END_OF_ADDRESS = re.compile(r"[\s()\[\]{}]|号|ご[うー]")
_BAR_BETWEEN_DIGITS = re.compile("(?<=[0-9])[一丨|](?=[0-9])")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+$")
_PARTS = re.compile("[^都道府県市区町村郡]*[都道府県市区町村郡]|[^都道府県市区町村郡]+$")
# Folded, what people put between the name of a place and its numbers.
_BEHIND_PLACE = "(?:の|町|まち|ちよう|丁|字|大字|地区|地内){0,3}$"
_NOT_WRITTEN_ALIKE = str.maketrans("", "", "けが")  # 緑ケ丘, 緑が丘, 緑丘
_LONGEST_PLACE = 24
_SHORTEST_PLACE = 2
_TELLING = 3
"""So many numbers tell an address though blanks part them, and though its 町 is left out."""


@dataclass(frozen=True)
class Address:
    """A place, folded, and the numbers that follow it."""

    place: str
    numbers: tuple[int, ...]

    def stands_at_end_of(self, before: str) -> bool:
        """Tell whether a folded text ends with the place, or with what people make of its name."""
        return self._pattern.search(before.translate(_NOT_WRITTEN_ALIKE)) is not None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        name = self.place.translate(_NOT_WRITTEN_ALIKE)
        short = name.removesuffix("町")
        if len(self.numbers) >= _TELLING and len(short) >= _SHORTEST_PLACE:
            name = short
        return re.compile(re.escape(name) + _BEHIND_PLACE)


@dataclass(frozen=True)
class Numbered:
    """Numbers of a `plain` text that may be those of an address: where they stand, what follows each."""

    said: str
    start: int
    numbers: tuple[int, ...]
    behind: tuple[str, ...]

    @cached_property
    def before(self) -> str:
        """Return, folded, what stands in front of the numbers."""
        return fold(self.said[max(self.start - _LONGEST_PLACE, 0) : self.start])

    def openings(self, *, in_one_text: bool) -> Iterator[tuple[int, ...]]:
        """Yield the numbers an address may have that begins here: the first, the first two, and so on.

        Those of other texts belong to it only where more than blanks and brackets join them.
        """
        no_address = _BLANK if in_one_text else _OF_A_TABLE
        joined = True
        for length in range(1, len(self.numbers) + 1):
            if length == 1:
                tells = _LOT.match(self.behind[0]) is not None
            else:
                joined = joined and not no_address.fullmatch(self.behind[length - 2])
                tells = joined or (in_one_text and length >= _TELLING)
            if tells:
                yield self.numbers[:length]

    def wholes(self) -> Iterator[tuple[int, ...]]:
        """Yield the numbers of a registered address: all, and those before a blank, a bracket or a 号."""
        ends = [at for at, gap in enumerate(self.behind, 1) if _END_OF_ADDRESS.search(gap)]
        lengths = {len(self.numbers), *ends[:1]}
        yield from (each for each in self.openings(in_one_text=True) if len(each) in lengths)


def plain(text: str) -> str:
    """Return the text in which addresses are found: each numeral in one width, one space where any are."""
    words = " ".join(readable(word) for word in text.split())
    return _BAR_BETWEEN_DIGITS.sub("-", normal(words))


def plain_ways(text: str) -> tuple[str, ...]:
    """Return a text `plain`, and where it has ①④②, with each of these as a number of its own too."""
    return (plain(text), plain(parted(text))) if has_enclosed(text) else (plain(text),)


def addresses_in(text: str) -> frozenset[Address]:
    """Return the addresses that a hidden value says."""
    said = plain(text)
    return frozenset(
        Address(place, numbers)
        for each in numbered(said)
        if (place := _place(said[: each.start]))
        for numbers in each.wholes()
    )


def is_only_address(text: str) -> bool:
    """Tell whether a text says one address and nothing behind it."""
    said = plain(text)
    rows = [each for each in numbered(said) if _place(said[: each.start]) and [*each.wholes()]]
    return bool(_NUMBERS_LAST.search(said)) and len(rows) == 1


def numbered(said: str) -> Iterator[Numbered]:
    """Yield the rows of numbers of a `plain` text."""
    for found in _NUMBERS.finditer(said):
        each = list(_ONE_NUMBER.finditer(said, found.start(), found.end()))
        ends = [*(number.start() for number in each[1:]), found.end() + len("番地")]
        behind = tuple(said[n.end() : end] for n, end in zip(each, ends, strict=True))
        yield Numbered(said, found.start(), tuple(_value(n.group()) for n in each), behind)


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
    """Return the number of 12, 一二, 十二, 二十三 or 百五."""
    digits = "".join(_DIGIT_OF.get(each, each) for each in written).replace("拾", "十")
    if not _PLACES.search(digits):
        return int(digits[:9])
    total = 0
    for count, place in _COUNTED.findall(digits):
        total += int(count or 1) * {"百": 100, "十": 10, "": 1}[place] if count or place else 0
    return total

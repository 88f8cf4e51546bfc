"""Reads the numbers of a text in every numeral: widths, circles, kanji, 大字, other scripts, 〇○Oo for 0.

A text may be read in several ways: 一 is a digit or a bar (〇九〇一一二三四), a kanji in brackets is a
number or a name (090（三鷹）1234). `runs_of` gives all readings of each stretch of numerals.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from bcp_portal.spelling.enclosed_characters import TABLE as ENCLOSED
from bcp_portal.spelling.invisible_characters import without_invisible

KANJI = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))
FORMAL = {
    **dict.fromkeys("壱壹弌", "1"),
    **dict.fromkeys("弐貳貮弍", "2"),
    **dict.fromkeys("参參弎", "3"),
    **dict.fromkeys("肆", "4"),
    **dict.fromkeys("伍", "5"),
    **dict.fromkeys("陸", "6"),
    **dict.fromkeys("漆柒", "7"),
    **dict.fromkeys("捌", "8"),
    **dict.fromkeys("玖", "9"),
}
_AS_ZERO = dict.fromkeys("○◯", "0")


def _of_other_scripts() -> dict[str, str]:
    """Return the digits of every script, and those in circles that NFKC leaves alone."""
    found = {}
    for code in range(0x80, sys.maxunicode + 1):
        character = chr(code)
        digit = unicodedata.digit(character, None)
        if digit is not None:
            found[character] = str(digit)
    return found


_SCRIPTS = _of_other_scripts()
DIGITS = str.maketrans({**_SCRIPTS, **FORMAL, **KANJI})
"""Every single numeral as a digit, for texts in which 一 is a number."""

_PLAIN = str.maketrans(_SCRIPTS) | ENCLOSED
_WORDS = {**KANJI, **FORMAL, **_AS_ZERO, "o": "0"}
_ONE = "一"
# What people write between the parts of a number: any mark but the one that blots out days; one word
# longer gaps are bridged where runs are compared.
_BETWEEN = r"(?:[^\w■]|[_ー丨の])"
_NUMERAL = f"[0-9{''.join(_WORDS)}]"
_NUMERAL_OF = {
    digit: f"[{digit}{''.join(word for word, each in _WORDS.items() if each == digit)}]"
    for digit in "0123456789"
}
_RUN = re.compile(f"{_NUMERAL}(?:{_BETWEEN}{{0,3}}{_NUMERAL})*")
_FIRM = f"[0-9{''.join(KANJI)}]"
_BLOCK = re.compile("[0-9]+")
_MOST_BARS = 6


@dataclass(frozen=True)
class NumeralRun:
    """A stretch of numerals: where it begins and ends, the digits it may stand for, its blocks of 0-9."""

    start: int
    end: int
    plain: str
    readings: tuple[str, ...]
    blocks: tuple[str, ...] = ()


def normal(text: str) -> str:
    """Return the text in which runs are found: one width and case, digits of all scripts as 0-9.

    What nobody sees (soft hyphens, zero-width marks) is gone.
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_PLAIN)
    return without_invisible(plain)


def runs_of(text: str) -> Iterator[NumeralRun]:
    """Yield the stretches of numerals of a `normal` text, from left to right.

    `plain` has only what is a digit for certain; of a stretch without any, it is empty.
    """
    for found in _RUN.finditer(text):
        written = found.group()
        plain = "".join(_certain(written))
        if not plain and len(written) == 1:
            continue
        yield NumeralRun(
            found.start(),
            found.end(),
            plain,
            tuple(_readings(written, plain)),
            tuple(_BLOCK.findall(written)),
        )


def pattern_of(digits: str) -> re.Pattern[str]:
    """Return what finds these digits, and no longer number, in a `normal` text, in any numerals."""
    written = f"{_BETWEEN}{{0,3}}".join(_NUMERAL_OF[digit] for digit in digits)
    return re.compile(f"(?<!{_FIRM}){written}(?!{_FIRM})")


def _certain(written: str) -> Iterable[str]:
    """Yield 0-9, and O or ○ where it touches a digit."""
    for at, character in enumerate(written):
        if character.isdecimal():
            yield character
        elif character in "o○◯":
            around = written[max(at - 1, 0) : at] + written[at + 1 : at + 2]
            if any(each.isdecimal() or each in "o○◯" for each in around):
                yield "0"


def _readings(written: str, plain: str) -> Iterator[str]:
    digits = [_WORDS.get(c, c) for c in written if c.isdecimal() or c in _WORDS]
    whole = "".join(digits)
    seen = {plain, whole}
    if plain:
        yield plain
    if whole != plain:
        yield whole
    signs = [c for c in written if c.isdecimal() or c in _WORDS]
    # A bar has a digit on either side.
    bars = [at for at, c in enumerate(signs[:-1]) if c == _ONE and at]
    if not bars:
        return
    ways = (
        product((False, True), repeat=len(bars))
        if len(bars) <= _MOST_BARS
        else [(True,) * len(bars)]
    )
    for way in ways:
        left_out = {at for at, is_bar in zip(bars, way, strict=True) if is_bar}
        reading = "".join(d for at, d in enumerate(digits) if at not in left_out)
        if reading not in seen:
            seen.add(reading)
            yield reading

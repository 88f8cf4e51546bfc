"""Reads letters and numbers in circles, squares and keys, which NFKC leaves as they are; pure."""

import re
import unicodedata

_LETTERS = range(0x1F100, 0x1F200)
_NUMBERS = (*range(0x2460, 0x2500), *range(0x2776, 0x2794), *range(0x3200, 0x3400), *_LETTERS)
_LETTER = re.compile("(?:LATIN (?:CAPITAL|SMALL)|SYMBOL) LETTER ([A-Z])$")
_WORD = re.compile("^(?:NEGATIVE )?(?:SQUARED|CIRCLED) ([A-Z]{2,4})$")


def _plain(character: str) -> str:
    """Return what stands in the circle, '' where NFKC says it or there is nothing to read."""
    if unicodedata.normalize("NFKC", character) != character:
        return ""
    number = unicodedata.numeric(character, None)
    if number is not None:
        return str(int(number))
    name = unicodedata.name(character, "")
    found = _LETTER.search(name) or (_WORD.search(name) if ord(character) in _LETTERS else None)
    return found.group(1).lower() if found else ""


TABLE = {code: plain for code in _NUMBERS if (plain := _plain(chr(code)))}
"""What each of these characters encloses, in small letters and 0-9."""


def _numeral(character: str) -> str:
    """Return the digits of an enclosed number, '' for anything else."""
    number = unicodedata.numeric(character, None)
    return str(int(number)) if number is not None and number == int(number) else ""


_NUMERALS = {code: digits for code in _NUMBERS if (digits := _numeral(chr(code)))}
_PARTED = {code: f"({digits})" for code, digits in _NUMERALS.items()}
_ANY = re.compile(f"[{''.join(map(chr, _NUMERALS))}\u20dd-\u20e4]")
_KEY = re.compile("([0-9])\ufe0f?[\u20dd-\u20e4]")


def has_enclosed(text: str) -> bool:
    """Tell whether a text has a number in a circle, in brackets or on a key."""
    return not text.isascii() and _ANY.search(text) is not None


def parted(text: str) -> str:
    """Return the text with each enclosed number in brackets of its own: ①④ is two numbers, not 14."""
    return _KEY.sub(r"(\1)", text.translate(_PARTED))

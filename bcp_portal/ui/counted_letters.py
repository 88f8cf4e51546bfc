"""Counts and cuts text by the letters a person reads, the same way as `static/js/letter-count.js`.

A letter is a sign with all that belongs to it: selectors of a variant (葛󠄀), combining marks (か゚),
the voiced mark of half-width kana (ﾊﾞ), the parts of one emoji. A database counts each of them.
"""

import re
import sys
import unicodedata

# Voiced marks of half-width kana, skin tones: no marks by their category, but never a letter alone.
_ALSO_ATTACHED = "\uff9e\uff9f\U0001f3fb-\U0001f3ff"
_JOINER = "\u200d"


def _attached() -> str:
    """Return the marks of Unicode (category M) as the inside of a character class."""
    marks = [
        code
        for code in (*range(0x20000), *range(0xE0000, min(0xE1000, sys.maxunicode)))
        if unicodedata.category(chr(code)).startswith("M")
    ]
    ranges: list[list[int]] = []
    for code in marks:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_ATTACHED = f"[{_attached()}{_ALSO_ATTACHED}]"
_FLAG = "[\U0001f1e6-\U0001f1ff]"
_LETTER = re.compile(
    f"(?:\r\n|{_FLAG}{_FLAG}|.){_ATTACHED}*(?:{_JOINER}.?{_ATTACHED}*)*", re.DOTALL
)
_JOINED = re.compile(f"{_ATTACHED}|{_JOINER}|\r\n|{_FLAG}")


def letters(text: str) -> list[str]:
    """Return the letters of a text; joined they are the text."""
    return _LETTER.findall(text)


def letter_count(text: str) -> int:
    """Return how many letters a person counts."""
    if not _JOINED.search(text):
        return len(text)
    return sum(1 for _ in _LETTER.finditer(text))


def beginning(text: str, most: int) -> str:
    """Return the first letters of a text, at most so many, without a word about the rest."""
    if len(text) <= most:
        return text
    return "".join(letters(text)[:most])


def last(text: str, most: int) -> str:
    """Return the last letters of a text, at most so many, without a word about the rest."""
    return "".join(letters(text)[-most:]) if most > 0 else ""


def ended(text: str, most: int) -> str:
    """Return the text, or as many whole letters as fit before the sign that says it goes on."""
    if letter_count(text) <= most:
        return text
    return beginning(text, max(most - 1, 0)) + "…"


def letter_edge(text: str, at: int) -> int:
    """Return the last place up to `at` (in signs, not letters) where no letter is cut in two."""
    while 0 < at < len(text) and (
        text[at - 1] == _JOINER or len(letters(text[at - 1 : at + 1])) == 1
    ):
        at -= 1
    return at

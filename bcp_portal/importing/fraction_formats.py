"""Writes a number as a fraction, as Excel shows it in formats such as # ?/?; pure."""

import re
from decimal import Decimal
from fractions import Fraction

_WHOLE = re.compile(r"[0#?]\s+[0#?]")
_FIXED = re.compile(r"[1-9]\d*")


def in_parts(shape: str, value: Decimal) -> str:
    """Return a number as a fraction, where `shape` is a format without what is no part of numbers.

    The denominator has the digits for which there is room, or is the one that the format names.
    """
    before, _, behind = shape.partition("/")
    size, has_whole = Fraction(abs(value)), bool(_WHOLE.search(before))
    whole = int(size) if has_whole else 0
    if fixed := _FIXED.search(behind):
        bottom = int(fixed[0])
        top = round((size - whole) * bottom)
    else:
        places = sum(character in "0#?" for character in behind)
        found = (size - whole).limit_denominator(10 ** max(1, places) - 1)
        top, bottom = found.numerator, found.denominator
    if has_whole and top == bottom:
        whole, top = whole + 1, 0
    texts = [str(whole)] if whole else []
    texts += [f"{top}/{bottom}"] if top else []
    sign = "-" if value < 0 and texts else ""
    return sign + (" ".join(texts) or "0")

"""Counts 章, 節 and 項 so that no person ever types a number: 8, (1), ア."""

from collections.abc import Sequence

MAX_DEPTH = 3
LEVEL_NAMES = ("章", "節", "項")

_KANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
    + "ハヒフヘホマミムメモヤユヨラリルレロワン"
)


def kana_mark(position: int) -> str:
    """Return the mark of the n-th 項, from 1: ア…ン are 45, then アア, アイ, …

    Official documents count by the kana in use today; ヰ, ヱ and ヲ are left out.
    """
    if position < 1:
        raise ValueError("A position starts at 1.")
    mark = ""
    while position:
        position, remainder = divmod(position - 1, len(_KANA))
        mark = _KANA[remainder] + mark
    return mark


def own_number(depth: int, position: int) -> str:
    """Return the number that stands in a heading; depth 1 is 章, position counts from 1."""
    return (str(position), f"({position})", kana_mark(position))[depth - 1]


def full_number(positions: Sequence[int]) -> str:
    """Return how other places cite it: 8(1)ア."""
    return "".join(own_number(depth, position) for depth, position in enumerate(positions, 1))


def spoken_number(positions: Sequence[int]) -> str:
    """Return how a sentence names it: 第8章, 第8章(1), 第8章(1)ア."""
    return f"第{positions[0]}章" + full_number(positions)[len(str(positions[0])) :]

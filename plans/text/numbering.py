"""Counts 章, 節, 項 and 目 so that no person ever types a number; how a plan counts is data."""

from collections.abc import Sequence
from dataclasses import dataclass

MAX_DEPTH = 4
LEVEL_NAMES = ("章", "節", "項", "目")

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


@dataclass(frozen=True)
class NumberingStyle:
    """One way to count, as patterns by depth: {0} is the position among the 章, {k2} a kana.

    `own` stands in a heading, `full` is how other places cite it, `spoken` how a sentence names it.
    """

    code: str
    label: str
    own: tuple[str, ...]
    full: tuple[str, ...]
    spoken: tuple[str, ...]

    def own_number(self, positions: Sequence[int]) -> str:
        """Return the number that stands in the heading; positions count from 1 at each level."""
        return _counted(self.own, positions)

    def full_number(self, positions: Sequence[int]) -> str:
        """Return how other places cite it: 8(1)ア, 2.1.1."""
        return _counted(self.full, positions)

    def spoken_number(self, positions: Sequence[int]) -> str:
        """Return how a sentence names it: 第8章(1)ア, 2.1.1項."""
        return _counted(self.spoken, positions)


def _counted(patterns: Sequence[str], positions: Sequence[int]) -> str:
    kana = {f"k{depth}": kana_mark(position) for depth, position in enumerate(positions)}
    return patterns[len(positions) - 1].format(*positions, **kana)


def _below(first: str) -> tuple[str, ...]:
    """Return the patterns of a full number whose first level is counted as given."""
    return (first, f"{first}({{1}})", f"{first}({{1}}){{k2}}", f"{first}({{1}}){{k2}}({{k3}})")


_MARKS_BELOW = ("({1})", "{k2}", "({k3})")

KANA = NumberingStyle(
    code="kana",
    label="1　(1)　ア　(ア)",
    own=("{0}", *_MARKS_BELOW),
    full=_below("{0}"),
    spoken=_below("第{0}章"),
)
DECIMAL = NumberingStyle(
    code="decimal",
    label="1　1.1　1.1.1　1.1.1.1",
    own=("{0}", "{0}.{1}", "{0}.{1}.{2}", "{0}.{1}.{2}.{3}"),
    full=("{0}", "{0}.{1}", "{0}.{1}.{2}", "{0}.{1}.{2}.{3}"),
    spoken=("第{0}章", "{0}.{1}節", "{0}.{1}.{2}項", "{0}.{1}.{2}.{3}目"),
)
STYLES = {style.code: style for style in (KANA, DECIMAL)}
"""What a plan may choose for its chapters."""

FRONT = NumberingStyle("front", "前付", ("", *_MARKS_BELOW), _below("前付"), _below("前付"))
APPENDIX = NumberingStyle(
    "appendix", "別表", ("別表{0}", *_MARKS_BELOW), _below("別表{0}"), _below("別表{0}")
)

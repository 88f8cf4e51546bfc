"""Says by which digits a hidden number is found; pure.

A telephone number is known by its digits without the leading 0, so that +81 makes no difference, and
without its first block, as people write it within their own town. Days, times and round sums are no
numbers anybody would recognise somebody by.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bcp_portal.spelling.numerals import NumeralRun, normal, runs_of

LONG = 9
"""From so many digits on, a number is recognised even with words between its parts."""
SHORTEST = 6
_SIGNIFICANT = 4
_TELEPHONE = range(10, 12)  # digits, with the leading 0
_DAYS = re.compile(
    r"[0-9〇一二三四五六七八九十元]{1,4}年(?:度|[0-9〇一二三四五六七八九十]{1,3}月(?:[0-9〇一二三四五六七八九十]{1,3}日)?)?"
    r"|様式[0-9]{1,2}|[0-9]{1,2}時[0-9]{1,2}分|[0-9]{1,2}月[0-9]{1,2}日|(?<![0-9-])(?:19|20)[0-9]{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12][0-9]|3[01])(?![0-9])"
    r"|[0-9]{1,2}:[0-9]{2}"
    r"|[0-9,]+(?:千円|万円|億円|円|人|件|台|年|日|時間|分|%|kva|gb|tb|mb)"
)
_LOCAL_LENGTHS = (8, 7, 6)
_BLOCK = re.compile("[0-9]+")
# 0422-99-1010 / 0422-99-1011 are two numbers; so are they where one blank parts them.
_LIST = re.compile(r"[^0-9.\-()‐-―−ー]+")
_BEFORE_ZERO = re.compile(r"(?<=[0-9])\s+(?=0[0-9]+[^0-9])")


@dataclass(frozen=True)
class NumberKey:
    """Digits by which a number is found: anywhere when long, as a whole number when `tight`."""

    digits: str
    tight: bool = False


def without_days(text: str) -> str:
    """Return a `normal` text with days, times, amounts and 様式 blotted out, at the same length."""
    return _DAYS.sub(lambda found: "■" * len(found.group()), text)


def number_keys(text: str) -> set[NumberKey]:
    """Return by which digits the numbers in a hidden text are found."""
    plain = without_days(normal(text))
    return {
        key
        for run in runs_of(plain)
        for written in _each_number(plain[run.start : run.end])
        for each in runs_of(written)
        for key in _keys(each, written[each.start : each.end])
    }


def _each_number(written: str) -> Iterator[str]:
    """Yield a run, and where it is too long for one telephone number, each number of the list it may be."""
    yield written
    if sum(map(len, _BLOCK.findall(written))) > max(_TELEPHONE):
        for pieces in (_LIST.split(written), _BEFORE_ZERO.split(written)):
            yield from (piece for piece in pieces if len(pieces) > 1)


def _keys(run: NumeralRun, written: str) -> Iterator[NumberKey]:
    for digits in dict.fromkeys(run.readings):
        if len(digits) < SHORTEST or len(digits.rstrip("0")) < _SIGNIFICANT:
            continue
        bare = digits.removeprefix("81").lstrip("0") if _is_abroad(digits) else digits.lstrip("0")
        if len(bare) >= LONG:
            yield NumberKey(bare)
        else:
            yield NumberKey(digits, tight=True)
        if len(digits) in _TELEPHONE and digits.startswith("0"):
            yield from _local(digits, written)


def _is_abroad(digits: str) -> bool:
    return digits.startswith("81") and len(digits) >= len("81") + LONG


def _local(digits: str, written: str) -> Iterator[NumberKey]:
    """Yield a telephone number without its first block; all that it may be where blocks are not told."""
    blocks = _BLOCK.findall(written)
    if len(blocks) > 1 and "".join(blocks) == digits:
        lengths: tuple[int, ...] = (len(digits) - len(blocks[0]),)
    elif len(digits) == max(_TELEPHONE):
        lengths = _LOCAL_LENGTHS[:1]
    else:
        lengths = _LOCAL_LENGTHS
    for length in lengths:
        if length >= SHORTEST and len(digits[-length:].rstrip("0")) >= _SIGNIFICANT:
            yield NumberKey(digits[-length:], tight=True)

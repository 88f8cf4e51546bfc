"""Finds what two sequences have in common, in order; fast on long ones, the same from either side."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
Pairs = list[tuple[int, int]]
"""Indexes (in the old, in the new sequence), both rising."""

# Beyond this many fields the table of the best match is not filled; only unique items are matched.
_MOST_FIELDS = 60_000
# Up to this many fields the best match is found without looking for unique items first.
_FEW_FIELDS = 4_000


def aligned(
    old: Sequence[str], new: Sequence[str], weight: Callable[[str], int] = lambda key: 1
) -> Pairs:
    """Return pairs of equal items, as weighty as possible; swapping the sequences swaps the pairs."""
    if list(new) < list(old):
        return [(i, j) for j, i in _aligned(new, old, weight)]
    return _aligned(old, new, weight)


def gaps(
    old: Sequence[T], new: Sequence[T], pairs: Pairs
) -> Iterator[tuple[Sequence[T], Sequence[T], tuple[T, T] | None]]:
    """Yield what stands before each pair on either side, with the pair; then what is left, with None."""
    at_old = at_new = 0
    for i, j in pairs:
        yield old[at_old:i], new[at_new:j], (old[i], new[j])
        at_old, at_new = i + 1, j + 1
    yield old[at_old:], new[at_new:], None


def rising(numbers: Sequence[int]) -> list[int]:
    """Return the indexes of a longest strictly rising subsequence, in O(n log n)."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        last[length : length + 1] = [index]
    found: list[int] = []
    index = last[-1] if last else -1
    while index >= 0:
        found.append(index)
        index = before[index]
    return found[::-1]


def moved(
    old: Sequence[str],
    new: Sequence[str],
    *,
    sorted_otherwise: Collection[str] = (),
) -> frozenset[str]:
    """Return the fewest items that must be taken as moved; both hold the same items, each once.

    What was `sorted_otherwise` is taken before anything else.
    """
    if list(new) < list(old):
        old, new = new, old
    places = {item: index for index, item in enumerate(old)}
    order = [places[item] for item in new]
    if not sorted_otherwise:
        kept = rising(order)
    else:
        weights = [1 if item in sorted_otherwise else len(new) for item in new]
        kept = heaviest_rising(order, weights)
    return frozenset(new) - {new[index] for index in kept}


def heaviest_rising(numbers: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Return the indexes of the weightiest rising subsequence of a permutation, in O(n log n)."""
    size = len(numbers)
    # A tree of partial maxima: (weight, index of the last item) over all lower numbers.
    best: list[tuple[int, int]] = [(0, -1)] * (size + 1)
    before: list[int] = []
    for index, (number, weight) in enumerate(zip(numbers, weights, strict=True)):
        below, at = (0, -1), number
        while at:
            below = max(below, best[at])
            at -= at & -at
        before.append(below[1])
        at = number + 1
        while at <= size:
            best[at] = max(best[at], (below[0] + weight, index))
            at += at & -at
    index = max(best)[1]
    found: list[int] = []
    while index >= 0:
        found.append(index)
        index = before[index]
    return found[::-1]


def merged(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return all keys in the new order, each that is gone behind the one it stood behind."""
    present = set(new)
    gone: dict[str, list[str]] = {}
    last = ""
    for key in old:
        if key in present:
            last = key
        else:
            gone.setdefault(last, []).append(key)
    result = list(gone.get("", ()))
    for key in new:
        result += [key, *gone.get(key, ())]
    return result


def _aligned(old: Sequence[str], new: Sequence[str], weight: Callable[[str], int]) -> Pairs:
    start = 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    inner = _middle(inner_old, inner_new, weight)
    return [
        *((index, index) for index in range(start)),
        *((i + start, j + start) for i, j in inner),
        *((len(old) - back, len(new) - back) for back in range(end, 0, -1)),
    ]


def _middle(old: Sequence[str], new: Sequence[str], weight: Callable[[str], int]) -> Pairs:
    fields = len(old) * len(new)
    if not fields:
        return []
    if fields > _FEW_FIELDS:
        anchors = _unique_pairs(old, new)
        if anchors:
            return _between(old, new, anchors, weight)
    return _best(old, new, weight) if fields <= _MOST_FIELDS else []


def _unique_pairs(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Return pairs of items that stand exactly once on both sides, without crossings."""
    counts_old, counts_new = Counter(old), Counter(new)
    places = {key: j for j, key in enumerate(new) if counts_new[key] == 1}
    pairs = [
        (i, places[key]) for i, key in enumerate(old) if counts_old[key] == 1 and key in places
    ]
    return [pairs[index] for index in rising([j for _, j in pairs])]


def _between(
    old: Sequence[str], new: Sequence[str], anchors: Pairs, weight: Callable[[str], int]
) -> Pairs:
    result: Pairs = []
    from_old = from_new = 0
    for i, j in [*anchors, (len(old), len(new))]:
        inner = _aligned(old[from_old:i], new[from_new:j], weight)
        result += [(a + from_old, b + from_new) for a, b in inner]
        if i < len(old):
            result.append((i, j))
        from_old, from_new = i + 1, j + 1
    return result


def _best(old: Sequence[str], new: Sequence[str], weight: Callable[[str], int]) -> Pairs:
    """Return the weightiest common subsequence by the usual table, filled from the end."""
    width = len(new)
    weights = [weight(key) for key in old]
    table = [[0] * (width + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        row, below, key = table[i], table[i + 1], old[i]
        for j in range(width - 1, -1, -1):
            if key == new[j]:
                row[j] = below[j + 1] + weights[i]
            else:
                row[j] = max(below[j], row[j + 1])
    return _trace(old, new, table)


def _trace(old: Sequence[str], new: Sequence[str], table: list[list[int]]) -> Pairs:
    pairs: Pairs = []
    i = j = 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs

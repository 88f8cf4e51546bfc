"""Pairs sentences that say nearly the same, so that a reworded one is not shown as two."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bcp_portal.spelling.widths import fold
from plans.comparison.alignment import Pairs, aligned, gaps

T = TypeVar("T")
Grams = frozenset[str]

# Share of two-character pieces in common, of both sentences together.
_LEAST_LIKENESS = 0.3
# A single sentence in the place of a single other one is its new wording more readily.
_LEAST_ALONE = 0.15
# Up to this many pairs all are looked at; beyond it those that share a rare piece.
_FEW_PAIRS = 900
_RARE = 12


def side_by_side(
    old: Sequence[T], new: Sequence[T], words: Callable[[T], str]
) -> list[tuple[T | None, T | None]]:
    """Return items beside each other: of equal words, then of like ones; None is no partner."""

    def keys(items: Sequence[T]) -> list[str]:
        return [fold(words(item)) for item in items]

    found: list[tuple[T | None, T | None]] = []
    for gone, come, pair in gaps(old, new, aligned(keys(old), keys(new))):
        for lost, added, like in gaps(gone, come, like_pairs(keys(gone), keys(come))):
            found += [*((item, None) for item in lost), *((None, item) for item in added)]
            found += [like] if like else []
        found += [pair] if pair else []
    return found


def like_pairs(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Return pairs of like texts in rising order, the likest first served.

    Takes folded texts. Swapping the sequences swaps the pairs.
    """
    if list(new) < list(old):
        return sorted((i, j) for j, i in like_pairs(new, old))
    least = _LEAST_ALONE if len(old) == len(new) == 1 else _LEAST_LIKENESS
    grams_old, grams_new = [_grams(text) for text in old], [_grams(text) for text in new]
    found = [
        (-likeness, abs(i - j), i, j)
        for i, j in _candidates(grams_old, grams_new)
        if (likeness := _likeness(grams_old[i], grams_new[j])) >= least
    ]
    return _uncrossed((i, j) for _, _, i, j in sorted(found))


def _grams(text: str) -> Grams:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset({text})


def _likeness(one: Grams, other: Grams) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _candidates(old: Sequence[Grams], new: Sequence[Grams]) -> Iterable[tuple[int, int]]:
    if len(old) * len(new) <= _FEW_PAIRS:
        return [(i, j) for i in range(len(old)) for j in range(len(new))]
    counts = Counter(gram for grams in (*old, *new) for gram in grams)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for j, grams in enumerate(new):
        for gram in grams:
            if counts[gram] <= _RARE:
                holders[gram].append(j)
    return {(i, j) for i, grams in enumerate(old) for gram in grams for j in holders.get(gram, ())}


def _uncrossed(pairs: Iterable[tuple[int, int]]) -> Pairs:
    """Keep each pair that lies between those kept before it."""
    kept: Pairs = []
    for i, j in pairs:
        at = bisect_left(kept, (i, j))
        before = kept[at - 1] if at else (-1, -1)
        after = kept[at] if at < len(kept) else (i + 1, j + 1)
        if before[0] < i < after[0] and before[1] < j < after[1]:
            kept.insert(at, (i, j))
    return kept

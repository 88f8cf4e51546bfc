"""Says what is wrong with a line of deputies, which must run 1, 2, 3 … without gaps (様式8)."""

from collections import Counter
from collections.abc import Iterable


def missing_ranks(ranks: Iterable[int]) -> list[int]:
    """Return the ranks that nobody holds below the highest one held."""
    held = set(ranks)
    return [rank for rank in range(1, max(held, default=0) + 1) if rank not in held]


def repeated_ranks(ranks: Iterable[int]) -> list[int]:
    """Return the ranks that more than one deputy holds."""
    return sorted(rank for rank, times in Counter(ranks).items() if times > 1)

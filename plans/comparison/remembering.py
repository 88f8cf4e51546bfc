"""Keeps what was found for a pair of documents, so that reading it again does not compare again."""

from collections.abc import Callable
from hashlib import sha256

from django.core.cache import cache

from bcp_portal import VERSION
from plans.comparison.changes import Comparison

_KEPT_SECONDS = 60 * 60 * 24


def remembered(old: str, new: str, compare: Callable[[], Comparison]) -> Comparison:
    """Return what `compare` finds for two versions (`Comparable.version`), found once a day.

    Only for what every member may read: who asks is no part of the key.
    """
    key = f"comparison:{sha256(f'{VERSION} {old} {new}'.encode()).hexdigest()}"
    known: Comparison | None = cache.get(key)
    if known is None:
        known = compare()
        cache.set(key, known, _KEPT_SECONDS)
    return known

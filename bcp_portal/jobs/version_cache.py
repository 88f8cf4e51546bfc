"""Keeps for a day what was found out of known versions, so that reading it again costs nothing."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache

from bcp_portal import VERSION

Found = TypeVar("Found")
_KEPT_SECONDS = 60 * 60 * 24


def remembered(what: str, *versions: str, find: Callable[[], Found]) -> Found:
    """Return what `find` finds out of these versions, found out once a day.

    Only for what every member may read: who asks is no part of the key.
    """
    digest = sha256("\n".join((VERSION, *versions)).encode()).hexdigest()
    key = f"{what}:{digest}"
    known: Found | None = cache.get(key)
    if known is None:
        known = find()
        cache.set(key, known, _KEPT_SECONDS)
    return known

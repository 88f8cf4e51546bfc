"""Knows who else has noted where the operation log stood, so that no log can be rewritten alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Witness:
    """Something in the database that could not be there without the log; `name` says what (Japanese).

    With a number and a digest it noted that entry; else there must be some entry.
    """

    name: str
    sequence: int = 0
    digest: str = ""


Witnesses = Callable[[], Iterable[Witness]]
"""Returns the witnesses of the municipality in scope."""

_sources: list[Witnesses] = []


def register_witnesses(source: Witnesses) -> None:
    """Add a source; called at start."""
    if source not in _sources:
        _sources.append(source)


def witnesses() -> list[Witness]:
    """Return everything that vouches for the log of the municipality in scope."""
    return [witness for source in _sources for witness in source()]

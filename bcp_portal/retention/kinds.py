"""The kinds of record that have a 保存年限; each room registers its own at start."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import models


@dataclass(frozen=True)
class Item:
    """One thing that may be due: what it is called, and the day from which its years are counted."""

    key: str
    label: str
    closed_on: date


def _nothing() -> None:
    return None


@dataclass(frozen=True)
class Outcome:
    """What a disposal does to its items, and what the log has to say of it.

    `carry_out` takes the records out, after the log; `files` are (storage, name) removed when all is
    stored. `facts` are kept of each item beside its label, by key: digests, never personal values.
    """

    husks_sha256: str = ""
    unsealed: Sequence[models.Model] = ()
    gone: Sequence[models.Model] = ()
    files: Sequence[tuple[object, str]] = ()
    facts: dict[str, dict[str, object]] = field(default_factory=dict)
    carry_out: Callable[[], None] = _nothing


@dataclass(frozen=True)
class RetainedKind:
    """One kind of record: how it is called, what begins its years, what is old, how it is disposed of.

    `closed_before` returns the items whose years began before a day; `dispose` gets those that are due
    and the number of the disposal. Both run inside the municipality's scope.
    """

    code: str
    title: str
    begins: str
    closed_before: Callable[[date], Iterable[Item]]
    dispose: Callable[[Sequence[Item], int], Outcome]


_kinds: dict[str, RetainedKind] = {}


def register_retained_kind(kind: RetainedKind) -> None:
    """Add a kind; a code used twice raises ValueError."""
    if kind.code in _kinds:
        raise ValueError(f"{kind.code} is registered twice.")
    _kinds[kind.code] = kind


def retained_kinds() -> list[RetainedKind]:
    """Return what all rooms registered, in the order of their start."""
    return list(_kinds.values())

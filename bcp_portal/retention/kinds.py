"""The kinds of record that have a 保存年限; each room registers its own at start."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django_scopes import get_scope


@dataclass(frozen=True)
class RetainedItem:
    """What may be due: how it is called, the day its years are counted from, how many records it is."""

    key: str
    label: str
    closed_on: date
    count: int = 1


def _nothing() -> None:
    return None


def _nothing_stays(day: date) -> int:
    return 0


def date_style() -> str:
    """Return how the municipality in scope writes days and years."""
    return str(get_scope()["municipality"].date_style)


@dataclass(frozen=True)
class DisposalOutcome:
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
    `stays_before` counts what is as old and stays nevertheless; `stays` says what and why (Japanese).
    """

    code: str
    title: str
    begins: str
    closed_before: Callable[[date], Iterable[RetainedItem]]
    dispose: Callable[[Sequence[RetainedItem], int], DisposalOutcome]
    stays_before: Callable[[date], int] = _nothing_stays
    stays: str = ""


_kinds: dict[str, RetainedKind] = {}


def register_retained_kind(kind: RetainedKind) -> None:
    """Add a kind; a code used twice raises ValueError."""
    if kind.code in _kinds:
        raise ValueError(f"{kind.code} is registered twice.")
    _kinds[kind.code] = kind


def retained_kind(code: str) -> RetainedKind | None:
    """Return the kind of a code; None when there is none."""
    return _kinds.get(code)


def retained_kinds() -> list[RetainedKind]:
    """Return what all rooms registered, in the order of their start."""
    return list(_kinds.values())

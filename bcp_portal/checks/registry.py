"""The list of all checks, filled at start by the rooms that know them; it knows none itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bcp_portal.checks.findings import Finding, Severity


class Moment(StrEnum):
    """When checks are asked; what each is then asked about is said in docs/rooms/checks.md."""

    BEFORE_SUBMIT = "before-submit"
    """On the page before a submission, while it is shown."""
    SUBMIT = "submit"
    ISSUE = "issue"
    BEFORE_PRINT = "before-print"
    """On the page on which a print of the plan is ordered, while it is shown."""
    PRINT = "print"


_ONLY_TOLD = frozenset({Moment.BEFORE_SUBMIT, Moment.BEFORE_PRINT})
_NOBODY_LOOKS = frozenset({Moment.ISSUE, Moment.PRINT})

Ask = Callable[[Any], Iterable[Finding]]
"""Yields what does not hold of what is asked about, in a number of queries that no row changes.

A guard may raise its DomainError instead. What has to be made to know the answer, and is needed
afterwards (a route, a file), is a property of what is asked about: it is made once.
"""


@dataclass(frozen=True)
class Check:
    """One thing that must hold: `id` is "<room>.<subject>", `title` heads what it says (Japanese)."""

    id: str
    title: str
    ask: Ask
    moments: tuple[Moment, ...]
    severity: Severity = Severity.ERROR


_checks: dict[str, Check] = {}


def register_check(check: Check) -> None:
    """Add a check, asked after those registered before; called from the ready() of a room.

    ValueError for an id used twice, or a severity that would mean nothing at a moment: a page that
    is shown refuses nothing, and nobody reads a warning of the worker that issues or prints.
    """
    if check.id in _checks:
        raise ValueError(f"{check.id!r} is registered twice.")
    wrong = _ONLY_TOLD if check.severity is Severity.ERROR else _NOBODY_LOOKS
    if not check.moments or wrong.intersection(check.moments):
        raise ValueError(f"{check.id!r} is no {check.severity} at {check.moments}.")
    _checks[check.id] = check


def withdraw_check(check: Check) -> None:
    """Forget a check again, as a test does that registered it."""
    del _checks[check.id]


def all_checks() -> tuple[Check, ...]:
    """Return every check there is, in the order in which they are asked."""
    return tuple(_checks.values())


def checks_at(moment: Moment) -> tuple[Check, ...]:
    """Return those that are asked at a moment, in their order."""
    return tuple(check for check in _checks.values() if moment in check.moments)


def title_of(finding: Finding) -> str:
    """Return the title of the check that said it, "" for what no check said."""
    check = _checks.get(finding.check)
    return check.title if check else ""

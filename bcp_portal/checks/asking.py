"""Asks the checks of a moment: all of them where a person mends what they say, or up to the first."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bcp_portal.checks.findings import Finding, NotReady
from bcp_portal.checks.registry import Check, Moment, checks_at
from bcp_portal.ui.errors import DomainError


def findings_at(moment: Moment, asked: Any) -> list[Finding]:
    """Return what all checks of a moment say, one not hiding the next, each sentence once.

    That somebody else was first (409) ends everything: it is raised.
    """
    return list(dict.fromkeys(said for check in checks_at(moment) for said in _said(check, asked)))


def require(moment: Moment, asked: Any) -> None:
    """Raise what the first check refuses: NotReady with its findings, or the error that it raised.

    For a worker, who would make whole books only to ask the next one.
    """
    for check in checks_at(moment):
        found = [_signed(check, each) for each in check.ask(asked)]
        if found:
            raise NotReady(found)


def _said(check: Check, asked: Any) -> Iterator[Finding]:
    try:
        for each in check.ask(asked):
            yield _signed(check, each)
    except NotReady as several:
        yield from (_signed(check, each) for each in several.findings)
    except DomainError as error:
        if error.status == 409:
            raise
        yield _signed(check, Finding(error.message))


def _signed(check: Check, finding: Finding) -> Finding:
    return replace(finding, check=check.id, severity=check.severity)

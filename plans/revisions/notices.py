"""What a drafter is told before a submission without being refused; other modules add theirs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bcp_portal.accounts.models import Municipality
from plans.document.coverage import Coverage
from plans.revisions.refusals import Where


@dataclass(frozen=True)
class Notice:
    """One thing to know before submitting, and where it is seen to."""

    sentence: str
    where: Where | None = None


NoticeSource = Callable[[Municipality, Coverage], Iterable[Notice]]
"""Returns what is to be said of a revision of this coverage, in a few queries."""

_sources: list[NoticeSource] = []


def register_notices(source: NoticeSource) -> None:
    """Add a source; called once at start."""
    if source not in _sources:
        _sources.append(source)


def notices_before_submit(municipality: Municipality, coverage: Coverage) -> list[Notice]:
    """Return what every source says, in the order they were added."""
    return [notice for source in _sources for notice in source(municipality, coverage)]

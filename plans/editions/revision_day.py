"""Says by which day the table of revisions lists an edition: decided, in effect or issued; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from plans.editions.models.edition_setting import RevisionDay

_NOT_DECIDING = "報告"


@dataclass(frozen=True)
class EditionDays:
    """The days of one edition among which a municipality chooses."""

    effective_on: date
    issued_at: datetime
    deciders: Sequence[Mapping[str, Any]]

    def listed_on(self, wanted: RevisionDay) -> date:
        """Return the day the municipality wants; without any decision on record, that of issue."""
        issued_on = timezone.localdate(self.issued_at)
        if wanted is RevisionDay.EFFECTIVE:
            return self.effective_on
        if wanted is RevisionDay.DECIDED:
            return _decided_on(self.deciders) or issued_on
        return issued_on


def _decided_on(deciders: Sequence[Mapping[str, Any]]) -> date | None:
    """Return the day of the last decision: of the meeting that took it, else of the approval.

    A person who only received a report (報告) decided nothing.
    """
    moments = [
        (moment, decider)
        for decider in deciders
        if decider.get("action") != _NOT_DECIDING
        and (moment := _aware(str(decider.get("at") or "")))
    ]
    if not moments:
        return None
    moment, last = max(moments, key=lambda each: each[0])
    return parse_date(str(last.get("meeting_on") or "")) or timezone.localdate(moment)


def _aware(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment

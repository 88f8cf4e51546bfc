"""Says which parts of the plan editions took over, and as they stood when; pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from plans.document.coverage import Coverage


@dataclass(frozen=True)
class IssuedPart:
    """What an edition took over: which parts, as they stood when."""

    coverage: Coverage
    submitted_at: datetime


def last_submitted(
    issued: Iterable[IssuedPart], covers: Callable[[Coverage], bool]
) -> datetime | None:
    """Return when a part was last submitted for an edition; None when it is in none."""
    return max((each.submitted_at for each in issued if covers(each.coverage)), default=None)

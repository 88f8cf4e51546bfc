"""Shares the worker fairly: limits of jobs for a person and a town, and turns between towns.

Turns are start-time fair queueing: a job stands behind the last job of its own town, and not before
the one that was begun last. So the second job of a town that asked for many comes after the first of
a town that asked later, and a town that asks again and again passes nobody who waits.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max
from django_scopes import scopes_disabled

from bcp_portal.accounts.models import Municipality
from bcp_portal.jobs.kinds import kinds
from bcp_portal.jobs.models import BackgroundJob
from bcp_portal.ui.errors import DomainError

# The queue begins with what may be begun since earliest; all of these are long past.
_FIRST = datetime(2000, 1, 1, tzinfo=UTC)


def require_share(job: BackgroundJob) -> None:
    """Raise DomainError (409) when its person or town has as much under way as it may have.

    Says how many of what, and what to do. Must run in the transaction that gives the job away.
    """
    if not job.is_limited:
        return
    with scopes_disabled():
        # Two that ask at once follow one another; rows of the town may be inserted meanwhile.
        towns = Municipality.objects.select_for_update(no_key=True)
        town = towns.get(pk=job.municipality_id)
        if job.requested_by_id is not None:
            own = _under_way(job, requested_by=job.requested_by_id)
            if own.total() >= settings.JOBS_OF_ONE_PERSON:
                raise _refused("あなたの依頼が", own)
        all_of_town = _under_way(job, municipality=town.pk)
        if all_of_town.total() >= settings.JOBS_OF_ONE_TOWN:
            raise _refused(f"{town.name}の依頼が、ほかの人の分を含めて", all_of_town)


def place_of(job: BackgroundJob) -> int:
    """Return the place in the queue of a job that is to be given to a worker."""
    with scopes_disabled():
        rows = [
            kind.model.objects.exclude(pk=job.pk) if kind.model is type(job) else kind.model.objects
            for kind in kinds()
            if kind.model.priority == job.priority
        ]
        begun = _highest(each.exclude(state__in=each.model.steps) for each in rows)
        own = _highest(each.filter(municipality=job.municipality_id) for each in rows)
    return max(begun, own + 1)


def may_begin(place: int) -> datetime:
    """Return the place as the queue understands it: the earliest comes first, all of them may."""
    return _FIRST + timedelta(seconds=place)


def _highest(rows: Iterable[Any]) -> int:
    return max((each.aggregate(place=Max("place"))["place"] or 0 for each in rows), default=0)


def _under_way(job: BackgroundJob, **whose: Any) -> Counter[str]:
    """Count what is under way besides a job, by what a person calls it."""
    found: Counter[str] = Counter()
    for model in (kind.model for kind in kinds() if kind.model.is_limited):
        rows = model.objects.filter(state__in=model.under_way_states(), **whose)
        if model is type(job):
            rows = rows.exclude(pk=job.pk)
        found[str(model._meta.verbose_name)] += rows.count()
    return found


def _refused(whose: str, under_way: Counter[str]) -> DomainError:
    named = "、".join(f"{name}{count}件" for name, count in under_way.items() if count)
    return DomainError(
        f"{whose}{under_way.total()}件、順番待ちまたは処理中です（{named}）。"
        "どれかが終わってから、もう一度お試しください。",
        status=409,
    )

"""Revisions whose 保存年限 is over, with submissions, decisions and the papers of meetings."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Max
from django.utils import timezone

from bcp_portal.retention.kinds import DisposalOutcome, RetainedItem
from plans.disposing.edition_disposal import superseded_before
from plans.disposing.proof_entries import empty_entries_of
from plans.disposing.settled_moment import unsettled_revisions
from plans.editions.models.edition import Edition
from plans.revisions.models.revision import (
    Decision,
    ReturnRemark,
    Revision,
    Submission,
    SubmittedContent,
)
from plans.revisions.states import CLOSED, RevisionState


def closed_revisions(day: date) -> Iterator[RetainedItem]:
    """Yield revisions that ended before a day; one that was issued when its edition was out of force.

    The last one stays, because the next is numbered after it, and those whose submission still says
    since when parts of the plan are in no edition: without it somebody else would be their author.
    """
    last = Revision.objects.aggregate(last=Max("number"))["last"]
    days, asked = superseded_before(day), unsettled_revisions()
    there = {str(uid) for uid in Edition.objects.values_list("revision_uid", flat=True)}
    revisions = Revision.objects.filter(state__in=CLOSED).exclude(number=last).order_by("number")
    for each in revisions.annotate(closed_at=Max("submissions__closed_at")):
        closed_on = timezone.localdate(each.closed_at or each.created_at)
        if each.state == RevisionState.ISSUED and str(each.uid) in there:
            closed_on = days.get(str(each.uid), date.max)
        if closed_on < day and str(each.uid) not in asked:
            yield RetainedItem(str(each.uid), f"第{each.number}号の改定", closed_on)


def dispose_revisions(items: Sequence[RetainedItem], number: int) -> DisposalOutcome:
    """Delete revisions with all that belongs to them; their seals in the log say that they were deleted."""
    revisions = list(Revision.objects.filter(uid__in=[item.key for item in items]))
    submissions = list(Submission.objects.filter(revision__in=revisions).select_related("revision"))
    decisions = list(
        Decision.objects.filter(submission__in=submissions).select_related("submission__revision")
    )
    return DisposalOutcome(
        husks_sha256=empty_entries_of(revisions, number, beside=[*submissions, *decisions]),
        unsealed=[*revisions, *submissions, *decisions],
        files=[(each.paper.storage, each.paper.name) for each in decisions if each.paper],
        carry_out=lambda: _delete(revisions),
    )


def _delete(revisions: Sequence[Revision]) -> None:
    keys = [each.pk for each in revisions]
    submissions = {"submission__revision__in": keys}
    _stored(ReturnRemark).filter(decision__submission__revision__in=keys).delete()
    _stored(Decision).filter(**submissions).delete()
    _stored(SubmittedContent).filter(**submissions).delete()
    _stored(Submission).filter(revision__in=keys).delete()
    _stored(Revision).filter(pk__in=keys).delete()


def _stored(model: type[models.Model]) -> "models.QuerySet[Any]":
    """Return the rows of a model that refuses every other deletion."""
    return models.QuerySet(model)

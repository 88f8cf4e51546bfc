"""Gathers what the page before a submission says: what refuses it, what is blank, what to know."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from bcp_portal.accounts.consistent_reads import one_moment
from bcp_portal.accounts.models import Membership
from bcp_portal.ui.errors import DomainError
from plans.blanks.finding import blanks_of
from plans.revisions.models.revision import Revision
from plans.revisions.notices import Notice, notices_before_submit
from plans.revisions.prospective_changes import Prospect
from plans.revisions.refusals import NotReady, Refusal
from plans.revisions.resubmission import unchanged_said
from plans.revisions.submission_content import prepared

Line = tuple[str, str, str]
"""A sentence, and label and address of the page where it is seen to ("" for none)."""


def before_submit(
    revision: Revision, membership: Membership, refusals: Sequence[Refusal], unchanged: str = ""
) -> dict[str, Any]:
    """Return the context of the page; `refusals` are what stands in the way.

    `unchanged` is said where a returned content would come again as it was.
    """
    municipality = membership.municipality
    notices = notices_before_submit(municipality, revision.coverage)
    notices = [*([Notice(unchanged)] if unchanged else []), *notices]
    return {
        "refusals": [_line(membership, each) for each in refusals],
        "notices": [_line(membership, each) for each in notices],
        "blanks": blanks_of(municipality, revision.coverage),
        "today": timezone.localdate(),
    }


def refusals_now(
    revision: Revision, membership: Membership, prospect: Prospect | None = None
) -> tuple[tuple[Refusal, ...], str]:
    """Return everything a submission by this person would be refused for now; nothing is written.

    Asked by the very steps of a submission. The second is what is said where a returned content
    would come again as it was.
    """
    found: tuple[Refusal, ...] = ()
    unchanged = ""
    with one_moment(temporary_tables=True):
        try:
            sha256 = prepared(revision, membership, prospect).snapshot.sha256
            unchanged = unchanged_said(revision, sha256)
        except NotReady as error:
            found = error.refusals
        except DomainError as error:
            found = (Refusal(error.message),)
    return found, unchanged


def _line(membership: Membership, refusal: Refusal | Notice) -> Line:
    """Return a sentence with its link, or with whom to ask where that page is closed to the reader."""
    where = refusal.where
    if where is None:
        return refusal.sentence, "", ""
    if not membership.may(where.permission):
        return f"{refusal.sentence}{where.otherwise}", "", ""
    address = reverse(where.name, args=[membership.municipality.code, *where.args])
    return (
        refusal.sentence,
        where.label,
        f"{address}#{where.fragment}" if where.fragment else address,
    )

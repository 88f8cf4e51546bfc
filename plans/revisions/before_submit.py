"""Gathers what the page before a submission says: what refuses it, what is blank, what to know."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from bcp_portal.accounts.consistent_reads import one_moment
from bcp_portal.accounts.models import Membership
from bcp_portal.checks.asking import findings_at
from bcp_portal.checks.findings import Finding, NotReady, Severity
from bcp_portal.checks.lines import line_of
from bcp_portal.checks.registry import Moment
from bcp_portal.ui.errors import DomainError
from plans.blanks.finding import blanks_of
from plans.revisions.models.revision import Revision
from plans.revisions.prospective_changes import Prospect
from plans.revisions.resubmission import unchanged_said
from plans.revisions.submission_content import prepared


def before_submit(
    revision: Revision, membership: Membership, findings: Sequence[Finding], unchanged: str = ""
) -> dict[str, Any]:
    """Return the context of the page; `findings` are what the checks say of the content.

    `unchanged` is said where a returned content would come again as it was.
    """
    told = [
        *([Finding(unchanged)] if unchanged else []),
        *(each for each in findings if each.severity is not Severity.ERROR),
        *findings_at(Moment.BEFORE_SUBMIT, revision),
    ]
    refusals = [each for each in findings if each.severity is Severity.ERROR]
    return {
        "refusals": [line_of(each, membership) for each in refusals],
        "notices": [line_of(each, membership) for each in told],
        "blanks": blanks_of(membership.municipality, revision.coverage),
        "today": timezone.localdate(),
    }


def refusals_now(
    revision: Revision, membership: Membership, prospect: Prospect | None = None
) -> tuple[tuple[Finding, ...], str]:
    """Return everything the checks say of a submission by this person now; nothing is written.

    Asked by the very steps of a submission: an error refuses. The second is what is said where a
    returned content would come again as it was.
    """
    found: tuple[Finding, ...] = ()
    unchanged = ""
    with one_moment(temporary_tables=True):
        try:
            ready = prepared(revision, membership, prospect)
            found = ready.told
            unchanged = unchanged_said(revision, ready.snapshot.sha256)
        except NotReady as error:
            found = error.findings
        except DomainError as error:
            found = (Finding(error.message),)
    return found, unchanged

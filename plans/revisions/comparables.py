"""What was submitted, as documents that can be compared."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from django.utils import timezone

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.ui.eras import DateStyle, format_date
from plans.comparison.comparables import Comparable
from plans.editions.frozen_copy import FrozenCopy
from plans.issuing.comparables import edition_code
from plans.revisions.models.revision import Submission, SubmittedContent
from plans.revisions.page import RevisionPage
from plans.revisions.personal_access import may_see_values
from plans.revisions.revision_proof import submission_faults
from plans.revisions.states import SubmissionState


def submission_code(uid: UUID) -> str:
    """Return the place of a submission in the addresses of comparisons."""
    return f"submission-{uid}"


def submissions(municipality: Municipality) -> Iterator[Comparable]:
    """Yield what was submitted, the newest first."""
    found = Submission.objects.select_related("revision").order_by("-submitted_at", "-pk")
    for submission in found:
        day = format_date(
            timezone.localdate(submission.submitted_at), DateStyle(municipality.date_style)
        )
        yield Comparable(
            code=submission_code(submission.uid),
            label=f"{submission}（{day}、{submission.get_state_display()}）",
            version=partial(str, submission.content_sha256),
            read=partial(_submitted, submission.pk),
            is_decided=submission.state == SubmissionState.APPROVED,
            group="提出した改定",
            fault=partial(_submission_fault, submission.pk),
            opens=partial(_is_open, submission.pk),
        )


def _submitted(pk: int) -> FrozenCopy:
    content = SubmittedContent.objects.get(submission_id=pk)
    return FrozenCopy(content.document, content.rows)


def _submission_fault(pk: int) -> str:
    submission = Submission.objects.select_related("revision").get(pk=pk)
    return "".join(submission_faults(submission))


def _is_open(pk: int, membership: Membership, beside: str) -> bool:
    """Tell whether a member decides on it now: by its values, beside the edition it would follow."""
    submission = Submission.objects.select_related("revision__municipality").get(pk=pk)
    base = submission.head.get("base_edition_uid", "")
    if not base or beside != edition_code(UUID(base)):
        return False
    page = RevisionPage(submission.revision, membership)
    return page.submission == submission and may_see_values(page)

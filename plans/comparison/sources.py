"""The documents of this room that can be compared: working copy, what was submitted, editions."""

from collections.abc import Iterable, Iterator
from functools import partial
from uuid import UUID

from django.utils import timezone

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.audit.queries import last_digest
from bcp_portal.ui.eras import DateStyle, format_date
from plans.comparison.comparables import Comparable
from plans.document_builder import WorkingCopy
from plans.editions.frozen_copy import FrozenCopy
from plans.editions.proving import edition_fault
from plans.editions.queries import HEAVY
from plans.models.editions import Edition
from plans.models.revisions import Submission, SubmittedContent
from plans.revisions.looking import may_see_values
from plans.revisions.page import RevisionPage
from plans.revisions.proving import submission_faults
from plans.revisions.states import SubmissionState

WORKING = "working"
WORKING_LABEL = "作業中の内容"


def working_copy(municipality: Municipality) -> Iterator[Comparable]:
    """Yield the working copy as it stands now."""
    yield Comparable(
        code=WORKING,
        label=WORKING_LABEL,
        version=partial(version_of_working_copy, municipality),
        read=partial(WorkingCopy, municipality, in_edition=True),
        group="作業中",
    )


def submission_code(uid: UUID) -> str:
    """Return the place of a submission in the addresses of comparisons."""
    return f"submission-{uid}"


def edition_code(uid: UUID) -> str:
    """Return the place of an edition in the addresses of comparisons."""
    return f"edition-{uid}"


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


def editions(municipality: Municipality) -> Iterator[Comparable]:
    """Yield the editions, the newest first, without reading their text."""
    for edition in _listed_editions():
        day = format_date(edition.effective_on, DateStyle(municipality.date_style))
        yield Comparable(
            code=edition_code(edition.uid),
            label=f"{edition.label}（{day}施行）",
            version=partial(str, edition.content_sha256),
            read=partial(_edition, edition.pk),
            is_decided=True,
            group="版",
            fault=partial(_edition_fault, edition.pk),
        )


def version_of_working_copy(municipality: Municipality) -> str:
    """Return what changes with every write, and with the day, which some tables ask for.

    Whoever writes a row or a chapter also writes the operation log.
    """
    return f"{municipality.pk} {timezone.localdate():%Y-%m-%d} {last_digest()}"


def _listed_editions() -> Iterable[Edition]:
    needed = ("uid", "label", "effective_on", "content_sha256")
    found: Iterable[Edition] = Edition.objects.only(*needed).order_by("-sequence")
    return found


def _submitted(pk: int) -> FrozenCopy:
    content = SubmittedContent.objects.get(submission_id=pk)
    return FrozenCopy(content.document, content.rows)


def _edition(pk: int) -> FrozenCopy:
    edition = Edition.objects.only("document", "rows").get(pk=pk)
    return FrozenCopy(edition.document, edition.rows)


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
    return page.submission == submission and may_see_values(page, membership)


def _edition_fault(pk: int) -> str:
    editions = Edition.objects.select_related("municipality").defer(*HEAVY)
    return edition_fault(editions.get(pk=pk))

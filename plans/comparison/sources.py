"""The documents of this room that can be compared: working copy, what was submitted, editions."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from django.utils.timezone import localtime

from bcp_portal.accounts.models import Municipality
from bcp_portal.ui.eras import DateStyle, format_date
from plans.comparison.comparables import Comparable
from plans.document import Document
from plans.document_builder import build_document
from plans.editions.masking import masked_document
from plans.editions.snapshot import masks_in
from plans.models.editions import Edition
from plans.models.revisions import Submission, SubmittedContent
from plans.revisions.states import SubmissionState

WORKING = "working"
WORKING_LABEL = "作業中の内容"


def working_copy(municipality: Municipality) -> Iterator[Comparable]:
    """Yield the working copy as it stands now."""
    yield Comparable(
        code=WORKING,
        label=WORKING_LABEL,
        load=partial(build_document, municipality, include_personal=True),
        load_masked=partial(build_document, municipality, include_personal=False),
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
            localtime(submission.submitted_at).date(), DateStyle(municipality.date_style)
        )
        yield Comparable(
            code=submission_code(submission.uid),
            label=f"{submission}（{day}、{submission.get_state_display()}）",
            load=partial(_submitted, submission.pk, masked=False),
            load_masked=partial(_submitted, submission.pk, masked=True),
            is_decided=submission.state == SubmissionState.APPROVED,
            group="提出した改定",
        )


def editions(municipality: Municipality) -> Iterator[Comparable]:
    """Yield the editions, the newest first, without reading their text."""
    for edition in Edition.objects.only("uid", "label", "effective_on").order_by("-sequence"):
        day = format_date(edition.effective_on, DateStyle(municipality.date_style))
        yield Comparable(
            code=edition_code(edition.uid),
            label=f"{edition.label}（{day}施行）",
            load=partial(_edition, edition.pk, masked=False),
            load_masked=partial(_edition, edition.pk, masked=True),
            is_decided=True,
            group="版",
        )


def _submitted(pk: int, *, masked: bool) -> Document:
    content = SubmittedContent.objects.get(submission_id=pk)
    document = Document.from_json(content.document)
    return masked_document(document, masks_in(content.rows)) if masked else document


def _edition(pk: int, *, masked: bool) -> Document:
    edition = Edition.objects.only("document", "rows").get(pk=pk)
    document = Document.from_json(edition.document)
    return masked_document(document, masks_in(edition.rows)) if masked else document

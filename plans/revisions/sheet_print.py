"""Prints the approval sheet on A4, a place for each seal, with the 新旧対照表 behind it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from bcp_portal.accounts.models import Municipality
from bcp_portal.ui.eras import format_date
from bcp_portal.ui.errors import DomainError
from plans.chapters.image_files import load_image
from plans.comparison.compared_pair import layout_of
from plans.comparison.comparison_print import comparison_part, running_text
from plans.comparison.layout import ComparisonHead, Layout, note_of
from plans.comparison.lines import lines_of
from plans.comparison.models import ComparisonSetting
from plans.document.revision_kind import RevisionKind
from plans.printing.book import Description
from plans.printing.flows import BookPart, Flow
from plans.printing.geometry import PORTRAIT
from plans.printing.press import open_press
from plans.printing.prose import line as set_line
from plans.prints.products import Options, PrintOrder, Product
from plans.revisions.models.revision import Revision, Submission
from plans.revisions.page import RevisionPage
from plans.revisions.pairs import pair_of
from plans.revisions.revision_proof import require_true
from plans.revisions.sheet import ApprovalSheet, SealBox, approval_sheet, cover_of
from plans.revisions.states import SubmissionState

CODE = "approval-sheet"
NAME = "起案書"
STYLE_SHEET = "approval_sheet.css"


def make_print(order: PrintOrder) -> bytes:
    """Return the sheet as PDF, for a print job; DomainError when the revision was never submitted."""
    revision = _revision(order.options)
    require_true(revision)
    page = RevisionPage(revision)
    if page.submission is None:
        raise DomainError("この改定はまだ提出されていないため、起案書を印刷できません。")
    sheet = approval_sheet(page)
    parts, running = [sheet_part(sheet)], None
    pair = pair_of(page.submission)
    if pair:
        comparison = pair.comparison(with_personal=False, with_widths=_with_widths(page.submission))
        layout = layout_of(is_decided=pair.new.is_decided)
        table = comparison_sheet(page, page.submission, layout, note=note_of(comparison))
        parts.append(comparison_part(lines_of(comparison), table, load_image))
        running = running_text(table)
    with open_press(settings.PRINT_CACHE_DIR, STYLE_SHEET) as press:
        return press.print_parts(
            parts,
            Description(sheet.title, sheet.municipality, "ja"),
            running=running,
            on_progress=order.on_progress,
        )


def _with_widths(submission: Submission) -> bool | None:
    """Return whether the 新旧対照表 of a submission shows differences of width, if it was frozen."""
    parties = submission.parties
    frozen = parties.comparison_layout if parties else {}
    return bool(frozen.get("show_widths")) if frozen else None


def comparison_sheet(
    page: RevisionPage, submission: Submission, layout: Layout, *, note: str = ""
) -> ComparisonHead:
    """Return what stands above the 新旧対照表, as of the submit; layout is for what froze none."""
    cover, head, parties = cover_of(submission), page.head, submission.parties
    if parties and parties.comparison_layout:
        frozen = ComparisonSetting(**parties.comparison_layout)
        layout = frozen.layout(is_decided=submission.state == SubmissionState.APPROVED)
    kind = RevisionKind(head["kind"]).label
    submitted_on = timezone.localdate(submission.submitted_at)
    return ComparisonHead(
        municipality=cover["municipality"],
        plan=cover["title"],
        new_label=f"改定第{page.revision.number}号（{kind}）第{submission.number}回の提出",
        old_label=head["base_edition_label"],
        date_text=format_date(submitted_on, page.style),
        layout=layout,
        note=note,
    )


def sheet_part(sheet: ApprovalSheet) -> BookPart:
    """Return the sheet ready for the press; a DomainError names a character that cannot print."""
    content = {
        "title": set_line(sheet.title, NAME),
        "municipality": set_line(sheet.municipality, NAME),
        "facts": [(label, set_line(value, NAME)) for label, value in sheet.facts],
        "groups": [_group(name, boxes) for name, boxes in sheet.groups],
        "hashes": sheet.hashes,
        "exception": sheet.exception,
        "attachment": sheet.attachment,
    }
    html = render_to_string("print/approval_sheet.html", content)
    return BookPart("approval-sheet", NAME, "", (Flow(NAME, PORTRAIT, html),))


def _group(name: str, boxes: Sequence[SealBox]) -> dict[str, Any]:
    """Return one group of boxes ready to print, with the number of table rows it takes."""
    return {
        "name": name,
        "rows": len(boxes) + sum(1 for box in boxes if box.notes),
        "boxes": [
            {
                "step": set_line(box.step, NAME),
                "who": set_line(box.who, NAME),
                "verdict": box.verdict,
                "at": box.at,
                "notes": [set_line(note, NAME) for note in box.notes],
            }
            for box in boxes
        ],
    }


def file_title(municipality: Municipality, options: Options) -> str:
    """Return the name of the file without date and ending."""
    return f"{NAME}_改定第{_revision(options).number}号"


PRODUCT = Product(CODE, NAME, file_title, make_print)


def _revision(options: Options) -> Revision:
    found: Revision | None = (
        Revision.objects.select_related("municipality")
        .filter(uid=UUID(str(options.get("revision", UUID(int=0)))))
        .first()
    )
    if found is None:
        raise DomainError("印刷しようとした改定が見つかりません。", status=404)
    return found

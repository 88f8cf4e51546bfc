"""Prints the approval sheet on A4, a place for each seal, with the 新旧対照表 behind it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string

from bcp_portal.accounts.models import Municipality
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.errors import DomainError
from plans.comparison.lines import lines_of
from plans.comparison.printed import comparison_part, running_text
from plans.comparison.reading import sheet_of
from plans.models.revisions import Revision
from plans.print_products import Options, PrintOrder, Product
from plans.printing.book import Description
from plans.printing.flows import Flow, Part
from plans.printing.geometry import PORTRAIT
from plans.printing.press import open_press
from plans.printing.prose import line as set_line
from plans.revisions.page import RevisionPage
from plans.revisions.pairs import pair_of
from plans.revisions.sheet import ApprovalSheet, Box, approval_sheet

CODE = "approval-sheet"
NAME = "起案書"
STYLE_SHEET = "approval_sheet.css"


def make_print(order: PrintOrder) -> bytes:
    """Return the sheet as PDF, for a print job; DomainError when the revision was never submitted."""
    revision = _revision(order.options)
    page = RevisionPage(revision)
    if page.submission is None:
        raise DomainError("この改定はまだ提出されていないため、起案書を印刷できません。")
    sheet = approval_sheet(page, DateStyle(order.municipality.date_style))
    parts, running = [sheet_part(sheet)], None
    pair = pair_of(page.submission)
    if pair:
        table = sheet_of(order.municipality, pair)
        lines = lines_of(pair.comparison(with_personal=False))
        parts.append(comparison_part(lines, table))
        running = running_text(table)
    with open_press(settings.PRINT_CACHE_DIR, STYLE_SHEET) as press:
        return press.print_parts(
            parts,
            Description(sheet.title, sheet.municipality, "ja"),
            running=running,
            on_progress=order.on_progress,
        )


def sheet_part(sheet: ApprovalSheet) -> Part:
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
    return Part("approval-sheet", NAME, "", (Flow(NAME, PORTRAIT, html),))


def _group(name: str, boxes: Sequence[Box]) -> dict[str, Any]:
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

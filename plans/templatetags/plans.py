"""Shows sections, texts and tables of a document on a page."""

from dataclasses import replace

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from bcp_portal.annex.table import Table
from bcp_portal.audit.tampering import WARNING
from bcp_portal.figures.figure import Figure
from plans.document.table_heads import head_rows
from plans.editions.file_warnings import picture_proofs_of
from plans.text.cleaning import with_image_addresses
from plans.text.cross_references import with_link_addresses
from plans.text.page_tables import in_scrolling_frames
from plans.text.phrase_words import TERM_ANCHOR

register = template.Library()
_WARNING = '<p class="plan-missing" role="alert">{}</p>'


@register.simple_tag(takes_context=True)
def chapter_text(context: Context, html: str) -> SafeString:
    """Show a body or one run of it; it was cleaned when it was saved and is safe to show."""
    request = context["request"]
    code = request.municipality.code
    warnings: dict[str, None] = {}

    def address_of(sha256: str) -> str:
        if fault := picture_proofs_of(request).fault_of(sha256):
            warnings[fault] = None
        return reverse("images:show", args=[code, sha256])

    shown = with_image_addresses(html, address_of)
    if TERM_ANCHOR in shown:
        shown = with_link_addresses(shown, lambda anchor: _term_address(anchor, code))
    shown = in_scrolling_frames(shown)
    shown = "".join(format_html(_WARNING, WARNING.format(fault=f)) for f in warnings) + shown
    return mark_safe(shown)  # noqa: S308  nothing but what clean_body lets through is ever stored


def _term_address(anchor: str, municipality_code: str) -> str | None:
    """Return the page that explains a marked word."""
    if not anchor.startswith(TERM_ANCHOR):
        return None
    return reverse("annex:row", args=[municipality_code, "c-11", anchor.removeprefix(TERM_ANCHOR)])


@register.inclusion_tag("plans/document/_table.html")
def document_table(table: Table, *, limit: int = 0) -> dict[str, object]:
    """Show a table as it will be printed, or only its first rows."""
    shown = table.rows[:limit] if limit else table.rows
    return {
        "table": table,
        "heads": head_rows(table.columns),
        "rows": replace(table, rows=shown).texts(),
        "more": len(table.rows) - len(shown),
    }


@register.inclusion_tag("plans/document/_figure.html")
def document_figure(figure: Figure) -> dict[str, object]:
    """Show a figure with its words; its SVG was written by the program, mark by mark."""
    return {"figure": figure, "svg": mark_safe(figure.svg)}  # noqa: S308  see bcp_portal/figures/strokes.py


@register.inclusion_tag("plans/document/_section.html", takes_context=True)
def document_section(context: Context, section: object, *, heading_level: int) -> dict[str, object]:
    """Show a section and all below it, the headings one level deeper each."""
    return {
        "request": context["request"],
        "section": section,
        "level": min(heading_level, 6),
        "level_below": min(heading_level + 1, 6),
    }

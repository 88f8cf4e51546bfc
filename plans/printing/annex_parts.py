"""Writes one annex: its heading, and its tables on the sheets they need."""

from django.template.loader import render_to_string

from bcp_portal.annex.table import Table
from plans.document.document import AnnexPart
from plans.printing.flows import BookPart, Flow, FlowWriter, Tab
from plans.printing.geometry import A4, PageFormat, Paper
from plans.printing.prose import line
from plans.printing.table_html import CLOSING, opening, rows_html
from plans.printing.table_layout import fitted, lay_out

BANDS = "表の項目を{}つに分けて印刷（{}／{}）"
"""Stands above each part of a table whose columns do not fit beside each other."""


def annex_part(annex: AnnexPart, paper: Paper = A4) -> BookPart:
    """Return the annex ready for the press; DomainError names what cannot be printed."""
    name = f"「{annex.heading}」"
    sheet = _usual_sheet(annex, paper.annex)
    writer = FlowWriter(annex.heading, sheet, _head(annex, name))
    for table in annex.tables:
        alone = len(annex.tables) == 1 and table.title in annex.heading
        _write_table(writer, table, sheet, "" if alone else table.title, name)
    label = f"様式{annex.number}"
    return BookPart(annex.anchor, label, annex.heading, writer.finish(), Tab(label, annex=True))


def table_flows(table: Table, name: str, heading: str, sheet: PageFormat) -> tuple[Flow, ...]:
    """Return flows of one table under a heading, for the revision table."""
    writer = FlowWriter(name, sheet, heading)
    _write_table(writer, table, sheet, "", f"「{name}」")
    return writer.finish()


def table_title(table: Table, title: str, band: str, place: str, *, heading: bool = False) -> str:
    """Return what stands above a table: headings over it, its own title and note, and its band.

    Only in an annex is the title a heading: in a chapter a level might be skipped behind it.
    """
    context = {
        "above": [line(text, place) for text in table.titles_above],
        "title": line(title, place),
        "heading": heading,
        "note": line(table.note, place),
        "subtitle": line(table.subtitle, place),
        "band": band,
    }
    return render_to_string("print/table_title.html", context)


def _usual_sheet(annex: AnnexPart, upright: PageFormat) -> PageFormat:
    """Return one sheet for the whole annex: its small tables lie as its widest does."""
    sheets = {lay_out(table, upright).sheet for table in annex.tables}
    return upright.lying if upright.lying in sheets else upright


def _write_table(
    writer: FlowWriter, table: Table, usual: PageFormat, title: str, annex_name: str
) -> None:
    place = f"{annex_name}の表「{table.title}」" if title else annex_name
    table, layout = fitted(table, usual)
    count = len(layout.bands)
    for number in range(1, count + 1):
        band_text = BANDS.format(count, number, count) if count > 1 else ""
        writer.table(
            layout.sheet,
            table_title(table, title, band_text, place, heading=True),
            opening(table, layout, number - 1, place),
            rows_html(table, layout.setting(number - 1), place),
            CLOSING,
        )


def _head(annex: AnnexPart, place: str) -> str:
    facts = (
        ("管理部署", annex.managing_department),
        ("公開区分", annex.confidentiality_label),
    )
    context = {
        "anchor": annex.anchor,
        "heading": line(annex.heading, place),
        "subtitle": line(annex.subtitle, place),
        "reference_note": line(annex.reference_note, place),
        "facts": [(label, line(text, place)) for label, text in facts if text],
        # Where the annex is kept elsewhere, the sentence above says so.
        "empty": not annex.tables and not annex.reference_note,
    }
    return render_to_string("print/annex_head.html", context)

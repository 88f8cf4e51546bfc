"""Writes a 新旧対照表 for the press: one table in two columns on A4 landscape."""

from collections.abc import Sequence
from contextlib import suppress

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bcp_portal.ui.data_addresses import drawing_address, picture_address
from plans.comparison.changes import GridRow, Picture, Runs
from plans.comparison.layout import (
    MISSING_PICTURE,
    NOTHING_CHANGED,
    REMARK_TITLE,
    ComparisonHead,
    LoadImage,
    no_image,
)
from plans.comparison.line import ComparisonLine
from plans.printing.book import Description
from plans.printing.figure_html import printable_svg
from plans.printing.flows import BookPart, Flow
from plans.printing.geometry import LANDSCAPE
from plans.printing.prose import line as set_line
from plans.printing.stamps import RunningText

NAME = "新旧対照表"
_WIDTHS = ("44%", "44%", "12%")


def comparison_part(
    lines: Sequence[ComparisonLine], sheet: ComparisonHead, load_image: LoadImage = no_image
) -> BookPart:
    """Return the table ready for the press; a DomainError names a character that cannot print."""
    before = render_to_string(
        "print/comparison_head.html",
        {
            "title": set_line(sheet.title, NAME),
            "subtitle": set_line(sheet.subtitle, NAME),
            "note": sheet.note or NOTHING_CHANGED,
        },
    )
    if not lines:
        return BookPart("comparison", NAME, NAME, (Flow(NAME, LANDSCAPE, before),))
    opening = _opening(sheet)
    rows = tuple(_row(line, sheet, load_image) for line in lines)
    flow = Flow(NAME, LANDSCAPE, before + opening, rows, opening, "</tbody></table>")
    return BookPart("comparison", NAME, NAME, (flow,))


def running_text(sheet: ComparisonHead) -> RunningText:
    """Return what stands at head and foot of each page."""
    return RunningText(sheet.title, "", sheet.date_text, draft=False)


def description(sheet: ComparisonHead) -> Description:
    """Return what a reader program shows about the file."""
    return Description(f"{sheet.title}（{sheet.subtitle}）", sheet.municipality, "ja")


def _opening(sheet: ComparisonHead) -> str:
    widths = "".join(f'<col style="width:{width}">' for width in _WIDTHS)
    titles = (*sheet.layout.titles, REMARK_TITLE)
    heads = "".join(f"<th>{set_line(title, NAME)}</th>" for title in titles)
    return (
        f'<table class="comparison"><colgroup>{widths}</colgroup>'
        f"<thead><tr>{heads}</tr></thead><tbody>"
    )


def _row(line: ComparisonLine, sheet: ComparisonHead, load_image: LoadImage) -> str:
    sides = [
        _picture(picture, load_image) if picture else _cells(cells) if cells else _runs(runs)
        for runs, cells, picture in zip(
            sheet.layout.sides(line),
            sheet.layout.cells(line),
            sheet.layout.pictures(line),
            strict=True,
        )
    ]
    depth = f" depth-{min(line.level, 4)}" if line.level else ""
    row = format_html(
        '<tr class="{}"><td>{}</td><td>{}</td><td class="remark">{}</td></tr>',
        f"c-{line.kind}{depth}",
        *sides,
        set_line(line.remark, NAME),
    )
    return str(row)


def _picture(picture: Picture, load_image: LoadImage) -> SafeString:
    """Return how a figure looked or looks; in words where it has no drawing or no file."""
    address = ""
    if picture.svg:
        address = drawing_address(printable_svg(picture.svg, f"{NAME}の図"))
    elif picture.sha256:
        with suppress(LookupError):
            address = picture_address(load_image(picture.sha256))
    words = picture.words or MISSING_PICTURE
    if not address:
        return set_line(words, NAME)
    return format_html('<img class="seen" src="{}" alt="{}">', address, words)


def _cells(cells: GridRow) -> SafeString:
    shown = format_html_join(
        "",
        '<{0} colspan="{1}">{2}</{0}>',
        (("th" if cell.is_head else "td", cell.columns, _runs(cell.runs)) for cell in cells),
    )
    return format_html('<table class="typed"><tbody><tr>{}</tr></tbody></table>', shown)


def _runs(runs: Runs) -> SafeString:
    return format_html_join(
        "",
        "<{0}>{1}</{0}>",
        (("u" if run.changed else "span", set_line(run.text, NAME)) for run in runs),
    )

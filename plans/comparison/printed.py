"""Writes a 新旧対照表 for the press: one table in two columns on A4 landscape."""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from plans.comparison.changes import Runs
from plans.comparison.layout import NOTE, NOTHING_CHANGED, REMARK_TITLE, Sheet
from plans.comparison.line import Line
from plans.printing.book import Description
from plans.printing.flows import Flow, Part
from plans.printing.geometry import LANDSCAPE
from plans.printing.prose import line as set_line
from plans.printing.stamps import RunningText

NAME = "新旧対照表"
_WIDTHS = ("44%", "44%", "12%")


def comparison_part(lines: Sequence[Line], sheet: Sheet) -> Part:
    """Return the table ready for the press; a DomainError names a character that cannot print."""
    before = render_to_string(
        "print/comparison_head.html",
        {
            "title": set_line(sheet.title, NAME),
            "subtitle": set_line(sheet.subtitle, NAME),
            "note": NOTE if lines else NOTHING_CHANGED,
        },
    )
    if not lines:
        return Part("comparison", NAME, NAME, (Flow(NAME, LANDSCAPE, before),))
    opening = _opening(sheet)
    rows = tuple(_row(line, sheet) for line in lines)
    flow = Flow(NAME, LANDSCAPE, before + opening, rows, opening, "</tbody></table>")
    return Part("comparison", NAME, NAME, (flow,))


def running_text(sheet: Sheet) -> RunningText:
    """Return what stands at head and foot of each page."""
    return RunningText(sheet.title, "", sheet.date_text, draft=False)


def description(sheet: Sheet) -> Description:
    """Return what a reader program shows about the file."""
    return Description(f"{sheet.title}（{sheet.subtitle}）", sheet.municipality, "ja")


def _opening(sheet: Sheet) -> str:
    widths = "".join(f'<col style="width:{width}">' for width in _WIDTHS)
    titles = (*sheet.layout.titles, REMARK_TITLE)
    heads = "".join(f"<th>{set_line(title, NAME)}</th>" for title in titles)
    return (
        f'<table class="comparison"><colgroup>{widths}</colgroup>'
        f"<thead><tr>{heads}</tr></thead><tbody>"
    )


def _row(line: Line, sheet: Sheet) -> str:
    sides = [_runs(runs) for runs in sheet.layout.sides(line)]
    depth = f" depth-{min(line.level, 4)}" if line.level else ""
    row = format_html(
        '<tr class="{}"><td>{}</td><td>{}</td><td class="remark">{}</td></tr>',
        f"c-{line.kind}{depth}",
        *sides,
        set_line(line.remark, NAME),
    )
    return str(row)


def _runs(runs: Runs) -> SafeString:
    return format_html_join(
        "",
        "<{0}>{1}</{0}>",
        (("u" if run.changed else "span", set_line(run.text, NAME)) for run in runs),
    )

"""Small tags for the annex pages: grid cells, page links, permissions."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from bcp_portal.annex.draft_rows import DraftLine
from bcp_portal.annex.grid import Grid, GridLine
from bcp_portal.annex.grid_columns import GridColumn
from bcp_portal.annex.listing import Query
from bcp_portal.annex.sheet import Item
from bcp_portal.annex.spec import Need

_DIALLED = "+0123456789"
# 110 and 119 are numbers too.
_FEWEST_DIGITS = 3

_VERSION = '<input type="hidden" name="{}" value="{}" id="{}">'

register = template.Library()


@register.simple_tag
def grid_cells(grid: Grid, line: GridLine) -> SafeString:
    """Return the cells of one line of a grid."""
    return grid.writer.line(line.form, line.number)


@register.simple_tag
def opened_version(line: GridLine) -> SafeString:
    """Return the hidden field that says which version of its row a line was opened with."""
    field = line.form["version"]
    return format_html(_VERSION, field.html_name, field.value(), field.auto_id)


# Written by functions, like the cells: a template needs a tenth of the time of the whole page for them.
_CHOICE = """
            <tr><td><input class="form-check-input" type="checkbox" form="grid-columns" name="column" value="{0}"{1} aria-label="{2}を表示"></td><th scope="row">{2}</th>
            <td><input class="form-control" form="grid-columns" name="order-{0}" value="{3}" inputmode="numeric" size="3" aria-label="{2}の順" autocomplete="off"></td>
            <td><input class="form-control" form="grid-columns" name="width-{0}" value="{4}" inputmode="numeric" size="4" aria-label="{2}の幅" autocomplete="off"></td></tr>"""
_HEAD = '<th scope="col" id="col-{}" abbr="{}"{}>{}{}</th>'
_REQUIRED = mark_safe('<span class="need-mark">必須</span>')
_CHECKED = mark_safe(" checked")


@register.simple_tag
def column_choices(columns: Sequence[GridColumn]) -> SafeString:
    """Return a line for each column, in which a person chooses whether it is shown, where and how wide."""
    lines = (
        (
            column.name,
            "" if column.hidden else _CHECKED,
            column.item.column.label,
            place,
            column.pixels or "",
        )
        for place, column in enumerate(columns, start=1)
    )
    return format_html_join("", _CHOICE, lines)


@register.simple_tag
def column_options(columns: Sequence[GridColumn]) -> SafeString:
    """Return the choices of a menu of the columns."""
    named = ((column.name, column.item.column.label) for column in columns)
    return format_html_join("", '<option value="{}">{}</option>', named)


@register.simple_tag
def column_heads(columns: Sequence[GridColumn]) -> SafeString:
    """Return the heads of the columns, those that must be filled with a mark."""
    heads = (
        (
            column.name,
            column.item.column.label,
            mark_safe(column.cell_attributes),  # noqa: S308 -- no value in it
            column.item.column.label,
            _REQUIRED if column.item.need == Need.SAVE else "",
        )
        for column in columns
    )
    return format_html_join("", _HEAD, heads)


@register.simple_tag
def page_url(query: Query, number: int) -> str:
    """Return the query string of another page of the same list."""
    return query.url(page=number)


@register.filter
def may(membership: Any, permission: str) -> bool:
    """Tell whether the member may do this; nobody may when there is no membership."""
    return bool(membership) and permission in membership.permissions


@register.filter
def of_printed(lines: list[DraftLine], printed: bool) -> list[DraftLine]:
    """Return the lines of tables that are printed, or those of registers that are not."""
    return [line for line in lines if line.printed is printed]


@register.filter
def cell_text(text: str, item: Item) -> SafeString:
    """Show a cell; a telephone number is a link that dials it, without the extension behind the #."""
    number = "".join(sign for sign in text.partition("#")[0] if sign.isascii() and sign in _DIALLED)
    if item.column.kind.is_telephone and len(number) >= _FEWEST_DIGITS:
        return format_html('<a class="telephone" href="tel:{}">{}</a>', number, text)
    return linebreaksbr(text)


@register.filter
def is_short(item: Item) -> bool:
    """Tell whether the cells of a column are a day, a number or the like, which no line break should part."""
    kind = item.column.kind
    return not (kind.takes_any_text or kind.names_rows or kind.has_choices or kind.several)


@register.filter
def verbose_name(row: Any) -> str:
    """Return what a row is called in Japanese."""
    return str(row._meta.verbose_name)

"""Small tags for the annex pages: grid cells, page links, permissions."""

from typing import Any

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bcp_portal.annex.draft_rows import DraftLine
from bcp_portal.annex.grid import Grid, GridLine
from bcp_portal.annex.listing import Query
from bcp_portal.annex.sheet import Item

_DIALLED = "+0123456789"
# 110 and 119 are numbers too.
_FEWEST_DIGITS = 3

register = template.Library()


@register.simple_tag
def grid_cells(grid: Grid, line: GridLine) -> SafeString:
    """Return the cells of one line of a grid."""
    return grid.writer.line(line.form, line.number)


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

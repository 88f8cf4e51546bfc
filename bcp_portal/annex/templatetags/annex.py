"""Small tags for the annex pages: grid cells, page links, permissions."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from bcp_portal.annex.draft_rows import DraftLine
from bcp_portal.annex.grid import Grid, GridLine
from bcp_portal.annex.listing import Query

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
def nth_label(heads: list[tuple[Any, str]], index: int) -> str:
    """Return the label of the n-th column, for the cards that a phone shows."""
    return heads[index][0].column.label


@register.filter
def verbose_name(row: Any) -> str:
    """Return what a row is called in Japanese."""
    return str(row._meta.verbose_name)

"""Says on pages that tell something from the operation log what may be missing there."""

from django import template

from bcp_portal.audit.emptied_entries import gap_in_log

register = template.Library()


@register.simple_tag
def log_gap(style: str) -> str:
    """Return that older entries were disposed of, in the words of a town that writes days so; "" for none."""
    return gap_in_log(style)

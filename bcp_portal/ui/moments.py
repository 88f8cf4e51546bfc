"""Says when something happened: the day as the municipality writes days, and the minute."""

from datetime import datetime

from django.utils import timezone

from bcp_portal.ui.eras import DateStyle, format_date


def format_moment(at: datetime, style: DateStyle | str) -> str:
    """Return e.g. 令和8年11月22日 04:11, in local time."""
    local = timezone.localtime(at)
    return f"{format_date(local.date(), style)} {local:%H:%M}"

"""Holds off a terminal that tries many IDs, without locking out the office behind it.

django-axes stops one ID on one terminal. Whoever tries one password on many IDs never meets that
lock; and an office behind one proxy address must not be locked for what one PC there does.
"""

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessLog
from django.db.models import Sum

HOLD_MINUTES = 15
# More than an office mistypes in a quarter of an hour, far fewer than a guesser needs.
MOST_FAILURES = 30
FEWEST_IDS = 8
_KNOWN_DAYS = 60


def is_held_off(*, username: str, address: str, now: datetime) -> bool:
    """Tell whether this ID may not be tried from this terminal now.

    While many IDs have failed from it, only IDs that have signed in from there before may be
    tried, as often as ever: django-axes counts the failures of each. Were they held off after a few,
    whoever sprays the names of colleagues would lock the office.
    """
    if _is_known(username, address, now):
        return False
    recent = AccessAttempt.objects.filter(
        ip_address=address, attempt_time__gt=now - timedelta(minutes=HOLD_MINUTES)
    )
    by_id = dict(
        recent.order_by().values_list("username").annotate(failures=Sum("failures_since_start"))
    )
    return len(by_id) >= FEWEST_IDS and sum(by_id.values()) >= MOST_FAILURES


def _is_known(username: str, address: str, now: datetime) -> bool:
    """Tell whether this ID has signed in from this terminal in the last weeks."""
    since = now - timedelta(days=_KNOWN_DAYS)
    return AccessLog.objects.filter(
        username=username, ip_address=address, attempt_time__gt=since
    ).exists()

"""The operation log and the records of signing in, which are entries of it, disposed of by fiscal year."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from functools import partial
from itertools import groupby

from django.db.models import Q
from django.utils import timezone

from bcp_portal.audit.disposal import disposable, dispose
from bcp_portal.members.sign_ins import ACTIONS
from bcp_portal.retention.kinds import Item, Outcome, RetainedKind
from bcp_portal.retention.years import fiscal_year

_SIGNING_IN = Q(action__in=ACTIONS)


def log_kinds() -> Iterator[RetainedKind]:
    """Yield both kinds; each entry belongs to one of them."""
    begins = "記録した日"
    for code, title, which in (
        ("log", "操作記録", ~_SIGNING_IN),
        ("sign-in", "サインインの記録", _SIGNING_IN),
    ):
        dispose_of: Callable[[Sequence[Item], int], Outcome] = partial(_dispose, which)
        yield RetainedKind(code, title, begins, partial(_closed_before, which, title), dispose_of)


def _closed_before(which: Q, title: str, day: date) -> Iterator[Item]:
    entries = disposable().filter(which, at__lt=_midnight(day))
    days = (timezone.localdate(at) for at in entries.order_by("at").values_list("at", flat=True))
    for year, some in groupby(days, key=fiscal_year):
        counted = list(some)
        yield Item(str(year), f"{year}年度の{title}（{len(counted)}件）", counted[-1])


def _dispose(which: Q, items: Sequence[Item], number: int) -> Outcome:
    """Empty the entries of the fiscal years that are due: all up to the last of them."""
    end = date(max(int(item.key) for item in items) + 1, 4, 1)
    entries = disposable().filter(which, at__lt=_midnight(end))
    return Outcome(husks_sha256=dispose(entries, number))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

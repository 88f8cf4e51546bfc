"""The operation log and the records of signing in, which are entries of it, disposed of by fiscal year."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from functools import partial
from itertools import groupby

from django.db.models import Q
from django.utils import timezone

from bcp_portal.audit.disposable_entries import disposable
from bcp_portal.audit.disposal import dispose
from bcp_portal.audit.emptied_entries import LOG, SIGN_IN
from bcp_portal.audit.models import Entry
from bcp_portal.members.sign_ins import ACTIONS
from bcp_portal.retention.kinds import DisposalOutcome, RetainedItem, RetainedKind, date_style
from bcp_portal.retention.years import fiscal_year
from bcp_portal.ui.eras import format_fiscal_year

_SIGNING_IN = Q(action__in=ACTIONS)
STAYS = (
    "見た人、書き出し、印刷の記録と、計画の全体を改めた最後の版を提出するまでに削除された行や文の記録を廃棄します。"
    "ほかの記録は、今の値の証拠になるか、だれが書いたかと、だれが決められるかを確かめるのに使うため、古くても残します"
    "（今もある行、文、設定、利用者の変更、その版より後の変更、その版がないときは全ての変更、残っている版と改定の記録など）。"
)


def signing_in() -> Q:
    """Return the entries that only record signing in, signing out and refusals."""
    return _SIGNING_IN


def log_kinds() -> Iterator[RetainedKind]:
    """Yield both kinds; each entry belongs to one of them."""
    begins = "記録した日"
    for code, title, which, stays in (
        (LOG, "操作記録", ~_SIGNING_IN, STAYS),
        (SIGN_IN, "サインインの記録", _SIGNING_IN, ""),
    ):
        dispose_of: Callable[[Sequence[RetainedItem], int], DisposalOutcome] = partial(
            _dispose, which
        )
        yield RetainedKind(
            code,
            title,
            begins,
            partial(_closed_before, which, title),
            dispose_of,
            partial(_staying, which),
            stays,
        )


def _closed_before(which: Q, title: str, day: date) -> Iterator[RetainedItem]:
    entries = disposable().filter(which, at__lt=_midnight(day))
    days = (timezone.localdate(at) for at in entries.order_by("at").values_list("at", flat=True))
    for year, some in groupby(days, key=fiscal_year):
        counted = list(some)
        said = format_fiscal_year(year, date_style())
        label = f"{said}の{title}（{len(counted)}件）"
        yield RetainedItem(str(year), label, counted[-1], len(counted))


def _staying(which: Q, day: date) -> int:
    """Count the entries that are as old, and whose content stays."""
    old = Q(at__lt=_midnight(day)) & which
    return Entry.objects.filter(old, disposed_in=0).count() - disposable().filter(old).count()


def _dispose(which: Q, items: Sequence[RetainedItem], number: int) -> DisposalOutcome:
    """Empty the entries of the fiscal years that are due: all up to the last of them."""
    end = date(max(int(item.key) for item in items) + 1, 4, 1)
    entries = disposable().filter(which, at__lt=_midnight(end))
    return DisposalOutcome(husks_sha256=dispose(entries, number))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

"""What saving a row of 様式16 must respect."""

from collections.abc import Iterator

from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.spec import SAVE_AS_DRAFT, Problem
from bcp_portal.ui.durations import format_duration
from systems.models import CriticalBusiness
from systems.queries.links import in_use
from systems.queries.needs import business_rto
from systems.rules.row import linked


def has_recovery_time(row: CriticalBusiness) -> Iterator[Problem]:
    """The RTO is written here or in 様式15, except while the row is being written."""
    if row.row_status == RowStatus.DRAFT:
        return
    if business_rto(row.business, row).minutes is None:
        yield Problem(
            "biz_rto_minutes",
            f"様式15の「{row.business}」に目標復旧時間がありません。様式15に入力するか、ここに入力してください。"
            f"{SAVE_AS_DRAFT}",
        )


def order_follows_time(row: CriticalBusiness) -> Iterator[Problem]:
    """Shorter RTOs come first, or a reason says why not."""
    own = business_rto(row.business, row)
    if row.order is None or own.minutes is None or row.order_reason:
        return
    for other in in_use(CriticalBusiness).exclude(pk=row.pk).select_related("business"):
        time = business_rto(other.business, other)
        if other.order is None or time.minutes is None:
            continue
        earlier_but_slower = row.order < other.order and own.minutes > time.minutes
        later_but_faster = row.order > other.order and own.minutes < time.minutes
        if earlier_but_slower or later_but_faster:
            yield Problem(
                "order_reason",
                f"優先順位{row.order}（{format_duration(own.minutes, own.unit or 'minute')}）が、"
                f"「{other.business}」の優先順位{other.order}（{format_duration(time.minutes, time.unit or 'minute')}）と"
                "目標復旧時間の順になっていません。順位を直すか、理由を入力してください。",
            )
            return


def extra_networks_are_networks(row: CriticalBusiness) -> Iterator[Problem]:
    """追加のネットワーク names rows of the kind ネットワーク only."""
    for network in linked(row, "extra_networks"):
        if network.kind != "network":
            yield Problem(
                "extra_networks",
                f"「{network}」は種別が「ネットワーク」ではないため、追加のネットワークに選べません。",
            )

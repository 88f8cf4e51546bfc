"""Records of drills have a 保存年限: they are disposed of after it, and not deleted before."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from bcp_portal.annex.deletion import register_deletion_guard
from bcp_portal.audit.disposal import dispose
from bcp_portal.audit.models import Entry
from bcp_portal.retention.kinds import (
    DisposalOutcome,
    RetainedItem,
    RetainedKind,
    date_style,
    register_retained_kind,
)
from bcp_portal.retention.services import years_by_kind
from bcp_portal.retention.years import first_day_kept
from bcp_portal.ui.eras import format_fiscal_year
from drills.models import Drill, DrillIssue

KIND = "drill"


def register_retention() -> None:
    """Tell 保存年限 and the tables; called once at start."""
    register_retained_kind(RetainedKind(KIND, "訓練の記録", "実施した日", _closed_before, _dispose))
    register_deletion_guard(_refusal)


def _closed_before(day: date) -> Iterator[RetainedItem]:
    style = date_style()
    for drill in Drill.objects.filter(held_on__lt=day).order_by("held_on", "pk"):
        year = format_fiscal_year(drill.fiscal_year, style)
        yield RetainedItem(str(drill.uid), f"{year}の訓練「{drill.name}」", drill.held_on)


def _dispose(items: Sequence[RetainedItem], number: int) -> DisposalOutcome:
    drills = list(Drill.objects.filter(uid__in=[item.key for item in items]))
    issues = list(DrillIssue.objects.filter(drill__in=drills))
    told = Q(pk__in=[])
    for row in (*drills, *issues):
        told |= Q(target_type=row._meta.label_lower, target_uid=str(row.uid))
    entries = Entry.objects.filter(told, disposed_in=0)
    husks = dispose(entries, number, going=[*drills, *issues])
    stored: QuerySet[Drill] = QuerySet(Drill)
    keys = [drill.pk for drill in drills]
    return DisposalOutcome(
        husks_sha256=husks,
        gone=[*issues, *drills],
        carry_out=lambda: _delete(stored.filter(pk__in=keys)),
    )


def _delete(drills: "QuerySet[Drill]") -> None:
    drills.delete()


def _refusal(row: Any) -> str:
    """Say why a drill that was held, or what it showed, cannot be deleted yet; "" when it can."""
    drill = row.drill if isinstance(row, DrillIssue) else row
    if not isinstance(drill, Drill) or drill.held_on is None:
        return ""
    years = years_by_kind()[KIND]
    if years is None or drill.held_on < first_day_kept(timezone.localdate(), years):
        return ""
    return (
        f"「{drill}」は実施済みの訓練で、保存年限（{years}年）の間は削除できません。"
        "使わない記録は「廃止」にしてください。"
    )

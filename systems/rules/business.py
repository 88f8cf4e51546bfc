"""What saving a row of 様式15, or of its systems, must respect."""

from collections import ChainMap
from collections.abc import Iterator, Mapping

from bcp_portal.annex.batch import read_once
from bcp_portal.annex.spec import Problem
from bcp_portal.graphs.chains import cycle_through
from bcp_portal.ui.durations import format_duration
from systems.models import Business, BusinessSystemNeed
from systems.queries.depths import business_dependencies
from systems.queries.links import in_use
from systems.rules.row import label_of, linked


def no_time_without_workaround(row: Business | BusinessSystemNeed) -> Iterator[Problem]:
    """代替手段 無 leaves no time to go on."""
    if row.has_alt == "no" and row.alt_time_minutes:
        time = format_duration(row.alt_time_minutes, row.alt_time_unit or "minute")
        yield Problem(
            "alt_time_minutes",
            f"「{label_of(row, 'has_alt')}」が「無」なのに、継続可能な時間が{time}となっています。"
            "時間を空欄にするか、代替手段の有無を見直してください。",
        )


def outage_fits_target(row: Business) -> Iterator[Problem]:
    """The tolerable outage is at least as long as the target."""
    longest, target = row.mtpd_minutes, row.biz_rto_minutes
    if longest is None or target is None or longest >= target:
        return
    yield Problem(
        "mtpd_minutes",
        f"「許容できる停止時間」（{format_duration(longest, row.mtpd_unit or 'minute')}）が、"
        f"「業務の目標復旧時間」（{format_duration(target, row.biz_rto_unit or 'minute')}）より短くなっています。",
    )


def no_circle(row: Business) -> Iterator[Problem]:
    """A business never waits for itself, directly or through others."""
    chosen = linked(row, "depends_on")
    if row.pk is None or not chosen:
        return
    if any(other.pk == row.pk for other in chosen):
        yield Problem("depends_on", f"「依存先の業務」に自分自身「{row}」は選べません。")
        return
    links = read_once(("dependencies", row.municipality_id), business_dependencies)
    present: Mapping[int, list[int]] = ChainMap({row.pk: [each.pk for each in chosen]}, links)
    path = cycle_through(present, row.pk)
    if path:
        names = dict(Business.objects.filter(pk__in=path).values_list("pk", "name"))
        circle = "→".join([row.name if pk == row.pk else names[pk] for pk in path])
        yield Problem("depends_on", f"業務の依存関係が循環しています：{circle}。")


def uses_no_system_means_none(row: Business) -> Iterator[Problem]:
    """「使用しない」 contradicts systems that are registered for the business."""
    if not row.uses_no_system or row.pk is None:
        return
    need = in_use(BusinessSystemNeed).filter(business=row).select_related("system").first()
    if need is not None:
        yield Problem(
            "uses_no_system",
            f"この業務には情報システム「{need.system}」が登録されています。"
            "使用しないときは、先にその行を廃止または削除してください。",
        )


def business_uses_systems(row: BusinessSystemNeed) -> Iterator[Problem]:
    """A system cannot be added to a business that says it uses none."""
    if row.business.uses_no_system:
        yield Problem(
            "business",
            f"業務「{row.business}」は「情報システムを使用しない」とされています。"
            "先に様式15の行を「いいえ」に直してください。",
        )

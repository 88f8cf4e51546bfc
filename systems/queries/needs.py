"""What the businesses need of the information systems, and by when (表5.3-1, 別表1)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.kinds import CellValue
from systems.arithmetic.recovery import need_minutes
from systems.models import Business, BusinessSystemNeed, CriticalBusiness
from systems.queries.links import duration_cell, in_use


@dataclass(frozen=True)
class TimeSpan:
    """A time with the unit to show; minutes None: not entered."""

    minutes: int | None
    unit: str = ""

    @property
    def cell(self) -> CellValue:
        return duration_cell(self.minutes, self.unit)


@dataclass(frozen=True)
class Workaround:
    """How a business goes on without a system, and for how long."""

    has_alt: str
    text: str
    time: TimeSpan


@dataclass(frozen=True)
class SystemNeed:
    """One business and one system it uses, with the times that follow from both."""

    row: BusinessSystemNeed
    business: Business
    critical: CriticalBusiness | None
    biz_rto: TimeSpan
    workaround: Workaround

    @property
    def time(self) -> TimeSpan:
        """When the business needs the system back, shown in the unit of its RTO."""
        alternative = self.workaround
        minutes = need_minutes(self.biz_rto.minutes, alternative.has_alt, alternative.time.minutes)
        return TimeSpan(minutes, self.biz_rto.unit)


def business_rto(business: Business, critical: CriticalBusiness | None) -> TimeSpan:
    """Return the business's RTO: that of 様式16 where one is written, else that of 様式15."""
    if critical is not None and critical.biz_rto_minutes is not None:
        return TimeSpan(critical.biz_rto_minutes, critical.biz_rto_unit)
    return TimeSpan(business.biz_rto_minutes, business.biz_rto_unit)


def workaround_of(answer: BusinessSystemNeed | Business) -> Workaround:
    """Return the workaround as a row of 様式15 or of its systems describes it."""
    time = TimeSpan(answer.alt_time_minutes, answer.alt_time_unit)
    return Workaround(answer.has_alt, answer.alt_text, time)


def critical_by_business() -> dict[int, CriticalBusiness]:
    """Return the rows of 様式16 in use by the primary key of their business, in one query."""
    return {row.business_id: row for row in in_use(CriticalBusiness)}


def needs(**filters: Any) -> list[SystemNeed]:
    """Return the needs in use that match, in the order of businesses, in two queries.

    A workaround answered for the system counts; otherwise the one of the business does.
    """
    critical = critical_by_business()
    rows = (
        in_use(BusinessSystemNeed)
        .filter(**filters)
        .filter(business__row_status__in=counted_statuses())
        .filter(system__row_status__in=counted_statuses())
        .select_related("business__owner_department", "system")
        .order_by("business__row_no", "business", "row_no", "pk")
    )
    return [_need(row, critical.get(row.business_id)) for row in rows]


def _need(row: BusinessSystemNeed, critical: CriticalBusiness | None) -> SystemNeed:
    return SystemNeed(
        row=row,
        business=row.business,
        critical=critical,
        biz_rto=business_rto(row.business, critical),
        workaround=workaround_of(row if row.has_alt else row.business),
    )


def by_system(found: Iterable[SystemNeed]) -> Mapping[int, list[SystemNeed]]:
    """Group needs by the primary key of the system."""
    return _grouped(found, lambda need: need.row.system_id)


def by_business(found: Iterable[SystemNeed]) -> Mapping[int, list[SystemNeed]]:
    """Group needs by the primary key of the business."""
    return _grouped(found, lambda need: need.business.pk)


def _grouped(
    found: Iterable[SystemNeed], key: Callable[[SystemNeed], int]
) -> Mapping[int, list[SystemNeed]]:
    groups: dict[int, list[SystemNeed]] = defaultdict(list)
    for need in found:
        groups[key(need)].append(need)
    return groups


def earliest_span(spans: Iterable[TimeSpan]) -> TimeSpan:
    """Return the shortest of the times that are set, with its own unit."""
    known = [span for span in spans if span.minutes is not None]
    return min(known, key=lambda span: span.minutes or 0, default=TimeSpan(None))


def allowed_rto(found: Iterable[SystemNeed]) -> TimeSpan:
    """Return the longest stop that all essential businesses of a system can bear."""
    return earliest_span(need.time for need in found if need.row.essential)


def minimum_rto(found: Iterable[SystemNeed]) -> TimeSpan:
    """Return the shortest RTO of the businesses of a system, without workarounds."""
    return earliest_span(need.biz_rto for need in found)

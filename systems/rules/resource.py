"""The computed columns of 様式18, and what saving one of its rows must respect."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from bcp_portal.annex.kinds import CellValue
from systems.arithmetic.resources import BreakdownItem, Mismatch, mismatches, shortage
from systems.choice_lists import TIMEPOINT
from systems.models import ResourceBreakdown, ResourceNeed
from systems.queries.links import in_use, labels_of


def shortage_of(row: ResourceNeed, timepoint: str) -> int | None:
    """Return what is short at a time point, in the unit of the resource."""
    quantity = getattr(row, f"quantity_{timepoint}")
    return shortage(quantity, getattr(row, f"secured_{timepoint}"))


def shortages_at(timepoint: str) -> Callable[[Sequence[ResourceNeed]], Mapping[int, CellValue]]:
    """Return the computation of the shortage column of one time point (no query)."""
    return lambda rows: {row.pk: shortage_of(row, timepoint) for row in rows}


def is_short(row: ResourceNeed) -> bool:
    """Tell whether anything is short at any time point."""
    return any(shortage_of(row, timepoint) for timepoint, _ in TIMEPOINT.options)


def breakdown_differences(rows: Sequence[ResourceNeed]) -> Mapping[int, CellValue]:
    """Say where the breakdown of a resource does not add up to its quantities (2 queries)."""
    items: dict[int, list[BreakdownItem]] = defaultdict(list)
    for item in in_use(ResourceBreakdown).filter(resource__in=rows):
        items[item.resource_id].append(BreakdownItem(item.units, item.is_cloud, item.needed_from))
    labels = labels_of(TIMEPOINT)
    return {
        row.pk: "\n".join(
            _sentence(found, labels) for found in mismatches(_quantities(row), items[row.pk])
        )
        for row in rows
        if row.has_breakdown
    }


def _quantities(row: ResourceNeed) -> dict[str, int]:
    return {timepoint: getattr(row, f"quantity_{timepoint}") for timepoint, _ in TIMEPOINT.options}


def _sentence(found: Mismatch, labels: Mapping[str, str]) -> str:
    return f"{labels[found.timepoint]}：必要数量{found.quantity:,}、内訳の合計{found.total:,}"

"""Computes the columns of 様式1 that nobody types, for all rows of a page at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.kinds import CellValue
from bcp_portal.annex.kinds.reference import reference
from systems.arithmetic.exposure import building_weakness, flood_weakness
from systems.models import (
    BusinessSystemNeed,
    EquipmentLocation,
    RecoveryTarget,
    SystemDependency,
    SystemItem,
)
from systems.models.systems import BUILDING_WEAK, FLOOD_WEAK
from systems.queries.links import labels


def dependencies(rows: Sequence[SystemItem]) -> Mapping[int, CellValue]:
    """Return the systems each system needs, in the order of the dependency rows (1 query)."""
    links = SystemDependency.objects.filter(system__in=rows).select_related("depends_on")
    ordered = links.filter(row_status__in=counted_statuses()).order_by("row_no", "pk")
    return _grouped(rows, ((link.system_id, link.depends_on) for link in ordered))


def businesses(rows: Sequence[SystemItem]) -> Mapping[int, CellValue]:
    """Return the businesses that use each system, as 様式15 says (1 query)."""
    needs = BusinessSystemNeed.objects.filter(system__in=rows).select_related("business")
    ordered = needs.filter(row_status__in=counted_statuses()).order_by(
        "business__row_no", "business"
    )
    return _grouped(rows, ((need.system_id, need.business) for need in ordered))


def is_critical(rows: Sequence[SystemItem]) -> Mapping[int, CellValue]:
    """Tell for each system whether 様式17 has a row for it (1 query)."""
    targets = RecoveryTarget.objects.filter(system__in=rows).filter(
        row_status__in=counted_statuses()
    )
    critical = set(targets.values_list("system_id", flat=True))
    return {row.pk: row.pk in critical for row in rows}


def building_proposals(rows: Sequence[SystemItem]) -> Mapping[int, CellValue]:
    """Return the proposed 庁舎の弱さ of each system as a label (1 query)."""
    return labels(_proposals(rows, building_proposal), BUILDING_WEAK)


def flood_proposals(rows: Sequence[SystemItem]) -> Mapping[int, CellValue]:
    """Return the proposed 場所の弱さ of each system as a label (1 query)."""
    return labels(_proposals(rows, flood_proposal), FLOOD_WEAK)


def building_proposal(hosting: str, location: EquipmentLocation | None) -> str:
    """Return the BUILDING_WEAK code that the surveys of 様式3 suggest; blank without a place."""
    return building_weakness(hosting, location.site.new_seismic if location else "")


def flood_proposal(hosting: str, location: EquipmentLocation | None) -> str:
    """Return the FLOOD_WEAK code that the surveys of 様式3 and 様式4 suggest."""
    if location is None:
        return flood_weakness(hosting, "", None, None)
    site = location.site
    return flood_weakness(hosting, site.flood_risk, site.flood_depth_m, location.floor)


def _proposals(
    rows: Sequence[SystemItem], propose: Callable[[str, EquipmentLocation | None], str]
) -> dict[int, str]:
    wanted = {row.location_id for row in rows if row.location_id}
    places = EquipmentLocation.objects.select_related("site").in_bulk(wanted)
    return {row.pk: propose(row.hosting, places.get(row.location_id)) for row in rows}


def _grouped(
    rows: Sequence[SystemItem], pairs: Iterable[tuple[int, Any]]
) -> dict[int, list[CellValue]]:
    grouped: dict[int, list[CellValue]] = {row.pk: [] for row in rows}
    for pk, target in pairs:
        grouped[pk].append(reference(target))
    return grouped

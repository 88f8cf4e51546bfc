"""Computes the columns of 様式4 that follow from 様式1 and 様式3, for all rows at once."""

from collections.abc import Mapping, Sequence

from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.kinds import CellValue
from bcp_portal.annex.kinds.reference import reference
from systems.arithmetic.exposure import below_flood
from systems.models import EquipmentLocation, Site, SystemItem
from systems.models.sites import NEW_SEISMIC
from systems.queries.links import labels

BELOW_FLOOD = ChoiceList("below_flood", (("yes", "はい"), ("no", "いいえ"), ("unknown", "不明")))


def housed_systems(rows: Sequence[EquipmentLocation]) -> Mapping[int, CellValue]:
    """Return the systems placed in each room by 様式1, then those added by hand (2 queries)."""
    systems: dict[int, dict[int, SystemItem]] = {row.pk: {} for row in rows}
    placed = SystemItem.objects.filter(location__in=rows).filter(row_status__in=counted_statuses())
    for system in placed.order_by("row_no", "pk"):
        if system.location_id:
            systems[system.location_id][system.pk] = system
    links = EquipmentLocation.extra_systems.through.objects.filter(equipmentlocation__in=rows)
    ordered = links.select_related("systemitem").order_by("systemitem__row_no", "systemitem")
    for link in ordered.filter(systemitem__row_status__in=counted_statuses()):
        systems[link.equipmentlocation_id].setdefault(link.systemitem_id, link.systemitem)
    return {pk: [reference(system) for system in found.values()] for pk, found in systems.items()}


def building_seismic(rows: Sequence[EquipmentLocation]) -> Mapping[int, CellValue]:
    """Return what 様式3 says of the building's seismic standard, as a label (1 query)."""
    sites = _sites(rows)
    return labels({row.pk: sites[row.site_id].new_seismic for row in rows}, NEW_SEISMIC)


def flood_relations(rows: Sequence[EquipmentLocation]) -> Mapping[int, CellValue]:
    """Return はい when the room lies lower than the flood 様式3 assumes (1 query)."""
    sites = _sites(rows)
    return labels({row.pk: _below(row, sites[row.site_id]) for row in rows}, BELOW_FLOOD)


def _below(row: EquipmentLocation, site: Site) -> str:
    return below_flood(row.floor, site.flood_risk, site.flood_depth_m)


def _sites(rows: Sequence[EquipmentLocation]) -> dict[int, Site]:
    return Site.objects.in_bulk({row.site_id for row in rows})

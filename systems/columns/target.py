"""Computes the columns of 様式17 that nobody types, for all rows of a page at once."""

from collections.abc import Mapping, Sequence

from bcp_portal.annex.kinds import CellValue
from bcp_portal.annex.kinds.reference import reference
from systems.models import RecoveryTarget, SystemItem
from systems.queries.needs import SystemNeed, allowed_rto, by_system, needs
from systems.queries.targets import shown_priority

Rows = Sequence[RecoveryTarget]


def priorities(rows: Rows) -> Mapping[int, CellValue]:
    """Return the recovery priority of each row (表5.3-3); a changed one shows the derived letter too."""
    return {row.pk: shown_priority(row) for row in rows}


def businesses(rows: Rows) -> Mapping[int, CellValue]:
    """Return the businesses that use each system, in the order of 様式15 (2 queries)."""
    found = _needs_of(rows)
    return {
        row.pk: [reference(need.business) for need in found.get(row.system_id, ())] for row in rows
    }


def allowed_times(rows: Rows) -> Mapping[int, CellValue]:
    """Return the longest stop the essential businesses of each system can bear (2 queries)."""
    found = _needs_of(rows)
    return {row.pk: allowed_rto(found.get(row.system_id, ())).cell for row in rows}


def operators(rows: Rows) -> Mapping[int, CellValue]:
    """Return who operates each system, as 様式1 says (1 query)."""
    systems = SystemItem.objects.select_related("operator_department", "operator_vendor")
    found = systems.in_bulk({row.system_id for row in rows})
    return {row.pk: operator_of(found[row.system_id]) for row in rows}


def operator_of(system: SystemItem) -> str:
    """Return the name of the department or vendor that operates a system; blank if neither."""
    return str(system.operator_department or system.operator_vendor or "")


def falls_short(row: RecoveryTarget) -> bool:
    """Tell whether recovery as things stand takes longer than the target."""
    return (
        row.current_rt_minutes is not None
        and row.rto_minutes is not None
        and row.current_rt_minutes > row.rto_minutes
    )


def _needs_of(rows: Rows) -> Mapping[int, list[SystemNeed]]:
    return by_system(needs(system_id__in={row.system_id for row in rows}))

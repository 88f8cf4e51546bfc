"""Computes the columns of 様式15 that nobody types, for all rows of a page at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bcp_portal.annex.kinds import CellValue
from bcp_portal.annex.kinds.reference import reference
from bcp_portal.ui.durations import format_duration
from systems.models import Business, BusinessImpact, BusinessSystemNeed
from systems.queries.depths import business_depths
from systems.queries.links import in_use
from systems.queries.needs import needs


def systems_used(rows: Sequence[Business]) -> Mapping[int, CellValue]:
    """Return the systems each business uses, in the order of its rows (1 query)."""
    found: dict[int, list[CellValue]] = defaultdict(list)
    links = in_use(BusinessSystemNeed).filter(business__in=rows).select_related("system")
    for link in links:
        found[link.business_id].append(reference(link.system))
    return found


def impacts(rows: Sequence[Business]) -> Mapping[int, CellValue]:
    """Return the impacts of each business as lines, the earliest first (1 query)."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in in_use(BusinessImpact).filter(business__in=rows).order_by("at_minutes", "pk"):
        elapsed = format_duration(row.at_minutes, row.at_unit or "minute")
        found[row.business_id].append(f"{elapsed}：{row.level}　{row.text}".strip())
    return {pk: "\n".join(lines) for pk, lines in found.items()}


def depths(rows: Sequence[Business]) -> Mapping[int, CellValue]:
    """Return the depth of dependency of each business (1 query); blank on a cycle."""
    found = business_depths().by_business
    return {row.pk: found.get(row.pk) for row in rows}


def business_rtos(rows: Sequence[BusinessSystemNeed]) -> Mapping[int, CellValue]:
    """Return the RTO of the business of each row, from 様式16 or 様式15 (2 queries)."""
    found = needs(pk__in=[row.pk for row in rows])
    return {need.row.pk: need.biz_rto.cell for need in found}


def need_rtos(rows: Sequence[BusinessSystemNeed]) -> Mapping[int, CellValue]:
    """Return when each business needs the system back (2 queries)."""
    found = needs(pk__in=[row.pk for row in rows])
    return {need.row.pk: need.time.cell for need in found}

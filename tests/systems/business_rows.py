"""Makes businesses, their needs, targets and resources for the tests of this room."""

from typing import Any

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.annex.table import Table
from bcp_portal.annex.table_builder import build_table
from systems.models import (
    Business,
    BusinessSystemNeed,
    CriticalBusiness,
    RecoveryTarget,
    ResourceBreakdown,
    ResourceNeed,
    SystemItem,
)
from tests.systems.facilities import make_department

HOUR, DAY, WEEK = 60, 24 * 60, 7 * 24 * 60


def new_business(owner: Municipality, name: str = "住民記録", **values: Any) -> Business:
    """Return an unsaved business that no rule objects to."""
    values = {
        "owner_department": make_department(owner, "市民課"),
        "biz_class": ["counter"],
        **values,
    }
    return Business(municipality=owner, name=name, **values)


def make_business(owner: Municipality, name: str = "住民記録", **values: Any) -> Business:
    business = new_business(owner, name, **values)
    business.save()
    return business


def new_need(business: Business, system: SystemItem, **values: Any) -> BusinessSystemNeed:
    return BusinessSystemNeed(
        municipality=business.municipality, business=business, system=system, **values
    )


def make_need(business: Business, system: SystemItem, **values: Any) -> BusinessSystemNeed:
    need = new_need(business, system, **values)
    need.save()
    return need


def new_critical(business: Business, **values: Any) -> CriticalBusiness:
    values = {"reasons": ["other"], **values}
    return CriticalBusiness(municipality=business.municipality, business=business, **values)


def make_critical(business: Business, **values: Any) -> CriticalBusiness:
    critical = new_critical(business, **values)
    critical.save()
    return critical


def new_target(system: SystemItem, rto_minutes: int = 3 * DAY, **values: Any) -> RecoveryTarget:
    """Return an unsaved target that no rule objects to."""
    values = {"rlo": "full", "rto_unit": "hour", "rto_start": "alt_site_decided", **values}
    return RecoveryTarget(
        municipality=system.municipality, system=system, rto_minutes=rto_minutes, **values
    )


def make_target(system: SystemItem, rto_minutes: int = 3 * DAY, **values: Any) -> RecoveryTarget:
    target = new_target(system, rto_minutes, **values)
    target.save()
    return target


def new_resource(
    owner: Municipality, name: str, quantities: tuple[int, int, int], **values: Any
) -> ResourceNeed:
    values = {"category": "equipment", "unit": "machine", **values}
    t0, d3, w1 = quantities
    return ResourceNeed(
        municipality=owner, name=name, quantity_t0=t0, quantity_d3=d3, quantity_w1=w1, **values
    )


def make_resource(
    owner: Municipality, name: str, quantities: tuple[int, int, int], **values: Any
) -> ResourceNeed:
    resource = new_resource(owner, name, quantities, **values)
    resource.save()
    return resource


def make_item(
    resource: ResourceNeed, label: str, needed_from: str, **values: Any
) -> ResourceBreakdown:
    return ResourceBreakdown.objects.create(
        municipality=resource.municipality,
        resource=resource,
        label=label,
        needed_from=needed_from,
        **values,
    )


def computed(spec: AnnexSpec, column: str, *rows: Any) -> list[Any]:
    """Return what a derived column says about each row."""
    declared = spec.column(column)
    assert declared is not None
    assert declared.compute is not None
    values = declared.compute(rows)
    return [values.get(row.pk) for row in rows]


def texts(spec: AnnexSpec, owner: Municipality, *columns: str) -> list[list[str]]:
    """Return some columns of the printed table as a reader sees them."""
    table = build_table(spec, municipality=owner)
    return shown(table, *columns)


def built(code: str, owner: Municipality) -> Table:
    """Return a view by its code."""
    declared = registry.derived_table(code)
    assert declared is not None
    return declared.build(owner)


def shown(table: Table, *columns: str) -> list[list[str]]:
    """Return the rows of a table as text, in these columns."""
    found = [table.column(name) for name in columns]
    assert None not in found
    return [[table.text(row, column) for column in found if column] for row in table.rows]

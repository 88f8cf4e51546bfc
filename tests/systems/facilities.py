"""Makes the rows of 様式1-5 that tests of this room start from, and asks the rules of a spec."""

from collections.abc import Sequence
from itertools import count
from typing import Any

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.annex.spec import SAVE_AS_DRAFT, AnnexSpec
from systems.models import (
    EmergencyContact,
    EquipmentLocation,
    Measure,
    Site,
    SystemDependency,
    SystemItem,
    UtilityRisk,
    Vendor,
    VendorContract,
)

_orders = count(1)

DRAFT_HINT = SAVE_AS_DRAFT


def required(because: str) -> str:
    """Return the sentence of a RequiredWhen rule."""
    return f"{because}、入力してください。{DRAFT_HINT}"


def said(spec: AnnexSpec, row: Any, **pending: Sequence[Any]) -> list[tuple[str, str]]:
    """Return what all rules of a spec say about a row, as (column, message)."""
    row.pending = pending
    return [(p.column, p.message) for rule in spec.rules for p in rule(row)]


def make_department(owner: Municipality, name: str = "情報政策課", **values: Any) -> Department:
    return Department.objects.get_or_create(municipality=owner, name=name, defaults=values)[0]


def make_site(owner: Municipality, name: str = "本庁舎", **values: Any) -> Site:
    values = {"site_kind": "main", **values}
    return Site.objects.create(municipality=owner, name=name, **values)


def make_location(
    owner: Municipality, site: Site, name: str = "電算センター", **values: Any
) -> EquipmentLocation:
    values = {"floor": 2, "equipment": ["server"], **values}
    return EquipmentLocation.objects.create(municipality=owner, site=site, name=name, **values)


def new_system(owner: Municipality, name: str = "総合行政", **values: Any) -> SystemItem:
    """Return an unsaved system that no rule objects to."""
    values = {
        "kind": "server",
        "hosting": "cloud",
        "overview": "住民情報の管理",
        "owner_department": make_department(owner),
        **values,
    }
    return SystemItem(municipality=owner, name=name, **values)


def make_system(owner: Municipality, name: str = "総合行政", **values: Any) -> SystemItem:
    system = new_system(owner, name, **values)
    system.save()
    return system


def make_dependency(system: SystemItem, depends_on: SystemItem, **values: Any) -> SystemDependency:
    values = {"kind": "auth", **values}
    return SystemDependency.objects.create(
        municipality=system.municipality, system=system, depends_on=depends_on, **values
    )


def make_vendor(owner: Municipality, name: str = "見本システムズ", **values: Any) -> Vendor:
    values = {"kinds": ["maintenance"], **values}
    return Vendor.objects.create(municipality=owner, name=name, **values)


def make_contact(vendor: Vendor, desk: str, **values: Any) -> EmergencyContact:
    values = {"kind": "vendor", "role": "障害受付", "order": next(_orders), **values}
    return EmergencyContact.objects.create(
        municipality=vendor.municipality, vendor=vendor, vendor_desk=desk, **values
    )


def make_contract(vendor: Vendor, **values: Any) -> VendorContract:
    values = {"agreement": "no", **values}
    return VendorContract.objects.create(municipality=vendor.municipality, vendor=vendor, **values)


def make_measure(owner: Municipality) -> Measure:
    return Measure.objects.create(
        municipality=owner, target="電算センター", measure="止水板の設置", fiscal_years=[2026]
    )


def new_utility(site: Site, **values: Any) -> UtilityRisk:
    """Return an unsaved row that says the building has no satellite phone."""
    values = {
        "utility": "communication",
        "means": "satellite_phone",
        "exists": "no",
        **values,
    }
    return UtilityRisk(municipality=site.municipality, site=site, **values)

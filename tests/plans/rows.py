"""Rows of other tables that the tests of this room need, and what the rules say about a row."""

from typing import Any

from bcp_portal.accounts.models import Department, Municipality, Person
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Presentation, Sheet
from plans.models import ActionPlan, ResponseRole
from systems.models import EquipmentLocation, ReferenceDocument, Scenario, Site, SystemItem


def problems(code: str, row: Any, **pending: list[Any]) -> list[tuple[str, str]]:
    """Return what the rules of a table say about a row, as (column, sentence)."""
    spec = registry.spec(code)
    assert spec is not None
    row.pending = pending
    return [(problem.column, problem.message) for rule in spec.rules for problem in rule(row)]


def columns_complained_of(code: str, row: Any, **pending: list[Any]) -> list[str]:
    return [column for column, _ in problems(code, row, **pending)]


def sheet(code: str, municipality: Municipality) -> Sheet:
    spec = registry.spec(code)
    assert spec is not None
    return Sheet(spec, Presentation.load(municipality))


def built(code: str, municipality: Municipality) -> Any:
    """Return a derived table as the plan would print it."""
    table = registry.derived_table(code)
    assert table is not None
    return table.build(municipality)


def a_role(municipality: Municipality, role_name: str = "責任者", **values: Any) -> ResponseRole:
    values = {"structure": "disaster", "duties": "指揮する。", **values}
    return ResponseRole.objects.create(municipality=municipality, role_name=role_name, **values)


def a_person(municipality: Municipality, name: str = "見本 太郎", **values: Any) -> Person:
    return Person.objects.create(municipality=municipality, name=name, **values)


def a_department(municipality: Municipality, name: str = "情報政策課", **values: Any) -> Department:
    return Department.objects.create(municipality=municipality, name=name, **values)


def a_site(municipality: Municipality, name: str = "本庁舎") -> Site:
    return Site.objects.create(
        municipality=municipality, name=name, site_kind="main", runs_core=True
    )


def a_location(site: Site, name: str = "電算センター") -> EquipmentLocation:
    return EquipmentLocation.objects.create(
        municipality=site.municipality, site=site, name=name, floor=2, equipment=["server"]
    )


def a_system(municipality: Municipality, name: str = "住民記録") -> SystemItem:
    return SystemItem.objects.create(
        municipality=municipality,
        name=name,
        kind="server",
        hosting="onprem",
        overview="住民の記録を扱う。",
        owner_department=Department.objects.get_or_create(municipality=municipality, name="市民課")[
            0
        ],
    )


def a_document(municipality: Municipality, title: str = "地域防災計画", **values: Any) -> Any:
    values = {"publisher": "見本市", "kind": "upper_plan", **values}
    return ReferenceDocument.objects.create(municipality=municipality, title=title, **values)


def a_plan(municipality: Municipality, title: str = "地震（夜間）の行動計画") -> ActionPlan:
    scenario = Scenario.objects.create(
        municipality=municipality, name=f"{title}の想定", event="disaster", kinds=["earthquake"]
    )
    return ActionPlan.objects.create(
        municipality=municipality,
        title=title,
        scenario=scenario,
        event="disaster",
        time_band="off_hours",
    )

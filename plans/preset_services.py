"""Puts the rows to begin with into tables, through the form that a person's typing goes through."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.annex import registry
from bcp_portal.annex.references import ReferencePool
from bcp_portal.annex.services import save_row
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.sheet_text import form_of_line
from bcp_portal.ui.errors import DomainError
from plans.models import ResponseRole
from plans.presets import Cells
from plans.presets.first_scenario import FIRST_SCENARIO
from plans.presets.quick_checks import QUICK_CHECKS
from plans.presets.response_roles import DISASTER_ROLES, EVERYDAY_ROLES
from plans.presets.response_steps import DISASTER_PLAN, DISASTER_STEPS
from systems.models import Scenario

Rows = Sequence[tuple[str, Cells]]
"""Table code and cells of each row, in the order in which they can be saved."""


@dataclass(frozen=True)
class Preset:
    """Rows to begin with: the table that must still be empty, and what goes in where."""

    table: str
    label: str
    rows: Callable[[], Rows]


def _roles() -> Rows:
    return [("8", cells) for cells in DISASTER_ROLES + EVERYDAY_ROLES]


def _checks() -> Rows:
    return [("11-1", cells) for cells in QUICK_CHECKS]


def _steps() -> Rows:
    return list(_steps_and_what_they_name())


def _steps_and_what_they_name() -> Iterator[tuple[str, Cells]]:
    """Yield the steps behind the roles and the scenario they name, unless those exist already."""
    if not ResponseRole.objects.exists():
        yield from _roles()
    scenario = Scenario.objects.filter(event="disaster", row_status="active").first()
    if scenario is None:
        yield "14-1", FIRST_SCENARIO
    name = scenario.name if scenario else FIRST_SCENARIO["name"]
    yield "10-1", {**DISASTER_PLAN, "scenario": name}
    for step in DISASTER_STEPS:
        yield "10-2", {**step, "plan": DISASTER_PLAN["title"]}


PRESETS = {
    "roles": Preset("8", "見本の役割", _roles),
    "steps": Preset("10-1", "見本の行動計画", _steps),
    "checks": Preset("11-1", "見本の確認項目", _checks),
}


@transaction.atomic
def load_preset(*, municipality: Municipality, actor: User | None, preset: Preset) -> int:
    """Save the rows of a preset and return how many; each is logged like any other row.

    Raises DomainError when the table has rows already, or when a row names what is not there.
    """
    presentation = Presentation.load(municipality)
    if not is_empty_table(preset.table):
        raise DomainError(
            f"{_sheet(preset.table, presentation).heading}にはすでに行があるため、"
            "見本を入れませんでした。今ある行を直してお使いください。"
        )
    rows = preset.rows()
    for code, cells in rows:
        _save(_sheet(code, presentation), cells, actor)
    return len(rows)


def is_empty_table(code: str) -> bool:
    """Tell whether a table has no row at all, retired ones included."""
    spec = registry.spec(code)
    return spec is not None and not spec.model.objects.exists()


def _sheet(code: str, presentation: Presentation) -> Sheet:
    spec = registry.spec(code)
    if spec is None:
        raise KeyError(code)
    return Sheet(spec, presentation)


def _save(sheet: Sheet, cells: Cells, actor: User | None) -> None:
    """Save one row; a new pool each time, because a row may name the one before."""
    row = sheet.spec.model(municipality=sheet.municipality)
    form = form_of_line(sheet, row, cells, pool=ReferencePool())
    if not form.is_valid():
        problems = " ".join(str(text) for texts in form.errors.values() for text in texts)
        name = cells.get("role_name") or cells.get("title") or cells.get("item") or ""
        raise DomainError(f"{sheet.heading}の見本「{name}」を入れられませんでした。{problems}")
    save_row(sheet=sheet, actor=actor, row=form.row, expected_version=0)

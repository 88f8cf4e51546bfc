"""Puts the rows to begin with into tables, through the form that a person's typing goes through."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.references import ReferencePool
from bcp_portal.annex.services import save_row
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.sheet_text import form_of_line
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.text import match_key
from plans.annexes.models.organisation import ResponseRole
from plans.annexes.presets.reading import (
    ANNUAL_QUESTIONS,
    DAY,
    DISASTER_ROLES,
    EPIDEMIC,
    EVERYDAY_ROLES,
    NIGHT,
    QUICK_CHECKS,
    SECURITY,
    ActionPlanPreset,
    Cells,
)
from systems.models import Scenario

Rows = Sequence[tuple[str, Cells]]
"""Table code and cells of each row, in the order in which they can be saved."""


@dataclass(frozen=True)
class Preset:
    """Rows to begin with: what goes in where, and the table that must not have such a row yet.

    `unless` looks up a row that would be there already; without it the table must be empty.
    `steps` name roles, which come along where they are missing.
    """

    table: str
    label: str
    rows: Callable[[], Rows]
    unless: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[Cells, ...] = ()


def _roles() -> Rows:
    return [("8", cells) for cells in DISASTER_ROLES + EVERYDAY_ROLES]


def _checks() -> Rows:
    return [("11-1", cells) for cells in QUICK_CHECKS]


def _questions() -> Rows:
    return [("13-1", cells) for cells in ANNUAL_QUESTIONS]


def _actions(preset: ActionPlanPreset, event: str) -> Callable[[], Rows]:
    return lambda: list(_plan_and_what_it_names(preset, event))


def _roles_for(steps: Sequence[Cells]) -> Rows:
    """Return all sample roles where there is no role yet, else those that the steps need."""
    if not ResponseRole.objects.exists():
        return _roles()
    missing = missing_roles(steps)
    return [("8", cells) for cells in DISASTER_ROLES if cells["role_name"] in missing]


def missing_roles(steps: Sequence[Cells]) -> list[str]:
    """Return the roles that steps name, and those above them, of which there is none yet; one query."""
    superiors = {cells["role_name"]: cells.get("reports_to", "") for cells in DISASTER_ROLES}
    wanted: set[str] = set()
    for name in dict.fromkeys(name for step in steps for name in step["roles"].split("、")):
        while name and name not in wanted:
            wanted.add(name)
            name = superiors.get(name, "")
    in_use = ResponseRole.objects.exclude(row_status=RowStatus.RETIRED)
    known = {match_key(str(role)) for role in in_use.only("role_name", "structure")}
    return [name for name in superiors if name in wanted and match_key(name) not in known]


def _plan_and_what_it_names(preset: ActionPlanPreset, event: str) -> Iterator[tuple[str, Cells]]:
    """Yield an action plan and its steps after the roles and the scenario they name."""
    yield from _roles_for(preset.steps)
    scenario = Scenario.objects.filter(event=event, row_status__in=counted_statuses()).first()
    if scenario is None:
        yield "14-1", preset.scenario
    name = scenario.name if scenario else preset.scenario["name"]
    yield "10-1", {**preset.plan, "scenario": name}
    for step in preset.steps:
        yield "10-2", {**step, "plan": preset.plan["title"]}


PRESETS = {
    "roles": Preset("8", "見本の役割", _roles),
    "steps": Preset(
        "10-1",
        "見本の行動計画",
        _actions(NIGHT, "disaster"),
        {"event": "disaster", "time_band__in": ("off_hours", "any")},
        NIGHT.steps,
    ),
    "steps-day": Preset(
        "10-1",
        "見本の行動計画（平日昼間）",
        _actions(DAY, "disaster"),
        {"event": "disaster", "time_band__in": ("working_hours", "any")},
        DAY.steps,
    ),
    "steps-security": Preset(
        "10-1",
        "見本の行動計画（情報セキュリティインシデント）",
        _actions(SECURITY, "security"),
        {"event": "security"},
        SECURITY.steps,
    ),
    "steps-epidemic": Preset(
        "10-1",
        "見本の行動計画（感染症）",
        _actions(EPIDEMIC, "infection"),
        {"event": "infection"},
        EPIDEMIC.steps,
    ),
    "checks": Preset("11-1", "見本の確認項目", _checks),
    "questions": Preset("13-1", "見本の点検項目", _questions),
}


@transaction.atomic
def load_preset(*, municipality: Municipality, actor: User | None, preset: Preset) -> int:
    """Save the rows of a preset and return how many; each is logged like any other row.

    Raises DomainError when such rows are there already, or when a row names what is not there.
    """
    presentation = Presentation.load(municipality)
    if not may_begin(preset):
        raise DomainError(
            f"{Sheet.named(preset.table, presentation).heading}にはすでに行があるため、"
            "見本を入れませんでした。今ある行を直してお使いください。"
        )
    rows = preset.rows()
    for code, cells in rows:
        _save(Sheet.named(code, presentation), cells, actor)
    return len(rows)


def may_begin(preset: Preset) -> bool:
    """Tell whether the table has no such row yet, retired ones included."""
    spec = registry.spec(preset.table)
    return spec is not None and not spec.model.objects.filter(**preset.unless).exists()


def _save(sheet: Sheet, cells: Cells, actor: User | None) -> None:
    """Save one row; a new pool each time, because a row may name the one before."""
    row = sheet.spec.model(municipality=sheet.municipality)
    form = form_of_line(sheet, row, cells, pool=ReferencePool())
    if not form.is_valid():
        problems = " ".join(str(text) for texts in form.errors.values() for text in texts)
        name = cells.get("role_name") or cells.get("title") or cells.get("item") or ""
        raise DomainError(f"{sheet.heading}の見本「{name}」を入れられませんでした。{problems}")
    save_row(sheet=sheet, actor=actor, row=form.row, expected_version=0)

"""Damage by kind of event: eight fixed objects, each told for every scenario (表5.2-1 to 3)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.derived_table_builder import (
    active_rows,
    choice_labels,
    made_table,
    source_sheet,
    strictest,
    without_sole,
)
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Public, Table, TableRow
from plans.annexes.derived.by_event import EVENTS
from systems.choice_lists import DAMAGE_OBJECT_AREAS
from systems.models import DamageAssumption, Scenario

OBJECTS = "被害想定対象"
NOT_YET = "（未記入）"
OTHER_AREA = "その他"

COLUMNS = (
    Column("scenario", "想定", width=16, public=Public.SHOW),
    Column("area", "大区分", width=12, group=OBJECTS),
    Column("target", "小区分", width=20, group=OBJECTS),
    Column("text", "被害想定概要", kind=Kind.LONG_TEXT, width=54),
)
SOURCES = {
    "scenario": "14-1.name",
    "area": "14-3.target",
    "target": "14-3.target 14-3.item",
    "text": "14-3.item 14-3.text",
}


@dataclass(frozen=True)
class ScenarioDamage:
    """One scenario and the damage told for it, in the order of 様式14."""

    scenario: Scenario
    rows: tuple[DamageAssumption, ...]


def by_scenario(rows: Iterable[DamageAssumption]) -> list[ScenarioDamage]:
    """Group rows by their scenario, in the order of the scenarios."""
    found: dict[int, list[DamageAssumption]] = {}
    for row in rows:
        found.setdefault(row.scenario_id, []).append(row)
    groups = [ScenarioDamage(rows[0].scenario, tuple(rows)) for rows in found.values()]
    return sorted(groups, key=lambda group: (group.scenario.row_no, group.scenario.pk))


def object_rows(group: ScenarioDamage, labels: Mapping[str, str]) -> Iterator[TableRow]:
    """Yield one line an object, filled or not, and then what belongs to none of them."""
    for code, label in labels.items():
        own = [row for row in group.rows if row.target == code]
        yield _line(group, code, DAMAGE_OBJECT_AREAS.get(code, OTHER_AREA), label, own)
    for row in group.rows:
        if row.target not in labels:
            yield _line(group, str(row.uid), OTHER_AREA, row.item, [row])


def _line(
    group: ScenarioDamage, key: str, area: str, target: str, rows: list[DamageAssumption]
) -> TableRow:
    publicity = strictest(rows) if rows else Confidentiality.INTERNAL.value
    cells = {
        "scenario": group.scenario.name,
        "area": area,
        "target": target,
        "text": _texts(rows) or NOT_YET,
    }
    return TableRow(f"{group.scenario.uid}-{key}", cells, publicity)


def _texts(rows: list[DamageAssumption]) -> str:
    """Return the damage of one object; items that share a text share a line."""
    items: dict[str, list[str]] = {}
    for row in rows:
        items.setdefault(row.text, []).append(row.item)
    if len(rows) == 1:
        return rows[0].text
    return "\n".join(f"{'、'.join(names)}：{text}" for text, names in items.items())


def _damage(event: str, label: str) -> DerivedTable:
    code, title = f"b-13-{event}", f"{label}発生時の被害状況の想定結果"

    def build(municipality: Municipality) -> Table:
        sheet = source_sheet("14-3", municipality)
        chosen = active_rows(sheet).filter(
            scenario__event=event, scenario__row_status__in=counted_statuses()
        )
        labels = choice_labels(sheet, "target")
        rows = [line for group in by_scenario(chosen) for line in object_rows(group, labels)]
        table = made_table(code, title, municipality, COLUMNS, rows)
        return without_sole(table, "scenario")

    purpose = "様式14の想定被害を、8つの対象に分けて並べます。書かれていない対象も1行を占めます。"
    return DerivedTable(code, title, build, purpose=purpose, comes_from=SOURCES)


TABLES = tuple(_damage(event, label) for event, label in EVENTS.items())

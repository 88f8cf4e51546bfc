"""What systems stand on, what is aimed at and how far it is (表5.4-1 to 5.4-5 and 3.1-1, B-16)."""

from collections.abc import Callable, Iterator

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.derived_table_builder import made_table, view_row
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Public, Table, TableRow
from systems.arithmetic.levels import PRINTED_EVENT, level_gap
from systems.choice_lists import COMPONENT, COMPONENT_AREAS, EVENT, RLO
from systems.columns.target import operator_of
from systems.component_texts import COMPONENT_NOTES, LADDERS
from systems.derived_tables.printed_needs import printed
from systems.models import ComponentAssessment, ComponentNote, SystemItem, TargetLevel
from systems.queries.links import labels_of
from systems.queries.target_levels import target_levels
from systems.queries.targets import shown_priority, targets_by_system
from systems.rules.recovery_levels import level_text

EVENTS = {
    "disaster": "大規模災害",
    "security": "情報セキュリティインシデント",
    "infection": "感染症",
}
STANDS_ON = "情報システムを支える構成要素"

NOTE_COLUMNS = (
    Column("area", "区分", width=14, public=Public.SHOW, group=STANDS_ON),
    Column("component", "構成要素", width=18, public=Public.SHOW, group=STANDS_ON),
    Column("text", "説明", kind=Kind.LONG_TEXT, width=58, public=Public.SHOW),
)
LADDER_COLUMNS = (
    Column("priority", "情報システムの復旧優先度", width=14, public=Public.SHOW),
    Column("goal", "対策目標", kind=Kind.LONG_TEXT, width=62, public=Public.SHOW),
    Column("level", "対策レベル", kind=Kind.INTEGER, width=12, public=Public.SHOW),
)
OWN_COLUMNS = (
    Column("event", "危機的事象", width=16),
    Column("component", "構成要素", width=16),
    *LADDER_COLUMNS,
)
NOW_COLUMNS = (
    Column("system", "情報システム（管理部門・復旧優先度・RLO）", Kind.LONG_TEXT, width=22),
    Column("component", STANDS_ON, width=16),
    Column("level_now", "現状対策レベル", kind=Kind.INTEGER, width=8),
    Column("level_target", "目標対策レベル", kind=Kind.INTEGER, width=8),
    Column("gap", "差", kind=Kind.INTEGER, width=5),
    Column("risk", "情報システムを支える構成要素ごとのリスク", kind=Kind.LONG_TEXT, width=40),
)
NOTE_SOURCES = {"area": "", "component": "", "text": "b-16-notes.text"}
LADDER_SOURCES = {
    "event": "b-16-targets.event",
    "component": "b-16-targets.component",
    "priority": "b-16-targets.priorities",
    "goal": "b-16-targets.goal",
    "level": "b-16-targets.level",
}
# 「算定は」 beside a priority that people set tells what follows from the RTO.
SYSTEM_HEAD = "1.name 1.operator_department 1.operator_vendor 17.rlo 17.rlo_percent 17.rlo_text"
_TARGET_LEVEL = "b-16-now.level_override b-16-targets.level"
NOW_SOURCES = {
    "system": f"{SYSTEM_HEAD} 17.priority_override 17.rto_minutes",
    "component": "b-16-now.component",
    "level_now": "b-16-now.level_now",
    "level_target": _TARGET_LEVEL,
    "gap": f"b-16-now.level_now {_TARGET_LEVEL}",
    "risk": "b-16-now.risk",
}


def _notes(event: str) -> DerivedTable:
    code, title = f"b-16-components-{event}", f"{EVENTS[event]}に備えた構成要素の整理"

    def build(municipality: Municipality) -> Table:
        own = {note.component: note for note in printed(ComponentNote).filter(event=event)}
        rows = []
        for component, label in labels_of(COMPONENT).items():
            note = own.get(component)
            text = note.text if note else COMPONENT_NOTES.get(component, "")
            cells = {"area": COMPONENT_AREAS.get(component, ""), "component": label, "text": text}
            public = note.confidentiality if note else Confidentiality.PUBLIC.value
            rows.append(TableRow(f"{code}-{component}", cells, public))
        return made_table(code, title, municipality, NOTE_COLUMNS, rows)

    purpose = "7つの構成要素ごとに確かめることを並べます。書き換えたものがあれば、それを使います。"
    return DerivedTable(code, title, build, purpose=purpose, comes_from=NOTE_SOURCES)


def _ladder(component: str) -> DerivedTable:
    title = f"{COMPONENT.label(component)}における復旧優先度別の対策目標"
    code = f"b-16-ladder-{component}"

    def build(municipality: Municipality) -> Table:
        own = printed(TargetLevel).filter(event=PRINTED_EVENT, component=component)
        rows = [view_row(row, _rung_cells(row)) for row in own.order_by("-level", "row_no")]
        return made_table(
            code, title, municipality, LADDER_COLUMNS, rows or _printed_rungs(component)
        )

    purpose = "大規模災害に備えて目指す対策とレベルを、復旧優先度ごとに並べます。"
    return DerivedTable(code, title, build, purpose=purpose, comes_from=LADDER_SOURCES)


def _printed_rungs(component: str) -> list[TableRow]:
    return [
        TableRow(
            f"b-16-ladder-{component}-{rung.level}",
            {"priority": "・".join(rung.priorities), "goal": rung.goal, "level": rung.level},
            Confidentiality.PUBLIC.value,
        )
        for rung in LADDERS[component]
    ]


def _rung_cells(row: TargetLevel) -> dict[str, object]:
    return {"priority": "・".join(row.priorities), "goal": row.goal, "level": row.level}


def own_ladders(municipality: Municipality) -> Table:
    """Return the ladders for which nothing is printed: other components, other events."""
    events, components = labels_of(EVENT), labels_of(COMPONENT)
    rows = printed(TargetLevel).exclude(event=PRINTED_EVENT, component__in=LADDERS)
    lines = (
        view_row(
            row,
            {
                "event": events.get(row.event, row.event),
                "component": components.get(row.component, row.component),
                **_rung_cells(row),
            },
        )
        for row in rows
    )
    return made_table("b-16-ladder-own", OWN_TITLE, municipality, OWN_COLUMNS, lines)


OWN_TITLE = "自団体で定めた目標対策レベル"


def _now(event: str) -> DerivedTable:
    code = f"b-16-now-{event}"
    title = f"{EVENTS[event]}における現状対策レベルとリスクの評価結果"

    def build(municipality: Municipality) -> Table:
        found = list(
            printed(ComponentAssessment)
            .filter(event=event, system__row_status__in=counted_statuses())
            .select_related("system__operator_department", "system__operator_vendor")
            .order_by("system__row_no", "system", "row_no", "pk")
        )
        rows = list(_now_rows(found))
        return made_table(code, title, municipality, NOW_COLUMNS, rows, landscape=True)

    purpose = "情報システムと構成要素ごとに、今のレベル、目標のレベル、その差とリスクを並べます。"
    return DerivedTable(code, title, build, purpose=purpose, comes_from=NOW_SOURCES)


def _now_rows(found: list[ComponentAssessment]) -> Iterator[TableRow]:
    aimed, targets = target_levels(found), targets_by_system()
    components, levels = labels_of(COMPONENT), labels_of(RLO)
    told: set[int] = set()
    for row in found:
        name = row.system.name
        if row.system_id not in told:
            told.add(row.system_id)
            target = targets.get(row.system_id)
            name = system_head(
                row.system,
                ("復旧優先度", shown_priority(target) if target else ""),
                ("RLO", level_text(target, "rlo", levels) if target else ""),
            )
        cells = {
            "system": name,
            "component": components.get(row.component, row.component),
            "level_now": row.level_now,
            "level_target": aimed[row.pk],
            "gap": level_gap(aimed[row.pk], row.level_now),
            "risk": row.risk,
        }
        yield view_row(row, cells)


def system_head(system: SystemItem, *facts: tuple[str, str]) -> str:
    """Return what stands above a sheet of one system: its name, who manages it, and its goals."""
    lines = [("管理部門", operator_of(system)), *facts]
    return "\n".join([system.name, *(f"{label}：{text}" for label, text in lines if text)])


_EACH: tuple[Callable[[str], DerivedTable], ...] = (_notes, _now)

TABLES = (
    *(declare(event) for declare in _EACH for event in EVENTS),
    *(_ladder(component) for component in LADDERS),
    DerivedTable(
        "b-16-ladder-own",
        OWN_TITLE,
        own_ladders,
        purpose="体制、施設、ネットワークや、大規模災害でない事象に備えて決めた目標を並べます。",
        comes_from=LADDER_SOURCES,
    ),
)

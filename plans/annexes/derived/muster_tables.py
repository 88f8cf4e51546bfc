"""When who comes together and where, in words as the plans print it: views of C-7 and B-5."""

from collections.abc import Callable, Mapping
from typing import Any

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.derived_table_builder import active_rows, made_table, source_sheet, view_row
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Public, Table, TableRow
from plans.annexes.drawn.figure_rows import DrawnRow
from plans.annexes.drawn.muster import SPEC, rule_in_words
from plans.annexes.models.muster import MusterPlace, MusterRule

RULES_TITLE, PLACES_TITLE = "参集ルール", "参集要員及び参集場所"
ONLINE = "オンライン"

RULE_COLUMNS = (
    Column("event", "事象", width=18, public=Public.SHOW),
    Column("condition", "条件", kind=Kind.LONG_TEXT, width=24, public=Public.SHOW),
    Column("who", "参集者・割合", kind=Kind.LONG_TEXT, width=22),
    Column("way", "方法", kind=Kind.LONG_TEXT, width=18, public=Public.SHOW),
    Column("authority", "根拠", width=18, public=Public.SHOW),
)
PLACE_COLUMNS = (
    Column("role", "参集要員", kind=Kind.LONG_TEXT, width=34),
    Column("places", "参集場所", kind=Kind.LONG_TEXT, width=50),
)
RULE_SOURCES = {
    "event": "c-7.event_detail",
    "condition": "c-7.threshold c-7.condition_kind c-7.with_headquarters",
    "who": "c-7.who c-7.ratio c-7.roles",
    "way": "c-7.trigger c-7.mode c-7.decider",
    "authority": "c-7.authority",
}
PLACE_SOURCES = {
    "role": "b-5.role b-5.system 1.name",
    "places": ("b-5.place1 b-5.place1_room b-5.place2 b-5.place2_room b-5.online b-5.online_means"),
}

RULE_EVENTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "earthquake": ("地震", ("earthquake",)),
    "storm-flood": ("風水害", ("storm_flood",)),
    "security": ("情報セキュリティ事象", ("cyber_attack", "dc_line_failure", "system_failure")),
}


def rule_table(code: str, title: str, wanted: Callable[[str], bool]) -> DerivedTable:
    """Declare the rules of the events that are wanted."""

    def build(municipality: Municipality) -> Table:
        sheet = source_sheet("c-7", municipality)
        source = SPEC.source(sheet.presentation, include_personal=True)
        rows = [
            TableRow(
                str(row.uid), rule_cells(row, DrawnRow(source, "c-7", row)), row.confidentiality
            )
            for row in active_rows(sheet)
            if wanted(row.event_detail)
        ]
        return made_table(code, title, municipality, RULE_COLUMNS, rows)

    purpose = "参集ルールを、事象、条件、参集する人、方法、根拠の5つの欄にまとめて並べます。"
    return DerivedTable(code, title, build, purpose=purpose, comes_from=RULE_SOURCES)


def rule_cells(row: MusterRule, drawn: DrawnRow) -> dict[str, Any]:
    """Return one rule in words, without asking the database again."""
    rule = rule_in_words(drawn)
    held = "災害対策本部が設置されたとき" if rule.with_headquarters else ""
    order = f"{rule.decider}の指示" if rule.decider else ""
    return {
        "event": rule.event,
        "condition": "\n".join(part for part in (rule.condition, held) if part),
        "who": rule.who,
        "way": "\n".join(part for part in (rule.way, order) if part),
        "authority": row.authority.title if row.authority else "",
    }


def places(municipality: Municipality) -> Table:
    """Return where each role gathers: first and second choice, and whether it may be online."""
    rows = [
        view_row(row, {"role": _role(row), "places": _places(row)})
        for row in active_rows(source_sheet("b-5", municipality))
    ]
    return made_table("b-5-list", PLACES_TITLE, municipality, PLACE_COLUMNS, rows)


def _role(row: MusterPlace) -> str:
    return f"{row.role}\n（{row.system}）" if row.system_id else str(row.role)


def _places(row: MusterPlace) -> str:
    first = _place(row.place1, row.place1_room)
    lines = [f"第1順位：{first}" if row.place2_id else first]
    if row.place2_id:
        lines.append(f"第2順位：{_place(row.place2, row.place2_room)}")
    if row.online:
        lines.append(f"{ONLINE}：{row.online_means or '可'}")
    return "\n".join(lines)


def _place(site: Any, room: str) -> str:
    return f"{site} {room}".strip() if site else room


def _of(codes: tuple[str, ...]) -> Callable[[str], bool]:
    return lambda event: event in codes


TABLES = (
    rule_table("c-7-list", RULES_TITLE, lambda event: True),
    *(
        rule_table(f"c-7-{code}", f"{label}の参集ルール", _of(events))
        for code, (label, events) in RULE_EVENTS.items()
    ),
    rule_table(
        "c-7-other",
        "その他の脅威の参集ルール",
        lambda event: not any(event in events for _, events in RULE_EVENTS.values()),
    ),
    DerivedTable(
        "b-5-list",
        PLACES_TITLE,
        places,
        purpose="役割ごとに、参集場所の第1順位、第2順位とオンラインの手段を一つの欄に並べます。",
        comes_from=PLACE_SOURCES,
    ),
)

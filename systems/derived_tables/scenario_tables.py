"""様式14 as the text of a plan prints it: facts of a scenario, what follows, what is damaged."""

from collections.abc import Callable, Iterator, Mapping

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.derived_table_builder import made_table, view_row, without_sole
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Public, Table, TableRow
from systems.choice_lists import EVENT, THREAT_LEVEL
from systems.derived_tables.printed_needs import printed
from systems.models import DamageAssumption, Scenario, SecondaryDisaster
from systems.models.scenarios import DAMAGE_GROUP, INTENSITY, SCENARIO_KIND, TIME_BAND
from systems.queries.links import labelled, labels_of

FACTS_TITLE, SECONDARY_TITLE = "想定する最大の災害規模等", "起こりうる二次災害"
DAMAGE_TITLE = "庁舎等の想定被害"
Labels = Mapping[str, Mapping[str, str]]

SCENARIO = Column("scenario", "想定", width=20, public=Public.SHOW)
FACT_COLUMNS = (
    Column("label", "分類", width=20, public=Public.SHOW),
    Column("content", "想定する災害の内容", kind=Kind.LONG_TEXT, width=60, public=Public.SHOW),
)
SECONDARY_COLUMNS = (
    Column("category", "分類", width=20, public=Public.SHOW),
    Column("content", "起こりうる二次災害", kind=Kind.LONG_TEXT, width=60, public=Public.SHOW),
)
DAMAGE_COLUMNS = (
    Column("group", "大項目", width=18, group="項目"),
    Column("item", "小項目", width=24, group="項目"),
    Column("text", "想定被害状況", kind=Kind.LONG_TEXT, width=46),
)

FACT_SOURCES = {
    "scenario": "14-1.name",
    "label": "",
    "content": (
        "14-1.event 14-1.kinds 14-1.occurs_at 14-1.time_band 14-1.intensity 14-1.scale "
        "14-1.threat_level"
    ),
}
SECONDARY_SOURCES = {
    "scenario": "14-1.name",
    "category": "14-2.category",
    "content": "14-2.content",
}
DAMAGE_SOURCES = {
    "scenario": "14-1.name",
    "group": "14-3.group",
    "item": "14-3.item",
    "text": "14-3.text",
}

_FACTS: tuple[tuple[str, Callable[[Scenario, Labels], str]], ...] = (
    ("危機的事象", lambda row, of: of["event"].get(row.event, "")),
    ("災害の種類", lambda row, of: "、".join(labelled(row.kinds, dict(of["kinds"])))),
    ("発生時期", lambda row, of: row.occurs_at),
    ("勤務時間の内外", lambda row, of: of["time_band"].get(row.time_band, "")),
    ("庁舎周辺震度", lambda row, of: _intensity(of["intensity"].get(row.intensity, ""))),
    ("規模・条件", lambda row, of: row.scale),
    ("脅威度", lambda row, of: of["threat_level"].get(row.threat_level, "")),
)


def _intensity(label: str) -> str:
    return f"震度{label}" if label else ""


def facts(municipality: Municipality) -> Table:
    """Return the facts of each scenario one below the other, those that are filled (6 queries)."""
    labels = {
        "event": labels_of(EVENT),
        "kinds": labels_of(SCENARIO_KIND),
        "time_band": labels_of(TIME_BAND),
        "intensity": labels_of(INTENSITY),
        "threat_level": labels_of(THREAT_LEVEL),
    }
    rows = [row for scenario in printed(Scenario) for row in _fact_rows(scenario, labels)]
    table = made_table("14-1-facts", FACTS_TITLE, municipality, (SCENARIO, *FACT_COLUMNS), rows)
    return without_sole(table, SCENARIO.name)


def _fact_rows(scenario: Scenario, labels: Labels) -> Iterator[TableRow]:
    for label, text_of in _FACTS:
        text = text_of(scenario, labels)
        if text:
            cells = {"scenario": scenario.name, "label": label, "content": text}
            yield TableRow(f"{scenario.uid}-{label}", cells, scenario.confidentiality)


def secondary(municipality: Municipality) -> Table:
    """Return the further disasters, scenario by scenario (1 query)."""
    rows = printed(SecondaryDisaster).filter(scenario__row_status__in=counted_statuses())
    joined = rows.select_related("scenario").order_by("scenario__row_no", "scenario", "row_no")
    lines = [
        view_row(
            row,
            {"scenario": row.scenario.name, "category": row.category, "content": row.content},
        )
        for row in joined
    ]
    columns = (SCENARIO, *SECONDARY_COLUMNS)
    table = made_table("14-2-list", SECONDARY_TITLE, municipality, columns, lines)
    return without_sole(table, SCENARIO.name)


def damage(municipality: Municipality) -> Table:
    """Return what is damaged, scenario by scenario, group by group (2 queries)."""
    groups = labels_of(DAMAGE_GROUP)
    rows = printed(DamageAssumption).filter(scenario__row_status__in=counted_statuses())
    joined = rows.select_related("scenario").order_by("scenario__row_no", "scenario", "row_no")
    lines = [
        view_row(
            row,
            {
                "scenario": row.scenario.name,
                "group": groups.get(row.group, row.group),
                "item": row.item,
                "text": row.text,
            },
        )
        for row in joined
    ]
    table = made_table("14-3-list", DAMAGE_TITLE, municipality, (SCENARIO, *DAMAGE_COLUMNS), lines)
    return without_sole(table, SCENARIO.name)


TABLES = (
    DerivedTable(
        "14-1-facts",
        FACTS_TITLE,
        facts,
        purpose="様式14の想定ごとに、発生時期、震度、規模などを縦に並べます。",
        comes_from=FACT_SOURCES,
    ),
    DerivedTable(
        "14-2-list",
        SECONDARY_TITLE,
        secondary,
        purpose="様式14の二次災害を、想定ごとに並べます。",
        comes_from=SECONDARY_SOURCES,
    ),
    DerivedTable(
        "14-3-list",
        DAMAGE_TITLE,
        damage,
        purpose="様式14の想定被害を、大項目と小項目に分けて並べます。",
        comes_from=DAMAGE_SOURCES,
    ),
)

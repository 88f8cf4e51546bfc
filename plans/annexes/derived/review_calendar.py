"""When the plan is checked and for what (C-16): a view of 様式13 in the order of its times."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.derived_table_builder import (
    SourceColumn,
    View,
    active_rows,
    choice_labels,
    made_table,
    source_sheet,
    strictest,
)
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Public, Table, TableRow
from plans.annexes.choice_lists import REVIEW_CYCLE
from plans.annexes.models.reviews import ReviewItem

CODE, TITLE = "c-16", "点検の時期と内容"
TRIGGERS_TITLE = "運用継続計画の見直し契機"

COLUMNS = (
    Column("cycle", "時期", width=10, public=Public.SHOW),
    Column("trigger", "契機", width=22, public=Public.SHOW),
    Column("content", "内容", width=56, public=Public.SHOW),
)
SOURCES = {
    "number": "",
    "cycle": "13-1.cycle",
    "trigger": "13-1.trigger",
    "content": "13-1.item",
}


def review_calendar(municipality: Municipality) -> Table:
    """Return one row for each time and item: 随時 first, an item of two times in both places."""
    sheet = source_sheet("13-1", municipality)
    return made_table(
        code=CODE,
        title=TITLE,
        municipality=municipality,
        columns=COLUMNS,
        rows=_rows(sheet, list(active_rows(sheet))),
    )


def _rows(sheet: Sheet, items: Iterable[ReviewItem]) -> Iterator[TableRow]:
    cycles = choice_labels(sheet, "cycle")
    triggers = choice_labels(sheet, "trigger")
    for code, default in REVIEW_CYCLE.options:
        for item in items:
            if code not in item.cycle:
                continue
            cells = {
                "cycle": cycles.get(code, default),
                "trigger": triggers.get(item.trigger, "") if code == "occasional" else "",
                "content": item.item,
            }
            yield TableRow(f"{item.uid}-{code}", cells, item.confidentiality)


def times_of_review(municipality: Municipality) -> Table:
    """Return the three times, each with all its items in one cell, as 柏崎市 13(2) prints them."""
    whole = review_calendar(municipality)
    contents: dict[str, list[TableRow]] = {}
    for row in whole.rows:
        contents.setdefault(str(row.cells["cycle"]), []).append(row)
    rows = [
        TableRow(
            f"times-{number}",
            {"cycle": cycle, "content": "\n".join(f"・{row.cells['content']}" for row in lines)},
            strictest(lines),
        )
        for number, (cycle, lines) in enumerate(contents.items(), 1)
    ]
    columns = (COLUMNS[0], replace(COLUMNS[2], kind=Kind.LONG_TEXT, width=70))
    return made_table("c-16-list", TITLE, municipality, columns, rows)


TRIGGER_COLUMNS = (
    Column("number", "No", Kind.INTEGER, width=6, public=Public.SHOW),
    Column("trigger", "契機", width=26, public=Public.SHOW),
    Column("content", "実施内容", Kind.LONG_TEXT, width=56, public=Public.SHOW),
)


def triggers_of_review(municipality: Municipality) -> Table:
    """Return what to do at each occasion, one line an occasion (表4.2-1)."""
    sheet = source_sheet("13-1", municipality)
    labels = choice_labels(sheet, "trigger")
    found: dict[str, list[ReviewItem]] = {}
    for item in active_rows(sheet):
        if "occasional" in item.cycle:
            found.setdefault(item.trigger, []).append(item)
    listed = [code for code in labels if code in found]
    rows = [
        TableRow(
            f"trigger-{code}",
            {
                "number": number,
                "trigger": labels[code],
                "content": "\n".join(f"・{item.item}" for item in found[code]),
            },
            strictest(found[code]),
        )
        for number, code in enumerate(listed, 1)
    ]
    return made_table("b-12-triggers", TRIGGERS_TITLE, municipality, TRIGGER_COLUMNS, rows)


_ITEMS = View(
    "b-12-items",
    "見直し事項",
    "13-1",
    (SourceColumn("group", 26, "見直し事項"), SourceColumn("item", 64, "見直し内容")),
)


def _yearly_items(sheet: Sheet) -> list[ReviewItem]:
    """Return what is asked once a year, part by part of the plan (表4.2-2)."""
    order = list(choice_labels(sheet, "group"))
    items = [item for item in active_rows(sheet) if "annual" in item.cycle]
    items.sort(key=lambda item: order.index(item.group) if item.group in order else len(order))
    return items


TABLES = (
    DerivedTable(CODE, TITLE, review_calendar, comes_from=SOURCES),
    DerivedTable(
        "c-16-list",
        TITLE,
        times_of_review,
        purpose="随時、四半期、年次の3行に、点検する内容をまとめて並べます。",
        comes_from=SOURCES,
    ),
    DerivedTable(
        "b-12-triggers",
        TRIGGERS_TITLE,
        triggers_of_review,
        purpose="様式13のうち随時に行うものを、きっかけごとに並べます。",
        comes_from=SOURCES,
    ),
    _ITEMS.declared(_yearly_items, "様式13のうち年次に行うものを、計画の部分ごとに並べます。"),
)

"""When the plan is checked and for what (C-16): a view of 様式13 in the order of its times."""

from collections.abc import Iterable, Iterator

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Public, Table, TableRow
from plans.choice_lists import REVIEW_CYCLE
from plans.derived_tables.view import active_rows, choice_labels, made_table, source_sheet
from plans.models import ReviewItem

CODE, TITLE = "c-16", "点検の時期と内容"

COLUMNS = (
    Column("cycle", "時期", width=10, public=Public.SHOW),
    Column("trigger", "契機", width=22, public=Public.SHOW),
    Column("content", "内容", width=56, public=Public.SHOW),
)


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


TABLES = (DerivedTable(CODE, TITLE, review_calendar),)

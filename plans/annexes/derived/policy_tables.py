"""Where copies are kept (C-18) and which clauses the plan carries out (C-19), as they are printed."""

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.derived_table_builder import (
    SourceColumn,
    TextColumn,
    View,
    active_rows,
    choice_labels,
    made_table,
    source_sheet,
    view_row,
)
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Public, Table, TableRow
from plans.annexes.models.policies import ClauseReference

STORAGE_TITLE = "本計画の保管"

STORAGE_COLUMNS = (
    Column("number", "番号", Kind.INTEGER, width=8, public=Public.SHOW),
    Column("place", "場所・方法", width=80),
)
STORAGE_SOURCES = {"number": "", "place": "c-18.medium c-18.place_or_person"}


def storage(municipality: Municipality) -> Table:
    """Return each place once with the way the plan is kept there, for all editions."""
    sheet = source_sheet("c-18", municipality)
    media = choice_labels(sheet, "medium")
    places: dict[str, TableRow] = {}
    for row in active_rows(sheet):
        place = f"{media.get(row.medium, row.medium)}：{row.place_or_person}"
        cells = {"number": len(places) + 1, "place": place}
        places.setdefault(place, view_row(row, cells))
    return made_table("c-18-list", STORAGE_TITLE, municipality, STORAGE_COLUMNS, places.values())


def clause_text(row: ClauseReference) -> str:
    """Return regulation and clause as one name."""
    return f"{row.document} {row.clause}" if row.document_id else row.clause


_CLAUSES = View(
    "c-19-list",
    "関連する規程の条項",
    "c-19",
    (
        TextColumn("clause", "関連条項", clause_text, 36, of="document clause", public=Public.SHOW),
        SourceColumn("content", 54, "内容"),
    ),
)


TABLES = (
    DerivedTable(
        "c-18-list",
        STORAGE_TITLE,
        storage,
        purpose="計画を置く場所と方法に、番号を付けて並べます。",
        comes_from=STORAGE_SOURCES,
    ),
    _CLAUSES.declared(active_rows, "規程の条項と、この計画との関わりを並べます。"),
)

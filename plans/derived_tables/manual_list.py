"""Which manual serves which event, and what materials there are (C-12)."""

from collections.abc import Iterator

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Public, Table, TableRow
from plans.derived_tables.view import (
    Shown,
    View,
    active_rows,
    choice_labels,
    made_table,
    source_sheet,
)

CODE, TITLE = "c-12-list", "事象別マニュアル一覧"

COLUMNS = (
    Column("event", "事象", width=34, public=Public.SHOW),
    Column("manual", "マニュアル名", width=34, public=Public.SHOW),
    Column("edition", "版", width=10, public=Public.SHOW),
    Column("approved_on", "承認日", Kind.DATE, width=14),
)

_MATERIALS = View(
    "c-12-kinds",
    "マニュアルの資料一覧",
    (Shown("kind", 16), Shown("name", 34), Shown("overview", 44)),
)


def manuals_by_event(municipality: Municipality) -> Table:
    """Return one row for each event and manual, in the order of the events."""
    sheet = source_sheet("c-12", municipality)
    return made_table(
        code=CODE, title=TITLE, municipality=municipality, columns=COLUMNS, rows=_rows(sheet)
    )


def _rows(sheet: Sheet) -> Iterator[TableRow]:
    manuals = list(active_rows(sheet))
    for code, label in choice_labels(sheet, "event_details").items():
        for manual in manuals:
            if code not in manual.event_details:
                continue
            cells = {
                "event": label,
                "manual": manual.name,
                "edition": manual.edition,
                "approved_on": manual.approved_on.isoformat() if manual.approved_on else "",
            }
            yield TableRow(f"{manual.uid}-{code}", cells, manual.confidentiality)


def materials_by_kind(municipality: Municipality) -> Table:
    """Return the materials, kind by kind as the kinds are listed."""
    sheet = source_sheet("c-12-materials", municipality)
    order = list(choice_labels(sheet, "kind"))
    materials = sorted(
        active_rows(sheet),
        key=lambda material: order.index(material.kind) if material.kind in order else len(order),
    )
    return _MATERIALS.table(sheet, materials)


TABLES = (
    DerivedTable(CODE, TITLE, manuals_by_event),
    DerivedTable(_MATERIALS.code, _MATERIALS.title, materials_by_kind),
)

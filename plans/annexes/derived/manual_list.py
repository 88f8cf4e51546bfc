"""Which manual serves which event, and what materials there are (C-12)."""

from collections.abc import Iterable, Iterator, Mapping

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.derived_table_builder import (
    SourceColumn,
    View,
    active_rows,
    choice_labels,
    made_table,
    source_sheet,
    view_row,
)
from bcp_portal.annex.kinds import CellValue, Kind
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Public, Table, TableRow
from plans.annexes.models.manuals import Manual, ManualMaterial

CODE, TITLE = "c-12-list", "事象別マニュアル一覧"
MATRIX_TITLE = "マニュアルと資料の対応"

COLUMNS = (
    Column("event", "事象", width=34, public=Public.SHOW),
    Column("manual", "マニュアル名", width=34, public=Public.SHOW),
    Column("edition", "版", width=10, public=Public.SHOW),
    Column("approved_on", "承認日", Kind.DATE, width=14),
)

SOURCES = {
    "event": "c-12.event_details",
    "manual": "c-12.name",
    "edition": "c-12.edition",
    "approved_on": "c-12.approved_on",
}
MATRIX_SOURCES = {
    "manual": "c-12.name",
    "*": "c-12-materials.name c-12-materials.kind c-12-materials.manuals",
}

_MATERIALS = View(
    "c-12-kinds",
    "マニュアルの資料一覧",
    "c-12-materials",
    (SourceColumn("kind", 16), SourceColumn("name", 34), SourceColumn("overview", 44)),
)


def manuals_by_event(municipality: Municipality) -> Table:
    """Return one row for each event and manual, in the order of the events."""
    sheet = source_sheet("c-12", municipality)
    return made_table(CODE, TITLE, municipality, COLUMNS, _rows(sheet))


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


def _materials_by_kind(sheet: Sheet) -> list[ManualMaterial]:
    """Return the materials, kind by kind as the kinds are listed."""
    order = list(choice_labels(sheet, "kind"))
    return sorted(
        active_rows(sheet),
        key=lambda material: order.index(material.kind) if material.kind in order else len(order),
    )


def manual_matrix(municipality: Municipality) -> Table:
    """Return one line a manual and one column a kind of material, with the names of the materials."""
    materials = list(active_rows(source_sheet("c-12-materials", municipality)))
    kinds = choice_labels(source_sheet("c-12-materials", municipality), "kind")
    columns = (
        Column("manual", "事象別マニュアル", width=20, public=Public.SHOW),
        *(
            Column(kind, label, Kind.LONG_TEXT, 20, "行動の中で参照する資料")
            for kind, label in kinds.items()
        ),
    )
    rows = [
        view_row(manual, _matrix_cells(manual, materials, kinds))
        for manual in active_rows(source_sheet("c-12", municipality))
    ]
    return made_table("c-12-matrix", MATRIX_TITLE, municipality, columns, rows, landscape=True)


def _matrix_cells(
    manual: Manual, materials: Iterable[ManualMaterial], kinds: Mapping[str, str]
) -> dict[str, CellValue]:
    own = [each for each in materials if manual in each.manuals.all()]
    return {
        "manual": manual.name,
        **{
            kind: "\n".join(f"・{each.name}" for each in own if each.kind == kind) for kind in kinds
        },
    }


TABLES = (
    DerivedTable(CODE, TITLE, manuals_by_event, comes_from=SOURCES),
    _MATERIALS.declared(_materials_by_kind),
    DerivedTable(
        "c-12-matrix",
        MATRIX_TITLE,
        manual_matrix,
        purpose="マニュアルを行に、資料の5つの種類を列にして、使う資料の名前を並べます。",
        comes_from=MATRIX_SOURCES,
    ),
)

"""Reads tables of the sample as a reader of the printed plan sees them."""

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.table import Table
from bcp_portal.annex.table_builder import build_table

PrintedRow = dict[str, str]


def printed(code: str, municipality: Municipality) -> list[PrintedRow]:
    """Return the rows of an annex with every column, personal ones too, as texts by label."""
    spec = registry.spec(code)
    assert spec is not None
    sheet = Sheet(spec, Presentation.load(municipality))
    table = build_table(sheet, municipality=municipality, include_personal=True, items=sheet.items)
    return _texts(table)


def view(code: str, municipality: Municipality) -> list[PrintedRow]:
    """Return the rows of a derived view as texts by label."""
    table = registry.derived_table(code)
    assert table is not None
    return _texts(table.build(municipality))


def _texts(table: Table) -> list[PrintedRow]:
    return [
        {
            column.label: column.text(row.cells.get(column.name), table.date_style)
            for column in table.columns
        }
        for row in table.rows
    ]

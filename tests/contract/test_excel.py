"""What holds for every annex in Excel: every value arrives typed, the file is sound, queries are few."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.excel.export import book_of_one
from bcp_portal.annex.excel.workbook import workbook_bytes
from bcp_portal.annex.kinds import Kind, is_blank
from bcp_portal.annex.kinds.looks import TEXT_FORMAT
from bcp_portal.annex.listing import Listing, Query
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import AnnexSpec
from tests.annex.excel.books import cells_by_uid, opened
from tests.annex.excel.package import problems
from tests.conftest import ClientFactory
from tests.rows import make_row

SPECS = registry.specs()
every_annex = pytest.mark.parametrize("spec", SPECS, ids=[spec.code for spec in SPECS])
TYPED: dict[Kind, Any] = {
    Kind.INTEGER: lambda value: value,
    Kind.MONEY: lambda value: value,
    Kind.DECIMAL: lambda value: float(Decimal(value)),
    Kind.PERCENT: lambda value: pytest.approx(value / 100),
    Kind.DATE: lambda value: datetime.combine(date.fromisoformat(value), datetime.min.time()),
    Kind.MONTH: lambda value: datetime.fromisoformat(f"{value}-01"),
    Kind.DATETIME: datetime.fromisoformat,
}


@every_annex
def test_a_full_row_arrives_with_every_value(spec: AnnexSpec, in_scope: Municipality) -> None:
    row = make_row(spec, in_scope, full=True)
    listing = Listing(Sheet.of(spec, in_scope), Query.read({}), personal=True)
    book = book_of_one(listing)
    content = workbook_bytes(book)
    assert problems(content) == []
    sheet, workbook = book.sheets[0], opened(content)
    assert {column.column.name for column in sheet.columns} == {i.name for i in listing.sheet.items}
    cells = cells_by_uid(workbook[workbook.sheetnames[1]], sheet)[str(row.uid)]
    table_row = next(each for each in sheet.table.rows if each.uid == str(row.uid))
    for column in sheet.columns:
        name, value, kind = column.column.name, table_row.cells[column.column.name], column.kind
        cell = cells[name]
        if is_blank(value):
            assert cell.value is None, name
        elif kind in TYPED:
            assert cell.value == TYPED[kind](value), name
        else:
            assert cell.value == sheet.table.text(table_row, column.column), name
            assert (cell.data_type, cell.number_format) == ("s", TEXT_FORMAT), name
    assert any(not is_blank(value) for value in table_row.cells.values())


@every_annex
def test_queries_do_not_grow_with_rows(
    spec: AnnexSpec, municipality: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    url = reverse("annex:excel", args=[municipality.code, spec.code])
    assert client.get(url).status_code == 200, "an annex without rows"
    counts = []
    for numbers in ((1,), (2, 3)):
        with scope(municipality=municipality):
            for number in numbers:
                make_row(spec, municipality, number, full=True)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        counts.append(len(captured))
    assert counts[1] <= counts[0]

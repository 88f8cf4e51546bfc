"""Each filled cell of each printed column of every annex stands in the book, in its own place.

Once 64 columns never reached it, others were cut.
"""

import html
from datetime import date
from pathlib import Path

import pytest
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import is_blank
from bcp_portal.annex.table import Table
from bcp_portal.annex.table_builder import build_table
from plans.bookshelf.handset import Stamp, handset_page
from plans.document.document import AnnexPart, Cover, Document
from plans.printing.cache import PartCache
from plans.printing.pool import Pool
from plans.printing.press import Press, read_style_sheet
from systems.models import SystemItem, Vendor
from tests.plans.printing.cell_areas import drawn_rows
from tests.plans.printing.pdf_reading import ReadPdf, comparable
from tests.rows import make_full_rows, make_row

SPECS = [spec for spec in registry.specs() if spec.printed]


@pytest.fixture
def tables(municipality: Municipality) -> dict[str, Table]:
    """Return every printed table with two rows in which every column is filled."""
    with scope(municipality=municipality):
        make_full_rows(SPECS, municipality)
        _fill_what_is_computed(municipality)
        for spec in SPECS:
            for row in spec.model.objects.all():
                row.evidence = f"{spec.code}の根拠{row.row_no}"
                row.save()
        return {
            spec.code: build_table(spec, municipality=municipality, include_personal=True)
            for spec in SPECS
        }


def _fill_what_is_computed(municipality: Municipality) -> None:
    """Give a vendor contacts of each kind, businesses a network, and contacts a day of checking."""
    contacts = registry.spec("9")
    assert contacts is not None
    desk = make_row(contacts, municipality, 3, full=True)
    desk.vendor = Vendor.objects.order_by("pk").first()
    desk.verified_on = date(2026, 4, 3)
    desk.save()
    SystemItem.objects.filter(pk__in=SystemItem.objects.order_by("pk")[:1]).update(kind="network")


def _document(tables: dict[str, Table]) -> Document:
    """Return a book in which each table is an annex of its own."""
    annexes = tuple(
        AnnexPart(f"annex-{number}", number, f"様式{number} 表の{number}", tables=(table,))
        for number, table in enumerate(tables.values(), start=1)
    )
    cover = Cover("弥彦村", "業務継続計画", "初版", "令和8年4月1日", "総務課", draft=False)
    return Document(cover=cover, annexes=annexes)


def test_no_printed_column_is_blank_in_what_is_compared(tables: dict[str, Table]) -> None:
    """A column that is blank in every row would be compared with nothing."""
    blank = [
        (code, column.name)
        for code, table in tables.items()
        for column in table.columns
        if all(is_blank(row.cells.get(column.name)) for row in table.rows)
    ]
    assert blank == []


@pytest.mark.slow
def test_each_filled_cell_is_printed_in_its_own_row_and_column(
    tables: dict[str, Table], tmp_path: Path
) -> None:
    document = _document(tables)
    with Pool(read_style_sheet()) as workers:
        content = Press(PartCache(tmp_path / "cache"), workers).print_plan(
            document, load_image=lambda sha256: b""
        )
    pdf = ReadPdf(content, tmp_path)
    begins = [pdf.destinations[part.anchor] for part in document.annexes]
    ends = [*begins[1:], len(pdf.file.pages)]
    for part, begin, end in zip(document.annexes, begins, ends, strict=True):
        table = part.tables[0]
        said = set()
        for drawn in drawn_rows(pdf, range(begin, end), table):
            wanted = tuple(map(comparable, drawn.wanted.cells))
            assert drawn.cells == wanted, table.code
            assert drawn.below == drawn.wanted_below, table.code
            said |= {*drawn.wanted.cells, *(note.text for note in drawn.wanted.notes)}
        assert _filled(table) <= said, table.code


def _filled(table: Table) -> set[str]:
    """Return what a reader must find; below a row, 「いいえ」 is what an empty line says too."""
    return {
        table.text(row, column)
        for row in table.rows
        for column in table.columns
        if not is_blank(value := row.cells.get(column.name))
        and not (column.below and value is False)
    }


def test_each_filled_cell_stands_exactly_in_the_stored_page(tables: dict[str, Table]) -> None:
    page = handset_page(_document(tables), Stamp("初版", "", ""), lambda sha256: "")
    read = html.unescape(page.replace("<br>", "\n"))
    for table in tables.values():
        for text in _filled(table):
            assert text in read, (table.code, text)

"""Long tables after an edit: only pages that changed are rendered, and the book is as if fresh."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from bcp_portal.annex.table import TableRow
from plans.document.document import AnnexPart, Document
from plans.printing import worker
from plans.printing.cache import PartCache
from plans.printing.page_units import RowsUnit, split_pages
from plans.printing.pool import Pool
from plans.printing.press import Press
from tests.plans.printing.documents import TAKE, contacts_table, load_picture, make_document
from tests.plans.printing.pdf_reading import ReadPdf

ROWS = 130
Rows = list[TableRow]


class CountingPool:
    """Passes work on and counts the rows that were laid out."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.rows: list[int] = []

    def render(self, html: str, tagged: bool = False) -> "Future[worker.RenderedFlow]":
        if "printed-row-" in html:
            self.rows.append(html.count('id="printed-row-'))
        return self.pool.render(html, tagged)


def document_of(rows: Rows) -> Document:
    table = replace(contacts_table(0), rows=tuple(rows))
    annex = AnnexPart("annex-9", 9, "様式9　緊急連絡先一覧", tables=(table,))
    return replace(make_document(3), chapters=(), annexes=(annex,), revisions=None)


def people() -> Rows:
    return list(contacts_table(ROWS).rows)


def person(uid: str, **cells: object) -> TableRow:
    return TableRow(uid, {**people()[0].cells, "name": "新任 次郎", **cells})


def changed(rows: Rows) -> Rows:
    rows[70] = person(rows[70].uid)
    return rows


def grown(rows: Rows) -> Rows:
    rows[40] = person(rows[40].uid, name="長い名前\nその二\nその三\nその四")
    return rows


def inserted(rows: Rows) -> Rows:
    return [*rows[:50], person("new"), *rows[50:]]


def deleted(rows: Rows) -> Rows:
    return [*rows[:30], *rows[31:]]


def first_changed(rows: Rows) -> Rows:
    return [person("first"), *rows[1:]]


def last_changed(rows: Rows) -> Rows:
    return [*rows[:-1], person("last")]


def appended(rows: Rows) -> Rows:
    return [*rows, person("more")]


def taller_than_a_page(rows: Rows) -> Rows:
    rows[60] = person("tall", name="\n".join(f"{n}行目" for n in range(120)))
    return rows


def all_but_the_first_page(rows: Rows) -> Rows:
    return [*rows[:20], *(person(f"n{n}", name=f"異動 {n}郎") for n in range(60))]


QUICK_EDITS = [changed, inserted, appended, taller_than_a_page]
SLOW_EDITS = [grown, deleted, first_changed, last_changed, all_but_the_first_page]
EDITS = [*QUICK_EDITS, *(pytest.param(edit, marks=pytest.mark.slow) for edit in SLOW_EDITS)]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_an_edited_table_is_printed_as_if_it_were_new(
    edit: Callable[[Rows], Rows], cache: PartCache, workers: Pool, tmp_path: Path
) -> None:
    press = Press(cache, workers)
    press.print_plan(document_of(people()), load_image=load_picture)
    document = document_of(edit(people()))
    incremental = ReadPdf(press.print_plan(document, load_image=load_picture), tmp_path)
    folder = tmp_path / "fresh"
    folder.mkdir()
    fresh_press = Press(PartCache(folder / "cache"), workers)
    fresh = ReadPdf(fresh_press.print_plan(document, load_image=load_picture), folder)
    assert incremental.page_texts == fresh.page_texts
    assert incremental.pictures() == fresh.pictures()
    assert len(fresh.page_texts) > 4
    assert "No syntax or stream encoding errors" in incremental.check()


def test_a_changed_cell_renders_about_a_page(cache: PartCache, workers: Pool) -> None:
    pool = CountingPool(workers)
    press = Press(cache, pool)
    press.print_plan(document_of(people()), load_image=load_picture)
    assert pool.rows == [ROWS]
    pool.rows.clear()
    press.print_plan(document_of(changed(people())), load_image=load_picture)
    assert len(pool.rows) == 1
    assert pool.rows[0] < 35
    pool.rows.clear()
    press.print_plan(document_of(people()), load_image=load_picture)
    assert pool.rows == []


def test_a_page_whose_pdf_was_evicted_is_rendered_again(
    cache: PartCache, workers: Pool, tmp_path: Path
) -> None:
    pool = CountingPool(workers)
    press = Press(cache, pool)
    first = press.print_plan(document_of(people()), load_image=load_picture)
    for path in (tmp_path / "cache").glob("??/*"):
        if b"%PDF" in path.read_bytes():
            path.unlink()
    pool.rows.clear()
    again = press.print_plan(document_of(people()), load_image=load_picture)
    assert sum(pool.rows) >= ROWS
    assert ReadPdf(again, tmp_path).page_texts == ReadPdf(first, tmp_path).page_texts


def test_characters_of_a_deleted_name_leave_the_fonts(
    cache: PartCache, workers: Pool, tmp_path: Path
) -> None:
    rows = [person(f"p{n}", no=n, name="鈴木 太郎") for n in range(ROWS)]
    with_rare_name = [*rows[:70], person("rare", name=f"{TAKE} 花子"), *rows[71:]]
    press = Press(cache, workers)
    before = press.print_plan(document_of(with_rare_name), load_image=load_picture)
    assert any("IPAmjMincho" in line for line in ReadPdf(before, tmp_path).fonts())
    after = press.print_plan(document_of(rows), load_image=load_picture)
    assert not any("IPAmjMincho" in line for line in ReadPdf(after, tmp_path).fonts())


def test_pages_become_units_and_the_last_waits_for_its_next_row() -> None:
    pages = [[0, 1, 2], [3, 4], [5]]
    assert split_pages(pages, "pdf", reaches_end=False) == [
        RowsUnit(3, "pdf", 0, 1),
        RowsUnit(2, "pdf", 1, 1),
    ]
    assert split_pages(pages, "pdf", reaches_end=True)[-1] == RowsUnit(1, "pdf", 2, 1)


def test_a_row_across_pages_and_a_heading_alone_stay_in_one_unit() -> None:
    assert split_pages([[0, 1], [1], [1, 2], [3]], "pdf", reaches_end=True) == [
        RowsUnit(3, "pdf", 0, 3),
        RowsUnit(1, "pdf", 3, 1),
    ]
    assert split_pages([[], [0, 1], [2]], "pdf", reaches_end=True) == [
        RowsUnit(2, "pdf", 0, 2),
        RowsUnit(1, "pdf", 2, 1),
    ]

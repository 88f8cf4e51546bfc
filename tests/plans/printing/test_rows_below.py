"""What stands below rows: on the page of its row, in its band, and anew after an edit."""

from dataclasses import replace
from pathlib import Path

import pytest

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column, Table, TableRow, select
from plans.document.document import AnnexPart, Cover, Document
from plans.printing.cache import PartCache
from plans.printing.geometry import ANNEX_PORTRAIT
from plans.printing.pool import Pool
from plans.printing.press import Press
from plans.printing.row_layout import Note, SetRow, notes_of, set_rows
from plans.printing.table_layout import fitted, lay_out
from tests.plans.printing.documents import wide_table
from tests.plans.printing.pdf_reading import ReadPdf, comparable

COVER = Cover("弥彦村", "業務継続計画", "初版", "令和8年4月1日", "総務課", draft=False)
COLUMNS = (
    Column("name", "名称"),
    Column("reason", "理由", Kind.LONG_TEXT, below=True),
    Column("held", "実施", Kind.BOOLEAN, below=True),
    Column("text", "内容", Kind.LONG_TEXT),
)


def _table(*texts: str) -> Table:
    rows = tuple(
        TableRow(
            str(n), {"name": f"名称{n}の行", "reason": text, "text": "内容の文です。" * (n % 4)}
        )
        for n, text in enumerate(texts)
    )
    return Table("x", "表", COLUMNS, rows)


def _printed(table: Table, cache: PartCache, workers: Pool, folder: Path) -> ReadPdf:
    part = AnnexPart("annex-1", 1, "様式1 一覧", tables=(table,))
    press = Press(cache, workers)
    document = Document(cover=COVER, annexes=(part,))
    return ReadPdf(press.print_plan(document, load_image=lambda sha256: b""), folder)


def test_columns_below_take_no_width_and_belong_to_the_band_before_them() -> None:
    wide = wide_table("1", 2, 40)
    extra = Column("reason", "理由", below=True)
    table = replace(wide, columns=(*wide.columns[:20], extra, *wide.columns[20:]))
    assert lay_out(table, ANNEX_PORTRAIT).bands == lay_out(wide, ANNEX_PORTRAIT).bands
    printed, layout = fitted(table, ANNEX_PORTRAIT)
    homes = [n for n, band in enumerate(layout.bands) if wide.columns[19] in band]
    assert [n for n, below in enumerate(layout.below) if extra in below] == homes
    assert sum(map(len, layout.below)) == 1
    assert printed.column("reason") == extra


def test_a_table_of_nothing_but_columns_below_is_printed_all_the_same() -> None:
    table = Table("x", "表", COLUMNS[1:2], (TableRow("1", {"reason": "理由の文"}),))
    layout = lay_out(table, ANNEX_PORTRAIT)
    assert list(set_rows(table, layout.setting(0))) == [SetRow(("理由の文",))]


def test_a_chapter_that_names_a_column_sees_it_among_the_others() -> None:
    chosen = select(_table("理由"), columns=("name", "reason"))
    assert [column.below for column in chosen.columns] == [False, False]


def test_an_edition_frozen_before_keeps_its_columns() -> None:
    frozen = _table("理由").to_json()
    for column in frozen["columns"]:
        del column["below"]
    layout = lay_out(Table.from_json(frozen), ANNEX_PORTRAIT)
    assert len(layout.bands[0]) == 4
    assert layout.below == ((),)


def test_below_stands_what_is_filled_and_no_is_not_said() -> None:
    row = TableRow("1", {"reason": "", "held": False})
    table = Table("x", "表", COLUMNS, (row,))
    assert list(notes_of(table, row, COLUMNS)) == []
    row = TableRow("1", {"reason": "0", "held": True})
    assert list(notes_of(table, row, COLUMNS[1:3])) == [Note("理由", "0"), Note("実施", "はい")]


def test_short_notes_share_a_line_and_long_ones_have_their_own() -> None:
    short, long = Note("甲", "短い"), Note("乙", "長い文です。" * 20)
    row = SetRow((), (short, short, long, short))
    assert list(row.note_lines()) == [(short, short), (long,), (short,)]


@pytest.mark.parametrize("changed", [0, 11, 39])
@pytest.mark.parametrize("text", ["短い", "変わった理由です。" * 900])
def test_an_edit_below_a_row_prints_as_if_all_were_printed_anew(
    changed: int, text: str, workers: Pool, tmp_path: Path
) -> None:
    texts = [f"理由{n}の文です。" * (1 + 90 * (n % 13 == 11)) for n in range(40)]
    texts[11] = "一枚より長い理由です。" * 900
    cache = PartCache(tmp_path / "cache")
    first = _printed(_table(*texts), cache, workers, tmp_path)
    assert comparable(f"理由：{texts[10]}") in "".join(first.comparable_pages)
    texts[changed] = text
    again = _printed(_table(*texts), cache, workers, tmp_path)
    fresh = _printed(_table(*texts), PartCache(tmp_path / "other"), workers, tmp_path)
    assert again.comparable_pages == fresh.comparable_pages


def test_a_line_below_begins_on_the_page_of_its_row(workers: Pool, tmp_path: Path) -> None:
    table = _table(*(f"理由{n}の文です。" * (n % 7 + 1) for n in range(120)))
    pdf = _printed(table, PartCache(tmp_path / "cache"), workers, tmp_path)
    for number in range(120):
        (page,) = (text for text in pdf.comparable_pages if f"名称{number}の行" in text)
        assert comparable(f"理由：理由{number}の文です。") in page

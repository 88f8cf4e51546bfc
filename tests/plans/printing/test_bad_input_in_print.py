"""What nobody should have typed is printed all the same: readable, complete, in its place."""

from dataclasses import replace
from pathlib import Path

import pytest

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column, Table, TableRow
from plans.document.document import (
    AnnexPart,
    Block,
    Document,
    FigureBlock,
    Section,
    TableBlock,
    TextBlock,
)
from plans.printing.cache import PartCache
from plans.printing.pool import Pool
from plans.printing.press import Press
from plans.printing.text_tables import fitted
from plans.text.markup import Element, parse
from tests.plans.printing.documents import load_picture, make_document
from tests.plans.printing.pdf_reading import ReadPdf, comparable

LONG = "".join(f"{number:04d}番目の文です。" for number in range(500))
SENTENCE = "表「99-9」はこのシステムにありません。"


def text_table(columns: int, span: int = 1) -> str:
    merged = f' colspan="{span}"' if span > 1 else ""
    head = "".join(f"<th{merged}>見出し{n}</th>" for n in range(columns // span))
    cells = "".join(f"<td>値{n}番</td>" for n in range(columns))
    return f"<table><thead><tr>{head}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"


def wide_table() -> Table:
    columns = tuple(Column(f"c{n}", f"見出し{n}") for n in range(40))
    rows = tuple(TableRow(f"r{at}", {f"c{n}": f"値{n}番" for n in range(40)}) for at in range(2))
    return Table(code="x", title="四十列の表", columns=columns, rows=rows)


def long_table() -> Table:
    columns = (Column("name", "項目"), Column("body", "内容", Kind.LONG_TEXT, width=40))
    cells = ("短い前の行", LONG, "短い後の行")
    rows = tuple(TableRow(f"r{n}", {"name": f"{n}", "body": text}) for n, text in enumerate(cells))
    return Table(code="y", title="長い表", columns=columns, rows=rows)


def with_blocks(*blocks: Block, tables: tuple[Table, ...] = ()) -> Document:
    section = Section("chapter-1", 1, "1", "困った入力", blocks)
    annexes = (AnnexPart("annex-1", 1, "様式1 見本", tables=tables),) if tables else ()
    return replace(make_document(systems=3, chapters=1), chapters=(section,), annexes=annexes)


@pytest.fixture
def press(cache: PartCache, workers: Pool) -> Press:
    return Press(cache, workers)


def printed(press: Press, folder: Path, document: Document) -> ReadPdf:
    return ReadPdf(press.print_plan(document, load_image=load_picture), folder)


def whole(pdf: ReadPdf) -> str:
    return "".join(pdf.comparable_pages)


def test_forty_columns_are_printed_whole(press: Press, tmp_path: Path) -> None:
    wide = wide_table()
    document = with_blocks(
        TextBlock(text_table(40)), TextBlock(text_table(40, 2)), TableBlock(wide), tables=(wide,)
    )
    text = whole(printed(press, tmp_path, document))
    for number in range(40):
        assert text.count(comparable(f"値{number}番")) >= 6, number
        assert comparable(f"見出し{number}") in text


@pytest.mark.parametrize(("columns", "bands"), [(10, 1), (16, 1), (17, 2), (27, 2), (40, 3)])
def test_a_wide_text_table_is_cut_into_bands_that_repeat_the_first_column(
    columns: int, bands: int
) -> None:
    [table] = [node for node in parse(text_table(columns)) if isinstance(node, Element)]
    result = fitted(table)
    tables = [n for n in result.children if isinstance(n, Element)] if bands > 1 else [result]
    assert len(tables) == bands
    assert (result.attributes.get("class") == "landscape") == (bands > 1)
    heads = [_texts(band) for band in tables]
    assert all(head[0] == "見出し0" for head in heads)
    others = [text for head in heads for text in head[1:]]
    assert others == [f"見出し{number}" for number in range(1, columns)]
    assert max(map(len, heads)) <= 16


def _texts(table: Element) -> list[str]:
    """Return the texts of the head row."""
    [row] = table.children[0].children  # type: ignore[union-attr]
    return ["".join(cell.children) for cell in row.children]  # type: ignore[union-attr,arg-type]


def test_merged_cells_are_not_torn_apart() -> None:
    [table] = [node for node in parse(text_table(40, 2)) if isinstance(node, Element)]
    result = fitted(table)
    assert len(result.children) == 1
    assert result.children[0].attributes["class"] == "size-7-0 close"  # type: ignore[union-attr]
    assert fitted(result.children[0]) is result.children[0]  # type: ignore[arg-type]


def test_a_cell_longer_than_a_page_begins_below_its_heading_and_loses_nothing(
    press: Press, tmp_path: Path
) -> None:
    assert len(LONG) >= 5000
    rows = f"<tr><td>前</td><td>短い</td></tr><tr><td>長</td><td>{LONG}</td></tr>"
    document = with_blocks(
        TableBlock(long_table()), TextBlock(f"<table>{rows}</table>"), tables=(long_table(),)
    )
    pdf = printed(press, tmp_path, document)
    text = whole(pdf)
    for number in range(500):
        assert text.count(f"{number:04d}") >= 3, number
    assert text.count(comparable("短い後の行")) == 2
    for heading in ("1困った入力", "様式1見本"):
        pages = [page for page in pdf.comparable_pages if comparable(heading) in page]
        assert any("0000番目" in page for page in pages), heading


def test_what_is_missing_is_said_in_its_place(press: Press, tmp_path: Path) -> None:
    figure = "図「fig-x」はこのシステムにありません。"
    before, after = TextBlock("<p>前の文</p>"), TextBlock("<p>後の文</p>")
    document = with_blocks(before, TableBlock(None, SENTENCE), FigureBlock(None, figure), after)
    text = whole(printed(press, tmp_path, document))
    places = [text.index(comparable(part)) for part in ("前の文", SENTENCE, figure, "後の文")]
    assert places == sorted(places)

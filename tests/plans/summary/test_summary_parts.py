"""The one-look edition on paper: counts, boxes, shortened tables, and no more pages than four."""

from dataclasses import replace
from pathlib import Path

import pytest

from bcp_portal.annex.kinds import MASK, Kind
from bcp_portal.annex.table import Column, Table, TableRow
from bcp_portal.figures.figure import Figure, FigureLine
from plans.document.document import Cover, Document, FigureBlock, Section, TableBlock, TextBlock
from plans.printing.book import Description
from plans.printing.press import open_press
from plans.summary.parts import SummaryPrint, summary_foot
from tests.plans.printing.documents import load_picture
from tests.plans.printing.pdf_reading import ReadPdf, comparable
from tests.plans.printing.tag_checking import faults

COVER = Cover("見本市", "見本市 ICT業務継続計画書（概要版）", "第2版", "令和8年4月1日", draft=False)


def table(code: str, count: int, text: str = "業務") -> Table:
    columns = (Column("name", "名称"), Column("note", "説明", Kind.LONG_TEXT))
    rows = tuple(
        TableRow(f"row-{n}", {"name": f"{text}{n}", "note": f"1行目{n}。\n2行目。"})
        for n in range(1, count + 1)
    )
    return Table(code=code, title="一覧", columns=columns, rows=rows)


def document(*tables: Table) -> Document:
    boxes = tuple(
        Section(f"box-{n}", 2, f"({n})", f"脅威{n}", (TextBlock(f"<p>説明{n}</p>"),))
        for n in (1, 2, 3)
    )
    return Document(
        cover=COVER,
        chapters=(
            Section("one", 1, "1", "目的", (TextBlock("<p>目的の文。</p>"),)),
            Section("two", 1, "2", "想定脅威", (), boxes),
            Section("three", 1, "3", "優先業務", tuple(TableBlock(item) for item in tables)),
        ),
        colophon=(("担当", "情報政策課"),),
    )


def html(*tables: Table, share: float = 1.0) -> str:
    return SummaryPrint(load_picture, share).part(document(*tables)).flows[0].before


def test_counts_boxes_and_tables_are_set() -> None:
    text = html(table("c-20", 5))
    assert "<b>5</b><span>件</span>" in text
    assert text.count('class="box"') == 3
    assert "業務5" in text
    assert "1行目5。2行目。" in text
    assert "ほか" not in text


def test_rows_of_masks_are_not_counted() -> None:
    closed = tuple(TableRow(f"m-{n}", {"name": MASK, "note": MASK}) for n in range(3))
    opened = table("c-20", 2).rows
    assert "<b>" not in html(replace(table("c-20", 0), rows=closed))
    assert "<b>2</b><span>件</span>" in html(replace(table("c-20", 0), rows=(*opened, *closed)))


def test_a_summary_of_the_working_copy_says_for_whom_it_is() -> None:
    draft = replace(COVER, edition="作業中（庁内用）", draft=True)
    part = SummaryPrint(load_picture).part(replace(document(), cover=draft))
    assert "作業中（庁内用）" in part.flows[0].before
    assert summary_foot(draft).edition == "見本市　ICT業務継続計画書（概要版）　作業中（庁内用）"


def test_a_long_table_says_how_much_it_leaves_out() -> None:
    text = html(table("c-20", 300))
    assert "業務64" in text and "業務65" not in text
    assert "ほか236件" in text
    assert "<b>300</b>" in text
    assert "ほか281件" in html(table("c-20", 300), share=0.3)


def test_rows_that_read_the_same_stand_once() -> None:
    twice = table("c-20", 3)
    twice = Table("c-20", "一覧", twice.columns, twice.rows + twice.rows)
    text = html(twice)
    assert text.count("<td>業務2</td>") == 1
    assert "<b>3</b>" in text


def test_a_table_that_could_not_be_made_says_so() -> None:
    broken = Section("x", 1, "1", "表", (TableBlock(None, "「99」という表はありません。"),))
    text = SummaryPrint(load_picture).part(Document(COVER, (broken,))).flows[0].before
    assert "「99」という表はありません。" in text


@pytest.mark.parametrize(("width", "height", "is_drawn"), [(662, 295, True), (496, 716, False)])
def test_a_drawing_stands_only_where_its_letters_can_be_read(
    width: int, height: int, is_drawn: bool
) -> None:
    size = f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect width="9" height="9"/></svg>'
    figure = Figure("fig-x", "体制図", svg, (FigureLine("責任者"),), "凡例")
    section = Section("x", 1, "1", "体制", (FigureBlock(figure),))
    text = SummaryPrint(load_picture).part(Document(COVER, (section,))).flows[0].before
    assert ("<img" in text) is is_drawn
    assert ("読める大きさにならないため省きました" in text) is not is_drawn
    assert "体制図" in text


def test_the_summary_prints_with_title_edition_and_page_numbers(tmp_path: Path) -> None:
    part = SummaryPrint(load_picture).part(
        document(table("c-20", 30), table("b-15", 8, "システム"))
    )
    with open_press(tmp_path / "cache", "summary.css") as press:
        content = press.print_parts(
            [part], Description("概要版", "見本市", "ja"), running=summary_foot(COVER), tagged=True
        )
    pdf = ReadPdf(content, tmp_path)
    assert 1 <= len(pdf.file.pages) <= 2
    assert faults(pdf.file) == []
    first = pdf.comparable_pages[0]
    for said in ("見本市", "ICT業務継続計画書(概要版)", "第2版", "優先業務", "脅威3", "業務30"):
        assert comparable(said) in first
    assert comparable(f"第2版1/{len(pdf.file.pages)}") in first

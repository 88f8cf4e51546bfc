"""A heading goes with the table that follows it, and is never left alone on a page."""

from dataclasses import replace
from pathlib import Path

import pytest

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column, Table, TableRow
from plans.document.document import Block, Document, Section, TableBlock, TextBlock
from plans.printing.cache import PartCache
from plans.printing.pool import Pool
from plans.printing.press import Press
from tests.plans.printing.documents import load_picture, make_document, wide_table
from tests.plans.printing.pdf_reading import ReadPdf, comparable

WIDE = TableBlock(replace(wide_table("c-1", 6, 18), title="幅の広い表"))
TEXT = TextBlock("<p>縦の紙に続く本文。</p>")


@pytest.fixture
def press(cache: PartCache, workers: Pool) -> Press:
    return Press(cache, workers)


def plan_of(*sections: Section) -> Document:
    return replace(make_document(systems=3, chapters=1), chapters=sections, annexes=())


def section(number: str, title: str, *blocks: Block, level: int = 2) -> Section:
    return Section(f"chapter-{number}", level, number, title, blocks)


def lying(pdf: ReadPdf) -> dict[str, bool]:
    """Return for each place of the plan whether its page is landscape."""
    boxes = [page.mediabox for page in pdf.file.pages]
    return {name: boxes[at][2] > boxes[at][3] for name, at in pdf.destinations.items()}


def test_headings_lie_where_a_wide_table_comes_first(press: Press, tmp_path: Path) -> None:
    chapter = replace(
        section("1", "体制", level=1),
        children=(section("1.1", "役割", WIDE, TEXT), section("1.2", "権限", TEXT, WIDE)),
    )
    content = press.print_plan(plan_of(chapter), load_image=load_picture)
    pdf = ReadPdf(content, tmp_path)
    places = lying(pdf)
    assert (places["chapter-1"], places["chapter-1.1"]) == (True, True)
    assert places["chapter-1.2"] is False, "text comes first here"
    page = pdf.comparable_pages[pdf.destinations["chapter-1"]]
    assert comparable("役割") in page and comparable("幅の広い表") in page
    after = pdf.comparable_pages[pdf.destinations["chapter-1.2"]]
    assert comparable("縦の紙に続く本文。") in after
    assert press.print_plan(plan_of(chapter), load_image=load_picture) == content
    assert "No syntax or stream encoding errors" in pdf.check()


def test_heading_sentence_and_name_stand_on_the_page_of_the_first_rows(
    press: Press, tmp_path: Path
) -> None:
    tall = "一行目\n" * 12
    rows = (TableRow(str(n), {"name": f"資源{n}", "text": tall}) for n in range(1, 8))
    columns = (Column("name", "資源"), Column("text", "内訳", Kind.LONG_TEXT))
    table = Table("c-15", "必要な資源", columns, tuple(rows), note="※は注である。")
    filling = TextBlock("<p>埋める文。</p>" * 10)
    chapter = replace(
        section("1", "拠点", filling, level=1),
        children=(
            section("1.1", "必要なもの", TextBlock("<p>次の表による。</p>"), TableBlock(table)),
        ),
    )
    pdf = ReadPdf(press.print_plan(plan_of(chapter), load_image=load_picture), tmp_path)
    page = pdf.comparable_pages[pdf.destinations["chapter-1.1"]]
    for said in ("次の表による。", "必要な資源", "※は注である。", "資源1", "資源2"):
        assert comparable(said) in page
    assert comparable("埋める文。") not in page

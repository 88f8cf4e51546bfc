"""Tagged books: every piece is reached, said and described; the checker itself finds faults."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Name, String

from plans.document.document import Section, TextBlock
from plans.printing.cache import PartCache
from plans.printing.geometry import MM
from plans.printing.options import Binding, PrintOptions
from plans.printing.pool import Pool
from plans.printing.press import Press
from tests.plans.printing.documents import PICTURE_NAME, load_picture, make_document
from tests.plans.printing.pdf_reading import ReadPdf
from tests.plans.printing.tag_checking import elements, faults

TAGGED = PrintOptions(tagged=True)


@pytest.fixture(scope="module")
def press(workers: Pool, tmp_path_factory: pytest.TempPathFactory) -> Press:
    return Press(PartCache(tmp_path_factory.mktemp("tagged")), workers)


@pytest.fixture(scope="module")
def book(press: Press) -> bytes:
    """A book with long tables, whose first picture has no words."""
    document = make_document(systems=27, chapters=2, sections=2)
    return press.print_plan(document, load_image=load_picture, options=TAGGED)


@pytest.fixture
def pdf(book: bytes, tmp_path: Path) -> ReadPdf:
    return ReadPdf(book, tmp_path)


def test_a_tagged_book_has_no_faults(pdf: ReadPdf) -> None:
    assert faults(pdf.file) == []
    assert "No syntax or stream encoding errors" in pdf.check()


def test_every_way_to_bind_it_is_tagged_as_well(press: Press, tmp_path: Path) -> None:
    options = PrintOptions(
        binding=Binding.DOUBLE,
        new_sheets=True,
        index_tabs=True,
        large_print=True,
        draft_mark=True,
        tagged=True,
    )
    document = make_document(systems=6, chapters=2, sections=1)
    content = press.print_plan(document, load_image=load_picture, options=options)
    assert faults(ReadPdf(content, tmp_path).file) == []


def test_links_to_parts_left_out_become_text(press: Press, tmp_path: Path) -> None:
    document = make_document(systems=6, chapters=2, sections=1)
    options = replace(TAGGED, parts=("chapter-1",))
    pdf = ReadPdf(press.print_plan(document, load_image=load_picture, options=options), tmp_path)
    assert faults(pdf.file) == []
    assert {target for _, target in pdf.links()} == {"chapter-1", "chapter-1-1"}
    assert "様式17と第2章を参照する。" in "".join(pdf.comparable_pages)


def test_two_equal_pages_have_tags_of_their_own(press: Press, tmp_path: Path) -> None:
    document = make_document(systems=3, chapters=0)
    annex = document.annexes[5]
    (table,) = annex.tables
    same = tuple(replace(table.rows[0], uid=f"same-{n}") for n in range(120))
    copies = replace(annex, tables=(replace(table, rows=same),))
    document = replace(document, annexes=(copies,))
    pdf = ReadPdf(press.print_plan(document, load_image=load_picture, options=TAGGED), tmp_path)
    assert faults(pdf.file) == []
    again = press.print_plan(document, load_image=load_picture, options=TAGGED)
    assert faults(ReadPdf(again, tmp_path).file) == []


def test_the_tree_reads_as_the_book_does(pdf: ReadPdf) -> None:
    parts = [str(f.element.T) for f in elements(pdf.file) if f.tag == "Part"]
    assert parts[:4] == ["表紙", "改定履歴", "目次", "1 総則"]
    assert parts[-2:] == ["様式20　参考資料一覧", "奥付"]
    tags = {found.tag for found in elements(pdf.file)}
    assert {"H1", "H2", "H3", "P", "L", "LBody", "Table", "TH", "TD", "TOC", "Figure"} <= tags


def test_heads_of_columns_and_of_lines_say_which_they_are(pdf: ReadPdf) -> None:
    scopes = {str(f.element.A.Scope) for f in elements(pdf.file) if f.tag == "TH"}
    assert scopes == {"/Column", "/Row"}


def test_pictures_are_described_and_lie_where_they_are_drawn(press: Press, tmp_path: Path) -> None:
    html = f'<p><img src="image:{PICTURE_NAME}" alt="配置図"><img src="image:{PICTURE_NAME}"></p>'
    chapter = Section("chapter-1", 1, "1", "総則", (TextBlock(html),))
    document = replace(make_document(3), chapters=(chapter,), annexes=())
    pdf = ReadPdf(press.print_plan(document, load_image=load_picture, options=TAGGED), tmp_path)
    figures = [found.element for found in elements(pdf.file) if found.tag == "Figure"]
    assert [str(figure.Alt) for figure in figures] == ["配置図", "図（説明の文がありません）"]
    x1, y1, x2, y2 = map(float, figures[0].A.BBox)
    assert (round(x2 - x1), round(y2 - y1)) == (240, 90)
    assert 0 < x1 < x2 < 596
    assert 600 < y1 < y2 < 842


def test_a_figure_moves_with_its_page(press: Press, tmp_path: Path) -> None:
    document = make_document(systems=3, chapters=1, sections=1)
    boxes = []
    for options in (TAGGED, replace(TAGGED, binding=Binding.SINGLE)):
        content = press.print_plan(document, load_image=load_picture, options=options)
        pdf = ReadPdf(content, tmp_path)
        figure = first(pdf.file, "Figure")
        boxes.append([float(corner) for corner in figure.A.BBox])
    moved = [after - before for before, after in zip(*boxes, strict=True)]
    assert moved == pytest.approx([4 * MM, 0, 4 * MM, 0], abs=0.02)


def test_a_link_says_where_it_leads(pdf: ReadPdf) -> None:
    page = pdf.destinations["chapter-1-1"]
    said = [str(link.Contents) for link in pdf.file.pages[page].obj.Annots]
    target = pdf.destinations["annex-17"] + 1
    assert said[0] == f"様式17　重要情報システムとその目標復旧時間（{target}ページ）へ移動"


def test_a_line_of_the_contents_is_one_link(pdf: ReadPdf) -> None:
    page = pdf.destinations["contents"]
    targets = [target for number, target in pdf.links() if number == page]
    assert len(targets) == len(set(targets)) > 10


def test_the_file_says_what_it_keeps_to(pdf: ReadPdf) -> None:
    packet = pdf.file.Root.Metadata.read_bytes().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    assert "<pdfaid:part>3</pdfaid:part>" in packet
    assert str(pdf.file.docinfo.Title) in packet
    assert pdf.file.Root.OutputIntents[0].DestOutputProfile.N == 3
    for font in pdf.fonts():
        assert " yes yes yes " in font


def test_the_same_plan_gives_the_same_bytes(press: Press, book: bytes) -> None:
    document = make_document(systems=27, chapters=2, sections=2)
    assert press.print_plan(document, load_image=load_picture, options=TAGGED) == book


def test_tags_change_nothing_that_is_seen(press: Press, book: bytes, tmp_path: Path) -> None:
    document = make_document(systems=27, chapters=2, sections=2)
    plain = press.print_plan(document, load_image=load_picture)
    pictures = []
    for name, content in (("plain", plain), ("tagged", book)):
        folder = tmp_path / name
        folder.mkdir()
        pictures.append(ReadPdf(content, folder).pictures())
    assert pictures[0] == pictures[1]


def test_a_draft_is_not_tagged(press: Press, tmp_path: Path) -> None:
    document = make_document(systems=3, chapters=1, sections=1)
    pdf = ReadPdf(press.print_plan(document, load_image=load_picture), tmp_path)
    assert Name.StructTreeRoot not in pdf.file.Root
    assert "pdfuaid" not in pdf.file.Root.Metadata.read_bytes().decode()


def first(pdf: pikepdf.Pdf, tag: str) -> Any:
    return next(found.element for found in elements(pdf) if found.tag == tag)


def _no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _no_scope(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "TH").A.Scope


def _no_words(pdf: pikepdf.Pdf) -> None:
    first(pdf, "Figure").Alt = String(" ")


def _skipped_level(pdf: pikepdf.Pdf) -> None:
    first(pdf, "H2").S = Name.H4


def _lost_content(pdf: pikepdf.Pdf) -> None:
    first(pdf, "P").K = Array()


def _wrong_owner(pdf: pikepdf.Pdf) -> None:
    tree = pdf.Root.StructTreeRoot
    tree.ParentTree.Nums[1][0] = first(pdf, "H1")


def _drawn_outside(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    page.Contents = Array([*page.Contents, pdf.make_stream(b"0 0 9 9 re f")])


def _silent_link(pdf: pikepdf.Pdf) -> None:
    page = next(page.obj for page in pdf.pages if Name.Annots in page.obj)
    page.Annots[0].Contents = String("")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_no_language, "no language"),
        (_no_scope, "a head of a table without scope"),
        (_no_words, "a figure says nothing"),
        (_skipped_level, "a heading of level 4 follows"),
        (_lost_content, "is not reached from the tree"),
        (_wrong_owner, "is not reached from the tree"),
        (_drawn_outside, "outside any mark"),
        (_silent_link, "a link on page"),
    ],
)
def test_the_checker_finds_what_is_spoilt(
    pdf: ReadPdf, spoil: Callable[[pikepdf.Pdf], None], sentence: str
) -> None:
    spoil(pdf.file)
    assert any(sentence in fault for fault in faults(pdf.file))

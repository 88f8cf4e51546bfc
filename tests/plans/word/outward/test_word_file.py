"""The plan as a Word file says what the Document says, in the way that Word wants it."""

import io
import time
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from docx import Document as open_word
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from PIL import Image

from bcp_portal.figures.figure import Figure, FigureLine
from plans.document.document import Document, FigureBlock, Section, TextBlock
from plans.printing.problems import ImageMissingError
from plans.printing.raster import rastered
from plans.word.outward.word_file import BODY_MARK, word_file
from tests.plans.printing.documents import PICTURE_NAME, load_picture, make_document
from tests.plans.word.outward.reading import ReadWord

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200.0pt" height="80.0pt" viewBox="0 0 200 80">'
    '<g><polygon points="10,10 90,10 90,60 10,60" fill="#e9eef4" stroke="#1c2430"/>'
    '<text x="50" y="40" fill="#1c2430" font-size="9" text-anchor="middle">本部</text>'
    '<path d="M90,35C110,35 120,50 150,50" fill="none" stroke="#1c2430" stroke-dasharray="5,2"/>'
    '<ellipse cx="170" cy="40" rx="10" ry="8" fill="none" stroke="#1c2430"/></g></svg>'
)
FIGURE = Figure(
    "fig-organisation", "体制図", SVG, (FigureLine("本部長", (FigureLine("副本部長"),)),)
)


@pytest.fixture(scope="module")
def document() -> Document:
    return make_document(systems=5, chapters=2)


@pytest.fixture(scope="module")
def read(document: Document) -> ReadWord:
    return ReadWord(word_file(document, load_image=load_picture))


def one(html: str) -> Document:
    """Return a plan of one section with this text."""
    plain = make_document(systems=0, chapters=0)
    section = Section("chapter-x", 1, "1", "総則", (TextBlock(html),))
    return replace(plain, chapters=(section,), annexes=(), revisions=None, colophon=())


def made(html: str, **more: Any) -> ReadWord:
    return ReadWord(word_file(one(html), load_image=load_picture, **more))


def test_word_finds_nothing_to_repair(read: ReadWord) -> None:
    assert read.faults() == []


def test_every_section_and_annex_is_a_heading_of_its_level(
    read: ReadWord, document: Document
) -> None:
    wanted = [("Heading 1", "改定履歴")]
    wanted += [(f"Heading {s.level}", s.heading) for s in document.sections()]
    wanted += [("Heading 1", annex.heading) for annex in document.annexes]
    assert read.headings() == [*wanted, ("Heading 1", "奥付")]
    assert ("Heading 3", "ア 細目") in read.headings()


def test_contents_are_one_field_with_an_entry_for_each_heading(read: ReadWord) -> None:
    codes = [e.text for e in read.body.iter(qn("w:instrText"))]
    assert codes[0].strip() == 'TOC \\o "1-2" \\h \\z \\u'
    entries = [p.text for p in read.word.paragraphs if p.style.name.startswith("toc")]
    assert "「フィールド更新」" in entries[0] and "この行は消えます" in entries[0]
    assert entries[1:4] == ["改定履歴\t", "1 総則\t", "(1) 目的\t"]
    names = {e.get(qn("w:name")) for e in read.body.iter(qn("w:bookmarkStart"))}
    targets = {e.get(qn("w:anchor")) for e in read.body.iter(qn("w:hyperlink"))}
    assert targets and targets <= names
    kinds = [e.get(qn("w:fldCharType")) for e in read.body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")


def test_word_asks_to_update_fields_only_when_wanted() -> None:
    assert b"updateFields" not in made("<p>文</p>").package.read("word/settings.xml")
    settings = made("<p>文</p>", update_fields=True).part("word/settings.xml")
    names = [child.tag for child in settings]
    assert names.index(qn("w:updateFields")) < names.index(qn("w:compat"))


def test_heads_of_tables_repeat_and_widths_are_fixed(read: ReadWord) -> None:
    tables = list(read.body.iter(qn("w:tbl")))
    wide = next(t for t in tables if t.find(f".//{qn('w:gridSpan')}") is not None)
    heads = [
        row for row in wide.findall(qn("w:tr")) if row.find(f".//{qn('w:tblHeader')}") is not None
    ]
    assert len(heads) == 2
    assert wide.find(f".//{qn('w:tblLayout')}").get(qn("w:type")) == "fixed"
    merged = [e.get(qn("w:val")) for row in heads for e in row.iter(qn("w:vMerge"))]
    assert merged.count("restart") == merged.count(None) > 0


def test_wide_annexes_lie_and_the_rest_stands(read: ReadWord) -> None:
    sizes = [
        (e.get(qn("w:orient")), int(e.get(qn("w:w"))) > int(e.get(qn("w:h"))))
        for e in read.body.iter(qn("w:pgSz"))
    ]
    assert ("landscape", True) in sizes and (None, False) in sizes
    assert all((orient == "landscape") == lies for orient, lies in sizes)


def test_head_and_foot_stand_on_all_pages_but_the_first(read: ReadWord, document: Document) -> None:
    first = read.word.sections[0]
    assert first.different_first_page_header_footer
    assert "第3版" in first.header.paragraphs[0].text
    codes = [e.text.strip() for e in first.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert all(section.header.is_linked_to_previous for section in list(read.word.sections)[1:])


def test_language_title_and_east_asian_font_are_set(read: ReadWord) -> None:
    assert "業務継続計画" in read.word.core_properties.title
    assert read.word.core_properties.language == "ja-JP"
    styles = read.part("word/styles.xml")
    fonts = styles.find(f".//{qn('w:docDefaults')}//{qn('w:rFonts')}")
    assert fonts.get(qn("w:eastAsia")) == "BIZ UDゴシック"
    assert "ＭＳ ゴシック" in read.package.read("word/fontTable.xml").decode()


def test_pictures_carry_their_words() -> None:
    read = made(f'<p><img src="image:{PICTURE_NAME}" alt="配置&quot;図&lt;"></p>')
    (drawn,) = read.body.iter(qn("wp:docPr"))
    assert drawn.get("descr") == '配置"図<'
    with pytest.raises(ImageMissingError):
        made('<p><img src="image:' + "0" * 64 + '"></p>')


def test_figures_become_pictures_with_their_content_in_words() -> None:
    document = one("<p>前</p>")
    section = replace(document.chapters[0], blocks=(FigureBlock(FIGURE),))
    read = ReadWord(word_file(replace(document, chapters=(section,)), load_image=load_picture))
    (drawn,) = read.body.iter(qn("wp:docPr"))
    assert drawn.get("descr") == "体制図\n本部長\n　副本部長"
    assert any(name.startswith("word/media/") for name in read.package.namelist())
    assert read.faults() == []


def test_the_drawing_shows_boxes_lines_and_words() -> None:
    raster = rastered(SVG)
    image = Image.open(io.BytesIO(raster.content)).convert("L")
    assert raster.width_points == 200
    assert image.size == (600, 240)

    def darkest(left: int, top: int, right: int, bottom: int) -> int:
        box = image.crop((left * 3, top * 3, right * 3, bottom * 3))
        return int(box.getextrema()[0])

    assert darkest(9, 30, 12, 40) < 100  # the edge of the box
    assert darkest(40, 30, 60, 44) < 100  # its words
    assert darkest(91, 33, 150, 52) < 100  # the dashed curve
    assert darkest(178, 35, 182, 45) < 100  # the ellipse
    assert darkest(100, 60, 150, 80) == 255  # nothing


def test_a_figure_without_a_drawing_is_written_in_words() -> None:
    document = one("<p>前</p>")
    words = replace(FIGURE, svg="", note="文章で示します。")
    section = replace(document.chapters[0], blocks=(FigureBlock(words),))
    read = ReadWord(word_file(replace(document, chapters=(section,)), load_image=load_picture))
    assert "副本部長" in read.text() and "文章で示します。" in read.text()


def test_text_lists_marks_links_and_unset_phrases_are_kept() -> None:
    html = (
        '<p><strong>重要</strong>&amp;<em>斜</em><br>次の行<span data-unset="org">〔団体名〕</span>'
        '<a href="#term-9">用語（※）</a><a href="#chapter-x">1章</a>'
        '<a href="https://example.lg.jp/a?b=1&amp;c=2">外</a></p>'
        "<ol><li>一<ul><li>細目</li></ul></li><li>二</li></ol><ol><li>別の一</li></ol>"
    )
    read = made(html)
    assert read.faults() == []
    text = read.text()
    assert "重要&斜次の行〔団体名〕用語（※）1章外" in text
    anchors = [e.get(qn("w:anchor")) for e in read.body.iter(qn("w:hyperlink"))]
    assert anchors.count(None) == 1  # the address outside; the term that is not there is plain
    numbers = [e.get(qn("w:val")) for e in read.body.iter(qn("w:numId"))]
    assert len(numbers) == 4 and numbers[0] == numbers[2] != numbers[3]


def test_merged_cells_of_typed_tables_fill_the_grid() -> None:
    html = (
        "<table><caption>表題</caption><thead><tr><th colspan='2'>見出し</th><th>右</th></tr></thead>"
        "<tbody><tr><td rowspan='2'>左</td><td>中</td><td>右1</td></tr><tr><td>中2</td></tr>"
        "<tr><td colspan='3'>全体</td></tr></tbody></table>"
    )
    read = made(html)
    assert read.faults() == []
    assert len(list(read.body.iter(qn("w:tbl")))) == 1
    assert [e.get(qn("w:val")) for e in read.body.iter(qn("w:vMerge"))] == ["restart", None]


def test_characters_that_xml_cannot_hold_do_not_break_the_file() -> None:
    assert "前後" in made("<p>前\x0b後</p>").text()


def own_file(*texts: str, landscape: bool = False) -> bytes:
    word = open_word()
    for text in texts:
        word.add_paragraph(text)
    word.styles["Heading 1"].font.name = "団体の書体"
    word.sections[0].header.paragraphs[0].text = "団体のヘッダー"
    word.sections[0].left_margin = word.sections[0].right_margin = Mm(40)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def test_the_town_s_own_file_keeps_its_pages_styles_head_and_margins() -> None:
    read = made("<ul><li>計画の文</li></ul>", template=own_file("団体の表紙"))
    assert read.faults() == []
    text = read.text()
    assert text.startswith("団体の表紙") and text.index("団体の表紙") < text.index("計画の文")
    assert read.word.styles["Heading 1"].font.name == "団体の書体"
    assert read.word.sections[0].header.paragraphs[0].text == "団体のヘッダー"
    assert abs(read.word.sections[-1].left_margin - Mm(40)) < Mm(0.1)
    assert "葛" not in text.split("目次")[0]  # no cover of ours beside theirs


def test_headings_have_no_second_number_where_the_town_s_own_style_counts() -> None:
    word = open_word(io.BytesIO(own_file()))
    number = parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>')
    word.styles["Heading 1"].element.pPr.insert(2, number)
    target = io.BytesIO()
    word.save(target)
    read = made("<p>文</p>", template=target.getvalue())
    assert read.faults() == []
    counted = {
        p.style.name: p._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        for p in read.word.paragraphs
    }
    # The title of the contents is based on it.
    for name in ("Heading 1", "TOC Heading"):
        assert counted[name].get(qn("w:val")) == "0"
    assert counted["toc 1"] is None


def test_page_numbers_go_on_where_the_paper_turns(document: Document) -> None:
    word = open_word(io.BytesIO(own_file()))
    section = word.sections[0]._sectPr
    numbers = parse_xml(f'<w:pgNumType {nsdecls("w")} w:fmt="numberInDash" w:start="1"/>')
    section.insert_element_before(numbers, "w:cols", "w:docGrid")
    word.sections[0].start_type = WD_SECTION.ODD_PAGE
    target = io.BytesIO()
    word.save(target)
    read = ReadWord(word_file(document, load_image=load_picture, template=target.getvalue()))
    starts = [e.get(qn("w:start")) for e in read.body.iter(qn("w:pgNumType"))]
    kinds = [e.get(qn("w:val")) for e in read.body.iter(qn("w:type"))]
    assert len(starts) > 2
    assert starts == ["1", *[None] * (len(starts) - 1)]
    assert kinds == ["oddPage", *["nextPage"] * (len(kinds) - 1)]


def test_the_plan_takes_the_place_of_the_mark() -> None:
    text = made("<p>計画の文</p>", template=own_file("前", BODY_MARK, "後")).text()
    assert BODY_MARK not in text
    assert text.startswith("前") and text.endswith("計画の文後")


def test_a_file_of_blank_pages_gets_our_cover() -> None:
    read = made("<p>文</p>", template=own_file())
    assert read.text().index("市") < read.text().index("目次")


def test_the_same_plan_makes_the_same_file_on_another_day(document: Document) -> None:
    first = word_file(document, load_image=load_picture)
    with patch("time.time", return_value=time.time() + 86_400):
        assert word_file(document, load_image=load_picture) == first

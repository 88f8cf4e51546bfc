"""Word files of many makes are taken apart at their headings, and what cannot be read is named."""

import io
import random
import zipfile

import pytest
from docx import Document as open_word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from bcp_portal.ui.errors import DomainError
from plans.text.cleaning import clean_body
from plans.word.inward.heading_detection import heading_kind, without_number
from plans.word.inward.reading import read_word
from plans.word.inward.story import read_story
from plans.word.outward.word_file import word_file
from tests.cases import cases
from tests.plans.printing.documents import PICTURE, load_picture, make_document
from tests.plans.word.inward.making import BLACK_BOX, Made, said
from tests.plans.word.outward import hostile

CHART = (
    "<w:drawing><wp:inline><a:graphic>"
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
    "</a:graphic></wp:inline></w:drawing>"
)


def test_pieces_begin_at_headings_and_lose_their_numbers(made: Made) -> None:
    made.word.add_paragraph("総則の文")
    made.word.add_heading("1.1 目的", 2)
    made.word.add_heading("（ア）細目", 4)
    made.word.add_heading("深い", 5)
    found = made.read()
    pieces = [(p.level, p.number, p.title, p.html) for p in found.pieces]
    assert pieces == [
        (1, "第1章", "総則", "<p>総則の文</p>"),
        (2, "1.1", "目的", ""),
        (4, "（ア）", "細目", "<p><strong>深い</strong></p>"),
    ]
    assert "5段目より下の見出し" in said(found)


def test_text_before_the_first_heading_is_a_piece_too() -> None:
    made = Made()
    made.word.add_paragraph("表紙の文")
    made.word.add_heading("総則", 1)
    found = made.read()
    assert [(p.level, p.html) for p in found.pieces] == [(0, "<p>表紙の文</p>"), (1, "")]


def test_bold_numbered_lines_are_headings_in_a_file_without_styles() -> None:
    made = Made()
    for text, bold in (
        ("第1章 総則", False),
        ("(1) 目的", True),
        ("文。", False),
        ("1 普通の行", False),
    ):
        made.word.add_paragraph().add_run(text).bold = bold
    found = made.read()
    assert [(p.level, p.title) for p in found.pieces] == [(1, "総則"), (2, "目的")]
    assert found.pieces[1].html == "<p>文。</p><p>1 普通の行</p>"
    assert "見出しの書式がない" in said(found)


@pytest.mark.parametrize(
    ("label", "level"), [("第%1章", 1), ("%1.%2", 2), ("%1-%2-%3", 3), ("%1.", 0), ("（%1）", 0)]
)
def test_lines_that_word_counts_like_chapters_are_headings(label: str, level: int) -> None:
    made = Made()
    made.word.add_paragraph("体制", style="List Number")
    made.word.add_paragraph("体制の文")
    root = made.word.part.numbering_part.element
    for text in root.iter(qn("w:lvlText")):
        text.set(qn("w:val"), label)
    piece, *others = made.read().pieces
    assert (piece.title, piece.level) == (("体制", level) if level else ("", 0))
    assert not others


def test_a_file_without_headings_says_how_to_get_some() -> None:
    made = Made()
    made.word.add_paragraph("文だけ。")
    assert "「文書全体」：見出しが見つからないため" in said(made.read())


def test_a_contents_that_somebody_typed_is_none_of_the_headings() -> None:
    made = Made()
    for text in ("第1章　総則……………3", "第2章　体制\t12", "１−１　目的 ・・・・ 4"):
        made.word.add_paragraph(text)
    for text in ("第1章　総則", "１－１　目的", "内線\t12", "2-1 本部長", "第2章　体制"):
        made.word.add_paragraph(text)
    found = made.read()
    assert [(p.level, p.number, p.title) for p in found.pieces] == [
        (1, "第1章", "総則"),
        (2, "１－１", "目的"),
        (2, "2-1", "本部長"),
        (1, "第2章", "体制"),
    ]
    assert found.pieces[1].html == "<p>内線 12</p>"
    assert "目次は読みません。目次はシステムが作ります（3件）" in said(found)


@pytest.mark.parametrize("text", ["1 総則", "（1）目的", "ア 本部長", "2-3日で復旧", "12.5 時間。"])
def test_plain_lines_that_may_be_points_of_a_list_are_no_headings(text: str) -> None:
    assert heading_kind(text, bold=False) == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1 総則", "1"),
        ("2.1 体制", "1.1"),
        ("2.1.1 本部", "1.1.1"),
        ("ア 本部長", "ア"),
        ("(ア) 代行", "(ア)"),
        ("72時間", ""),
    ],
)
def test_a_heading_is_known_by_the_way_of_counting(text: str, kind: str) -> None:
    assert heading_kind(text, bold=True) == kind


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("８．１　訓練", "訓練"),
        ("ICT部門", "ICT部門"),
        ("第3章", "第3章"),
        ("72時間以内", "72時間以内"),
    ],
)
def test_only_numbers_are_taken_from_headings(text: str, rest: str) -> None:
    assert without_number(text) == rest


def test_tables_keep_merged_cells_and_their_head(made: Made) -> None:
    table = made.word.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "見出し"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "縦"
    table.cell(2, 2).text = "隅"
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    html = made.read().pieces[0].html
    assert html.startswith('<table><thead><tr><th colspan="2">見出し</th><th></th></tr></thead>')
    assert '<td rowspan="2">縦</td>' in html and html.endswith(
        "<td></td><td>隅</td></tr></tbody></table>"
    )
    assert clean_body(html) == html


def test_points_in_a_cell_stay_points(made: Made) -> None:
    cell = made.word.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "持ち物"
    for style in ("List Bullet", "List Bullet"):
        cell.add_paragraph("点", style=style)
    cell.add_paragraph("後の行")
    cell.add_paragraph("一", style="List Number")
    html = made.read().pieces[0].html
    assert "<td>持ち物<ul><li>点</li><li>点</li></ul>後の行<ol><li>一</li></ol></td>" in html
    assert clean_body(html) == html


def test_emphasis_links_and_lists_are_read(made: Made) -> None:
    made.raw(
        "<w:r><w:rPr><w:b/></w:rPr><w:t>重要</w:t></w:r><w:r><w:t>&amp;&lt;</w:t><w:br/><w:t>次</w:t></w:r>"
    )
    made.word.add_paragraph("点", style="List Bullet")
    made.word.add_paragraph("一", style="List Number")
    assert made.read().pieces[0].html == (
        "<p><strong>重要</strong>&amp;&lt;<br>次</p><ul><li>点</li></ul><ol><li>一</li></ol>"
    )


def test_pictures_come_with_their_words(made: Made) -> None:
    made.word.add_picture(io.BytesIO(PICTURE))
    found = made.read()
    assert len(found.pictures) == 1
    assert '<img src="word:0"' in found.pieces[0].html


def test_what_cannot_be_read_is_named_with_its_place(made: Made) -> None:
    made.raw(f"<w:r>{CHART}</w:r>")
    made.raw("<w:r><w:object/></w:r>")
    made.raw(
        "<w:del><w:r><w:delText>消した</w:delText></w:r></w:del><w:ins><w:r><w:t>足した</w:t></w:r></w:ins>"
    )
    found = made.read()
    assert "「第1章　総則」：グラフ・SmartArt・図形" in said(found)
    assert "OLE" in said(found) and "変更履歴" in said(found)
    assert "足した" in found.pieces[0].html and "消した" not in found.pieces[0].html


def test_text_boxes_are_read_as_paragraphs(made: Made) -> None:
    made.raw(f"<w:r>{BLACK_BOX}</w:r>")
    found = made.read()
    assert found.pieces[0].html == "<p>枠の中の文</p>"
    assert "テキストボックス" in said(found)


def test_our_own_file_comes_back_with_all_chapters() -> None:
    document = make_document(systems=4, chapters=3)
    found = read_word(word_file(document, load_image=load_picture))
    sections = [(s.level, s.number, s.title) for s in document.sections()]
    pieces = [(p.level, p.number, p.title) for p in found.pieces]
    assert [piece for piece in pieces if piece in sections] == sections
    first = next(p for p in found.pieces if p.title == "目的")
    assert '<div data-live-block="c-11"></div>' in first.html
    assert "<ul><li>" in first.html and "<strong>重要</strong>" in first.html
    assert "前提とする事項" not in first.html  # the title of a table that is made of rows
    assert len(found.pictures) == 3


def test_tables_of_rows_are_known_again_when_another_program_saved_the_file() -> None:
    content = word_file(make_document(systems=1, chapters=1), load_image=load_picture)
    word = open_word(io.BytesIO(content))
    for described in list(word.element.body.iter(qn("w:tblDescription"))):
        described.getparent().remove(described)
    target = io.BytesIO()
    word.save(target)
    first = next(p for p in read_story(target.getvalue()).pieces if p.title == "目的")
    assert '<div data-live-block="c-11"></div>' in first.html and "<table" not in first.html


@pytest.mark.parametrize("words", hostile.HOSTILE)
def test_hostile_files_are_refused_in_words(words: str) -> None:
    with pytest.raises(DomainError) as refused:
        read_word(hostile.HOSTILE[words]())
    assert words in refused.value.message


def test_a_damaged_story_is_refused_and_not_an_error() -> None:
    broken = hostile.changed({hostile.MAIN: lambda xml: xml[: len(xml) // 2]})
    with pytest.raises(DomainError, match="壊れている"):
        read_word(broken)


@pytest.mark.long_form
@pytest.mark.parametrize("seed", range(cases(6, 200)))
def test_a_file_with_damaged_bytes_is_read_or_refused_in_words(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(word_file(make_document(systems=1, chapters=1), load_image=load_picture))
    for _ in range(1 + seed * 4):
        content[chance.randrange(len(content))] = chance.randrange(256)
    try:
        assert read_word(bytes(content)).pieces
    except DomainError as refused:
        assert refused.message.endswith("。")


def test_the_story_may_have_another_name_in_the_file() -> None:
    """Word in the browser writes document2.xml."""
    rename = (b"word/document.xml", b"word/document2.xml")
    content = hostile.changed(
        {name: lambda xml: xml.replace(*rename) for name in ("_rels/.rels", hostile.CONTENT_TYPES)}
    )
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("document.xml", "document2.xml"), old.read(name))
    assert read_word(target.getvalue()).pieces[0].html == "<p>文</p>"


def test_a_template_is_no_file_to_read() -> None:
    with pytest.raises(DomainError, match="テンプレート"):
        read_word(hostile.word_template("文"))


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(DomainError, match="文章が見つかりません"):
        read_word(hostile.word())

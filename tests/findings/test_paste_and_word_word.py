"""What comes in from Word keeps its levels, numbers, columns and paragraphs, and every loss is said."""

from pathlib import Path
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from plans.text.cleaning import clean_body
from plans.word.inward.findings import Findings
from plans.word.inward.heading_detection import levels_of
from plans.word.inward.story import read_story
from tests.plans.word.inward.making import Made, said

FILES = Path(__file__).parent / "files"


def read_file(name: str) -> Findings:
    return read_story((FILES / name).read_bytes())


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def line(text: str, look: str = "", shape: str = "") -> str:
    return f"<w:p><w:pPr>{shape}</w:pPr>{run(text, look)}</w:p>"


@pytest.fixture
def made() -> Made:
    made = Made()
    made.word.add_heading("第1章　総則", 1)
    return made


def html_of(made: Made) -> str:
    """Return the text below the only heading, which a chapter keeps as it is."""
    html = made.read().pieces[-1].html
    assert clean_body(html) == html
    return html


def test_w1_typed_numbers_are_three_levels() -> None:
    pieces = read_file("w1_typed_numbers_no_styles.docx").pieces
    assert [(piece.level, piece.number, piece.title) for piece in pieces if piece.level] == [
        (1, "第１章", "総則"),
        (2, "１．", "趣旨"),
        (3, "（１）", "背景"),
        (3, "（２）", "目的"),
        (2, "２．", "基本方針"),
        (1, "第２章", "想定する被害"),
        (2, "１．", "地震"),
        (2, "２．", "風水害"),
    ]


def test_w2_a_row_that_leaves_columns_out_keeps_the_others() -> None:
    piece = read_file("w2_row_with_grid_before.docx").pieces[0]
    assert piece.html == (
        "<table><tbody><tr><td>甲</td><td>乙</td><td>丙</td></tr>"
        "<tr><td></td><td>ずれ乙</td><td>ずれ丙</td></tr>"
        "<tr><td>前甲</td><td>前乙</td><td></td></tr></tbody></table>"
    )


def test_w3_a_deleted_paragraph_mark_ends_no_paragraph() -> None:
    assert read_file("w3_deleted_paragraph_mark.docx").pieces[0].html == "<p>前段落GG続きHH</p>"


@pytest.mark.parametrize(
    ("kinds", "levels"),
    [
        (["第1章", "1", "(1)", "ア", "①"], [1, 2, 3, 4, 5]),
        (["第1章", "(1)", "ア"], [1, 2, 3]),
        (["第1編", "第1章", "第1節", "1"], [1, 2, 3, 4]),
        (["1", "1.1", "1.1.1", "(1)"], [1, 2, 3, 4]),
        (["第1章", "1.1", "1", "(1)"], [1, 2, 3, 4]),
        (["第1", "1", "(1)", "ア", "(ア)"], [1, 2, 3, 4, 5]),
        (["(1)", "1"], [2, 1]),
        (["1", "①", "ア"], [1, 2, 3]),
        (["1.1", "(1)"], [2, 3]),
    ],
)
def test_levels_follow_the_ways_of_counting_a_file_has(kinds: list[str], levels: list[int]) -> None:
    found = levels_of(kinds)
    assert [found[kind] for kind in kinds] == levels


def numbered(made: Made, *levels: tuple[str, str], start: int = 1) -> None:
    """Define list 77, whose levels count in these forms and look so."""
    shown = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text) in enumerate(levels)
    )
    root = made.word.part.numbering_part.element
    kind = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{shown}</w:abstractNum>'
    root.find(qn("w:num")).addprevious(parse_xml(kind))
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )


def point(text: str, level: int = 0, look: str = "", listed: int = 77) -> str:
    shape = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{listed}"/></w:numPr>'
    return line(text, look, shape)


def test_automatic_numbers_make_levels() -> None:
    made = Made()
    numbered(made, ("decimal", "第%1章"), ("decimal", "(%2)"), ("aiueoFullWidth", "%3"))
    for text, level in (
        ("総則", 0),
        ("目的", 1),
        ("背景", 2),
        ("経緯", 2),
        ("体制", 0),
        ("役割", 1),
    ):
        made.block(point(text, level, "<w:b/>"))
    assert [(p.level, p.number, p.title) for p in made.read().pieces] == [
        (1, "第1章", "総則"),
        (2, "(1)", "目的"),
        (3, "ア", "背景"),
        (3, "イ", "経緯"),
        (1, "第2章", "体制"),
        (2, "(1)", "役割"),
    ]


@pytest.mark.parametrize(
    ("form", "text", "third"),
    [
        ("aiueoFullWidth", "%1", "ウ"),
        ("aiueo", "(%1)", "(ｳ)"),
        ("irohaFullWidth", "%1", "ハ"),
        ("decimalEnclosedCircle", "%1", "③"),
        ("decimalFullWidth", "（%1）", "（３）"),
        ("decimal", "%1)", "3)"),
        ("japaneseCounting", "%1、", "三、"),
        ("lowerRoman", "%1.", "iii."),
        ("upperLetter", "%1.", "C."),
        ("ideographTraditional", "%1", "丙"),
        ("none", "別紙", "別紙"),
    ],
)
def test_numbers_that_no_list_of_chapters_counts_become_text(
    made: Made, form: str, text: str, third: str
) -> None:
    numbered(made, (form, text))
    for word in ("一", "二", "三"):
        made.block(point(word))
    assert html_of(made).endswith(f"<p>{third}　三</p>")
    assert "自動の番号（①、ア、（1）など）は、文字として読みました" in said(made.read())


def test_plain_numbers_stay_a_list_that_begins_where_it_did(made: Made) -> None:
    numbered(made, ("decimal", "%1."), ("decimal", "(%2)"), start=3)
    made.block(point("三"))
    made.block(point("内", 1))
    made.block(point("四"))
    made.block(line("間"))
    made.block(point("五"))
    assert html_of(made) == (
        '<ol start="3"><li><p>三</p><p>(3)　内</p></li><li>四</li></ol><p>間</p>'
        '<ol start="5"><li>五</li></ol>'
    )


def test_a_list_that_begins_anew_does(made: Made) -> None:
    numbered(made, ("decimal", "%1."))
    again = (
        f'<w:num {nsdecls("w")} w:numId="78"><w:abstractNumId w:val="77"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    made.word.part.numbering_part.element.append(parse_xml(again))
    for text, listed in (("一", 77), ("二", 77), ("別の一", 78), ("別の二", 78)):
        made.block(point(text, listed=listed))
    assert html_of(made) == (
        "<ol><li>一</li><li>二</li></ol><ol><li>別の一</li><li>別の二</li></ol>"
    )


def test_numbers_in_a_cell_are_lines(made: Made) -> None:
    numbered(made, ("decimalEnclosedCircle", "%1"))
    made.block(f"<w:tbl><w:tblPr/><w:tr><w:tc>{point('一')}{point('二')}</w:tc></w:tr></w:tbl>")
    assert "<td>①　一<br>②　二</td>" in html_of(made)


def cell(text: str, facts: str = "") -> str:
    return f"<w:tc><w:tcPr>{facts}</w:tcPr>{line(text)}</w:tc>"


def row(*cells: str, facts: str = "") -> str:
    return f"<w:tr><w:trPr>{facts}</w:trPr>{''.join(cells)}</w:tr>"


def table(made: Made, *rows: str) -> str:
    made.block(f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>")
    html = html_of(made)
    return html.removeprefix("<table><tbody>").removesuffix("</tbody></table>")


BEGIN, ON = '<w:{}Merge w:val="restart"/>', "<w:{}Merge/>"


def test_cells_merged_in_the_old_way_are_one(made: Made) -> None:
    html = table(
        made,
        row(cell("横", BEGIN.format("h")), cell("", ON.format("h")), cell("c")),
        row(cell("a"), cell("b"), cell("c")),
    )
    assert html == (
        '<tr><td colspan="2">横</td><td>c</td></tr><tr><td>a</td><td>b</td><td>c</td></tr>'
    )


def test_a_cell_merged_both_ways_is_one(made: Made) -> None:
    both = BEGIN.format("h") + BEGIN.format("v")
    html = table(
        made,
        row(cell("角", both), cell("", ON.format("h") + BEGIN.format("v")), cell("c")),
        row(
            cell("", BEGIN.format("h") + ON.format("v")),
            cell("", ON.format("h") + ON.format("v")),
            cell("d"),
        ),
    )
    assert html == '<tr><td colspan="2" rowspan="2">角</td><td>c</td></tr><tr><td>d</td></tr>'


def test_a_cell_below_an_omitted_one_belongs_to_nothing_above(made: Made) -> None:
    html = table(
        made,
        row(cell("縦", BEGIN.format("v")), cell("b")),
        row(cell("c"), facts='<w:gridBefore w:val="1"/>'),
        row(cell("下", ON.format("v")), cell("d")),
    )
    assert html.endswith("<tr><td></td><td>c</td></tr><tr><td>下</td><td>d</td></tr>")


def test_words_below_a_merged_cell_are_named(made: Made) -> None:
    html = table(
        made,
        row(cell("縦", BEGIN.format("v")), cell("b")),
        row(cell("隠", ON.format("v")), cell("c")),
    )
    assert "隠" not in html
    assert "結合したセルの下に隠れている文字は読みません" in said(made.read())


def test_a_head_that_reaches_into_the_body_tears_no_column(made: Made) -> None:
    html = table(
        made,
        row(cell("縦", BEGIN.format("v")), cell("b"), facts="<w:tblHeader/>"),
        row(cell("", ON.format("v")), cell("c")),
    )
    assert html == '<tr><td rowspan="2">縦</td><td>b</td></tr><tr><td>c</td></tr>'


@pytest.mark.parametrize(
    ("facts", "note"),
    [("<w:hidden/>", "隠した行は読みません"), ("<w:del/>", "変更履歴で消された文字は読みません")],
)
@pytest.mark.parametrize("inner", [False, True])
def test_rows_that_are_not_there_are_named(made: Made, facts: str, note: str, inner: bool) -> None:
    rows = row(cell("残る")) + row(cell("旧番号"), facts=facts)
    if inner:
        rows = row(f"<w:tc><w:tbl><w:tblPr/>{rows}</w:tbl><w:p/></w:tc>")
    html = table(made, rows)
    assert "残る" in html and "旧番号" not in html
    assert note in said(made.read())


def test_a_cell_that_was_deleted_is_named(made: Made) -> None:
    gone = cell("旧番号", "<w:cellDel w:id='1' w:author='町'/>")
    html = table(made, row(cell("残る"), gone, cell("次")), row(cell("a"), cell("b")))
    assert html == "<tr><td>残る</td><td>次</td></tr><tr><td>a</td><td>b</td></tr>"
    assert "変更履歴で消された文字は読みません" in said(made.read())


@pytest.mark.parametrize("in_line", [True, False])
def test_what_a_control_asks_for_is_no_text(made: Made, in_line: bool) -> None:
    def control(facts: str) -> str:
        inner = run("ここをクリックして入力")
        content = inner if in_line else f"<w:p>{inner}</w:p>"
        return f"<w:sdt><w:sdtPr>{facts}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    for facts in ("<w:showingPlcHdr/>", '<w:showingPlcHdr w:val="0"/>'):
        made.block(f"<w:p>{run('所管：')}{control(facts)}</w:p>" if in_line else control(facts))
    assert html_of(made).count("ここをクリック") == 1
    assert "何も入力されていない入力欄" in said(made.read())


def style(made: Made, kind: str, facts: str) -> str:
    made.word.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="{kind}" w:styleId="Own{kind}">'
            f'<w:name w:val="町の書式{kind}"/><w:rPr>{facts}</w:rPr></w:style>'
        )
    )
    return f"Own{kind}"


def test_words_hidden_in_any_way_stay_out(made: Made) -> None:
    by_run = style(made, "character", "<w:vanish/>")
    made.raw(run("前") + run("旧番号", "<w:vanish/>") + run("後"))
    made.raw(run("前") + run("旧番号", f'<w:rStyle w:val="{by_run}"/>') + run("後"))
    by_line = style(made, "paragraph", "<w:vanish/>")
    made.block(line("旧番号", shape=f'<w:pStyle w:val="{by_line}"/>'))
    shown = f'<w:pStyle w:val="{by_line}"/>'
    made.block(line("見える", '<w:vanish w:val="0"/>', shown))
    assert html_of(made) == "<p>前後</p><p>前後</p><p>見える</p>"
    assert "隠し文字は読みません（3件）" in said(made.read())


def test_hidden_and_deleted_words_of_a_heading_and_a_note_stay_out(made: Made) -> None:
    gone = f"{run('旧番号', '<w:vanish/>')}<w:del><w:r><w:delText>旧称</w:delText></w:r></w:del>"
    made.block(f'<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr>{run("体制")}{gone}</w:p>')
    found = made.read()
    assert found.pieces[-1].title == "体制"
    for note in ("隠し文字は読みません", "変更履歴で消された文字は読みません"):
        assert note in said(found)


def test_bold_of_a_style_is_bold(made: Made) -> None:
    made.raw(run("前") + run("太い", f'<w:rStyle w:val="{style(made, "character", "<w:b/>")}"/>'))
    assert html_of(made) == "<p>前<strong>太い</strong></p>"


GONE = "<w:rPr><w:del/></w:rPr>"


@pytest.mark.parametrize("mark", ["<w:del/>", "<w:moveFrom/>", "<w:vanish/>"])
def test_paragraphs_whose_ends_are_gone_are_one(made: Made, mark: str) -> None:
    for text, gone in (("一", True), ("二", True), ("三", False), ("四", False)):
        made.block(line(text, shape=f"<w:rPr>{mark if gone else ''}</w:rPr>"))
    assert html_of(made) == "<p>一二三</p><p>四</p>"


def test_a_heading_stays_one_when_a_blank_line_below_it_was_deleted(made: Made) -> None:
    made.block(line("第2章　体制", shape=f'<w:pStyle w:val="Heading1"/>{GONE}'))
    made.block("<w:p/>")
    made.block(line("本文"))
    piece = made.read().pieces[-1]
    assert (piece.title, piece.level, piece.html) == ("体制", 1, "<p>本文</p>")


def test_a_paragraph_deleted_as_a_whole_leaves_nothing(made: Made) -> None:
    gone = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    made.block(f"<w:p><w:pPr>{GONE}</w:pPr>{gone}</w:p>")
    made.block(line("新"))
    assert html_of(made) == "<p>新</p>"
    assert "変更履歴で消された文字は読みません" in said(made.read())


def test_the_reading_of_a_heading_is_named(made: Made) -> None:
    ruby = f"<w:ruby><w:rt>{run('だいたい')}</w:rt><w:rubyBase>{run('代替')}</w:rubyBase></w:ruby>"
    made.block(f'<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r>{ruby}</w:r>{run("拠点")}</w:p>')
    made.block(f"<w:p><w:r>{ruby}</w:r>{run('拠点')}</w:p>")
    found = made.read()
    assert (found.pieces[-1].title, found.pieces[-1].html) == (
        "代替拠点",
        "<p>代替（だいたい）拠点</p>",
    )
    assert "見出しのふりがなは読みません" in said(found)


@pytest.mark.parametrize(
    ("look", "name"), [('<w:em w:val="dot"/>', "傍点"), ('<w:bdr w:val="single"/>', "囲み線")]
)
def test_looks_that_chapters_have_not_are_named(made: Made, look: str, name: str) -> None:
    made.raw(run("字", look))
    assert f"{name}は取り込みません。文字は読みました" in said(made.read())


def test_every_number_of_a_kind_is_counted_once() -> None:
    """A file of tables, boxes and lists counts a paragraph once, also one written in two forms."""
    made = Made()
    numbered(made, ("aiueoFullWidth", "%1"))
    box: Any = f"<w:txbxContent>{point('枠')}</w:txbxContent>"
    two = (
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    made.block(f"<w:p><w:r>{two}</w:r></w:p>")
    made.block(point("後"))
    assert made.read().pieces[0].html == "<p>ア　枠</p><p>イ　後</p>"

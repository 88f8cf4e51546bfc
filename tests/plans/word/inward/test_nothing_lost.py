"""Whatever a paragraph of a Word file stands in, its text comes once; what does not come is named."""

from itertools import product

import pytest

from plans.printing.glyphs import set_text
from plans.text.cleaning import clean_body
from plans.word.inward.findings import Findings
from plans.word.inward.symbols import SIGNS, sign
from tests.plans.word.inward.making import BLACK_BOX, Made, said

BLOCKS = {
    "body": "{0}",
    "control": "<w:sdt><w:sdtPr/><w:sdtContent>{0}</w:sdtContent></w:sdt>",
    "own XML": "<w:customXml><w:customXmlPr/>{0}</w:customXml>",
    "cell": "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tcPr/>{0}</w:tc></w:tr></w:tbl>",
    "controlled row": "<w:tbl><w:tblPr/><w:customXml><w:tr><w:tc><w:sdt><w:sdtContent>{0}"
    "</w:sdtContent></w:sdt></w:tc></w:tr></w:customXml></w:tbl>",
    "inner table": "<w:tbl><w:tblPr/><w:tr><w:tc><w:tbl><w:tblPr/><w:tr><w:tc>{0}</w:tc></w:tr>"
    "</w:tbl><w:p/></w:tc></w:tr></w:tbl>",
}
LINES = {
    "run": "<w:p>{0}</w:p>",
    "control": "<w:p><w:sdt><w:sdtPr/><w:sdtContent>{0}</w:sdtContent></w:sdt></w:p>",
    "own XML": "<w:p><w:customXml>{0}</w:customXml></w:p>",
    "added": "<w:p><w:ins>{0}</w:ins></w:p>",
    "moved here": "<w:p><w:moveTo>{0}</w:moveTo></w:p>",
    "field": "<w:p><w:fldSimple>{0}</w:fldSimple></w:p>",
    "link": "<w:p><w:hyperlink>{0}</w:hyperlink></w:p>",
    "box": "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>{0}</w:p></w:txbxContent>"
    "</v:textbox></v:shape></w:pict></w:r></w:p>",
    "box in two forms": f"<w:p>{BLACK_BOX.replace('<w:r><w:t>枠の中の文</w:t></w:r>', '{0}')}</w:p>",
    "heading": '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr>{0}</w:p>',
    "box of a heading": '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>節</w:t></w:r>'
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>{0}</w:p></w:txbxContent></v:textbox>"
    "</v:shape></w:pict></w:r></w:p>",
}  # fmt: skip
WORD = "<w:r><w:t>ことば</w:t></w:r>"


def everything(found: Findings) -> str:
    return "\n".join(f"{piece.title}\n{piece.html}" for piece in found.pieces)


@pytest.mark.parametrize(("block", "line"), [*product(BLOCKS, LINES)])
def test_text_comes_once_wherever_it_stands(made: Made, block: str, line: str) -> None:
    made.block(BLOCKS[block].format(LINES[line].format(WORD)))
    assert everything(made.read()).count("ことば") == 1


def test_a_heading_keeps_its_pictures_notes_and_boxes_out_of_its_title(made: Made) -> None:
    heading = made.word.add_heading("体制", 2)
    for xml in (BLACK_BOX, "<w:ruby><w:rt>{0}</w:rt><w:rubyBase>{1}</w:rubyBase></w:ruby>"):
        runs = [f"<w:r><w:t>{text}</w:t></w:r>" for text in ("ず", "図")]
        made.block(f"<w:p><w:r>{xml.format(*runs)}</w:r></w:p>")
        last = made.word.element.body[-2]
        heading._p.append(last[0])
        made.word.element.body.remove(last)
    made.raw("<w:r><w:t>下の文</w:t></w:r>")
    piece = made.read().pieces[-1]
    assert piece.title == "体制図"
    assert piece.html == "<p>枠の中の文</p><p>下の文</p>"


def test_what_stands_between_paragraphs_is_read_or_named(made: Made) -> None:
    made.block("<m:oMathPara><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></m:oMathPara>")
    made.block("<w:subDoc/>")
    found = made.read()
    assert "<p>x=1</p>" in found.pieces[0].html
    assert "「第1章　総則」：読めない部分があります" in said(found)


def test_rows_that_were_removed_are_named(made: Made) -> None:
    table = made.word.add_table(rows=2, cols=1)
    table.cell(0, 0).text, table.cell(1, 0).text = "残る", "消した"
    row = table.rows[1]._tr.get_or_add_trPr()
    row.append(row.makeelement(row.tag.replace("trPr", "del"), {}))
    found = made.read()
    assert "残る" in found.pieces[0].html and "消した" not in found.pieces[0].html
    assert "変更履歴で消された文字" in said(found)


def field(code: str, shown: str, form: str = "") -> str:
    begin, middle, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'
        for kind, inner in (("begin", form), ("separate", ""), ("end", ""))
    )
    text = f"{middle}<w:r><w:rPr><w:b/></w:rPr><w:t>{shown}</w:t></w:r>" if shown else ""
    return f"{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{text}{end}"


def test_fields_give_links_boxes_to_tick_and_chosen_lines(made: Made) -> None:
    made.raw(field(' HYPERLINK \\h "https://example.jp/?a=1&amp;b" ', "こちら"))
    for state in ('<w:checked w:val="1"/>', '<w:default w:val="0"/>'):
        made.raw(
            field(" FORMCHECKBOX ", "", f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>")
        )
    lines = '<w:result w:val="1"/><w:listEntry w:val="震度5"/><w:listEntry w:val="震度6"/>'
    made.raw(field(" FORMDROPDOWN ", "", f"<w:ffData><w:ddList>{lines}</w:ddList></w:ffData>"))
    html = made.read().pieces[0].html
    assert html == (
        '<p><a href="https://example.jp/?a=1&amp;b"><strong>こちら</strong></a></p>'
        "<p>✓</p><p>□</p><p>震度6</p>"
    )
    assert clean_body(html) == html


def test_a_link_that_a_field_leaves_open_ends_with_its_paragraph(made: Made) -> None:
    link = field(' HYPERLINK "https://example.jp/" ', "二つの")
    begin, end = link[: link.rindex("<w:r>")], link[link.rindex("<w:r>") :]
    made.raw(begin)
    made.raw(f"<w:r><w:t>段落</w:t></w:r>{end}<w:r><w:t>後</w:t></w:r>")
    html = made.read().pieces[0].html
    assert html.endswith("</strong></a></p><p>段落後</p>")


def test_what_only_word_can_draw_or_show_is_named(made: Made) -> None:
    made.raw(field(r" EQ \o\ad(\s\up 9(さんしゅう),参集) ", ""))
    for mark in ("<w:strike/>", '<w:vertAlign w:val="superscript"/>', "<w:highlight/>"):
        made.raw(f"<w:r><w:rPr>{mark}</w:rPr><w:t>字</w:t></w:r>")
    notes = said(made.read())
    assert "「第1章　総則」：囲み文字など" in notes
    for look in ("取り消し線", "上付き", "蛍光ペン"):
        assert f"「文書全体」：{look}は取り込みません。文字は読みました" in notes


def test_signs_of_check_sheets_are_read_and_others_named(made: Made) -> None:
    for font, place in (("Wingdings", "F0FE"), ("Wingdings 2", "F0A3"), ("Symbol", "B7")):
        made.raw(f'<w:r><w:sym w:font="{font}" w:char="{place}"/></w:r>')
    for font in ("Wingdings", "町の書体"):
        made.raw(f'<w:r><w:rPr><w:rFonts w:ascii="{font}"/></w:rPr><w:t>\uf0fc\uf0ff</w:t></w:r>')
    assert made.read().pieces[0].html == (
        "<p>✓</p><p>□</p><p>・</p><p>✓\uf0ff</p><p>\uf0fc\uf0ff</p>"
    )
    assert "記号" not in said(made.read())
    for font, place in (("Wingdings", "F0FF"), ("町の書体", "F0FE"), ("Symbol", "?")):
        made.raw(f'<w:r><w:sym w:font="{font}" w:char="{place}"/></w:r>')
    assert "「第1章　総則」：特別な記号の文字は読めません（3件）" in said(made.read())


def test_signs_that_are_put_for_others_can_be_printed() -> None:
    assert set_text(
        "".join(sign(font, f"{place:x}") for font, signs in SIGNS.items() for place in signs)
    )


def test_another_way_of_counting_is_named(made: Made) -> None:
    made.word.add_paragraph("一", style="List Number")
    assert "番号" not in said(made.read())
    made.word.add_paragraph("間の文")
    made.word.add_paragraph("二", style="List Number")
    found = made.read()
    assert found.pieces[0].html.endswith('<p>間の文</p><ol start="2"><li>二</li></ol>')
    assert "番号" not in said(found)
    root = made.word.part.numbering_part.element
    for form in root.iter(f"{{{root.nsmap['w']}}}numFmt"):
        form.set(f"{{{root.nsmap['w']}}}val", "decimalEnclosedCircle")
    found = made.read()
    assert "自動の番号（①、ア、（1）など）は、文字として読みました" in said(found)
    assert found.pieces[0].html.endswith("<p>①.　一</p><p>間の文</p><p>②.　二</p>")

"""What is pasted into a chapter keeps its numbers, readings, weights and cells, and every loss is said."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_chapter_editor import editor, paste, write

__all__ = ["editor"]

FILES = Path(__file__).parent / "files"
pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.e2e.test_chapter_editor")]


def pasted(page: Page, html: str) -> tuple[str, str]:
    """Return the text that a chapter holds after pasting, and what the person is told."""
    write(page, "<p></p>")
    paste(page, html)
    body = page.locator("#id_body").input_value()
    return body, page.locator(".chapter-status").text_content() or ""


def check(page: Page, cases: dict[str, tuple[str, str, str]]) -> None:
    """Compare what each HTML becomes; "" for what is told means that nothing is."""
    for name, (html, body, told) in cases.items():
        got, said = pasted(page, html)
        assert got == body, name
        assert told in said, name
        assert bool(said) == bool(told), f"{name}: {said}"


def word(mark: str, text: str, level: int = 1, font: str = "") -> str:
    """Return a point as Word puts it on the clipboard."""
    return (
        f"<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'><![if !supportLists]>"
        f"<span style='mso-list:Ignore;{font}'>{mark}<span>&nbsp;&nbsp;</span></span><![endif]>"
        f"{text}<o:p></o:p></p>"
    )


AS_TEXT = "文字として入れました"


def test_the_files_of_the_findings(editor: Page) -> None:
    said = {
        "paste_list_from_3.html": (
            '<ol start="3"><li><p>三番目の手順</p></li><li><p>四番目の手順</p></li></ol>'
        ),
        "paste_bold_wrapper.html": "<p><strong>太い</strong>普通</p>",
        "paste_ruby.html": "<p>代替（だいたい）拠点</p>",
    }
    check(
        editor,
        {name: ((FILES / name).read_text("utf-8"), body, "") for name, body in said.items()},
    )


def test_numbers_of_lists_stay(editor: Page) -> None:
    circled = word("①", "電源") + word("②", "通信")
    check(
        editor,
        {
            "circled": (circled, "<p>①　電源</p><p>②　通信</p>", AS_TEXT),
            "kana": (word("ア", "庁舎"), "<p>ア　庁舎</p>", AS_TEXT),
            "brackets": (word("(3)", "訓練"), "<p>(3)　訓練</p>", AS_TEXT),
            "chapter": (word("第２章", "体制"), "<p>第２章　体制</p>", AS_TEXT),
            "parted": (word("1-2", "体制"), "<p>1-2　体制</p>", AS_TEXT),
            "note": (word("※", "別紙"), "<p>※　別紙</p>", ""),
            "full width": (word("３．", "三"), '<ol start="3"><li><p>三</p></li></ol>', ""),
            "bullets": (
                word("l", "点", font="font-family:Wingdings") + word("・", "次"),
                "<ul><li><p>点</p></li><li><p>次</p></li></ul>",
                "",
            ),
            "interrupted": (
                word("1.", "一") + "<p>間</p>" + word("2.", "二"),
                '<ol><li><p>一</p></li></ol><p>間</p><ol start="2"><li><p>二</p></li></ol>',
                "",
            ),
            "jump": (
                word("1.", "一") + word("5.", "五"),
                '<ol><li><p>一</p></li></ol><ol start="5"><li><p>五</p></li></ol>',
                "",
            ),
            "inner": (
                word("1.", "一") + word("(1)", "内", 2) + word("2.", "二"),
                "<ol><li><p>一</p><p>(1)　内</p></li><li><p>二</p></li></ol>",
                AS_TEXT,
            ),
            "inner numbers": (
                word("2.", "二") + word("3.", "内", 2) + word("3.", "三"),
                '<ol start="2"><li><p>二</p><ol start="3"><li><p>内</p></li></ol></li>'
                "<li><p>三</p></li></ol>",
                "",
            ),
            "start": (
                "<ol start=4 type=1><li>四</li><li value=9>九</li></ol>",
                '<ol start="4"><li><p>四</p></li></ol><ol start="9"><li><p>九</p></li></ol>',
                "",
            ),
            "letters": (
                "<ol type=a start=2><li>b</li><li><p>c</p></li></ol>",
                "<p>b.　b</p><p>c.　c</p>",
                AS_TEXT,
            ),
            "style": (
                "<style>ol.k{list-style-type:katakana}</style><ol class=k><li>一<li>二</ol>",
                "<p>ア　一</p><p>イ　二</p>",
                AS_TEXT,
            ),
            "google": (
                '<ol start="2"><li style="list-style-type:lower-roman" aria-level="1">'
                "<p><span>二</span></p></li></ol>",
                "<p>ii.　二</p>",
                AS_TEXT,
            ),
            "inner letters": (
                "<ol><li>一<ol type=A><li>内</ol><li>二</ol>",
                "<ol><li><p>一</p><p>A.　内</p></li><li><p>二</p></li></ol>",
                AS_TEXT,
            ),
            "beside points": (
                "<ul><li>一</li><ol start=2><li>内</li></ol></ul>",
                '<ul><li><p>一</p><ol start="2"><li><p>内</p></li></ol></li></ul>',
                "",
            ),
            "as Chrome hands Word on": (
                word("3.", "三")
                .replace("<![if !supportLists]>", "<!--[if !supportLists]-->")
                .replace("<![endif]>", "<!--[endif]-->")
                + "<!--[if gte mso 9]><xml>x</xml><![endif]-->",
                '<ol start="3"><li><p>三</p></li></ol>',
                "",
            ),
            "Word on the web": (
                '<div><ol start="2"><li data-leveltext="(%1)"><p>二</p></li></ol></div>'
                '<div><ol start="3"><li data-leveltext="%1."><p>三</p></li></ol></div>',
                '<p>(2)　二</p><ol start="3"><li><p>三</p></li></ol>',
                AS_TEXT,
            ),
            "without marks": (
                "<ul style='list-style:none'><li>一</li><li><p>二</p></li></ul>",
                "<p>一</p><p>二</p>",
                "",
            ),
            "to tick": (
                '<ul><li role="checkbox" aria-checked="true"><img src="data:x"><p>済</p></li></ul>',
                "<ul><li><p>✓済</p></li></ul>",
                "",
            ),
            "unknown": (
                "<ol style='list-style-type:armenian'><li>一</li></ol>",
                "<ol><li><p>一</p></li></ol>",
                "読めない形の番号",
            ),
            "backwards": (
                "<ol reversed><li>二<li>一</ol>",
                "<p>2.　二</p><p>1.　一</p>",
                AS_TEXT,
            ),
        },
    )


def test_only_what_looked_bold_is_bold(editor: Page) -> None:
    check(
        editor,
        {
            "reset": (
                "<p><b>太<span style='font-weight:normal'>細</span></b></p>",
                "<p><strong>太</strong>細</p>",
                "",
            ),
            "strong": ("<p><strong style='font-weight:400'>細</strong></p>", "<p>細</p>", ""),
            "sheet": (
                "<style><!--\n.x{font-weight:700;font-style:italic}\n--></style>"
                "<table><tr><td class=x>太</td></tr></table>",
                "<table><tbody><tr><td><p><strong><em>太</em></strong></p></td></tr></tbody></table>",
                "",
            ),
            "short": (
                "<p><span style='font:bold 12pt serif'>太</span></p>",
                "<p><strong>太</strong></p>",
                "",
            ),
            "line": (
                "<p><u style='text-decoration:none'>無</u><u>有</u></p>",
                "<p>無<u>有</u></p>",
                "",
            ),
            "added": ("<p><ins cite='x'>足した</ins></p>", "<p>足した</p>", ""),
            "heading": (
                "<h2><span style='font-weight:400'>題</span></h2>",
                "<p><strong>題</strong></p>",
                "見出し（「題」）は、太字の行にしました",
            ),
        },
    )


def test_readings_stand_behind_their_words(editor: Page) -> None:
    check(
        editor,
        {
            "word": (
                "<p><ruby lang=X><rb>親</rb><rt style='font-size:5pt'>おや</rt></ruby>文字</p>",
                "<p>親（おや）文字</p>",
                "",
            ),
            "brackets": (
                "<p><ruby>代<rp>(</rp><rt>だい</rt><rp>)</rp>替<rt>たい</rt></ruby></p>",
                "<p>代（だい）替（たい）</p>",
                "",
            ),
            "lines": (
                "<p><ruby>\n 代替\n <rt>だいたい</rt>\n</ruby>拠点</p>",
                "<p>代替（だいたい）拠点</p>",
                "",
            ),
        },
    )


def test_hidden_and_deleted_words_stay_out_and_are_said(editor: Page) -> None:
    cases = {
        "none": "<span style='display:none;mso-hide:all'>旧番号</span>",
        "word": "<span style='mso-hide:all'>旧番号</span>",
        "class": "<style>span.h{mso-hide:all}</style><span class=h>旧番号</span>",
        "attribute": "<span hidden>旧番号</span>",
        "deleted": "<del cite='mailto:x' datetime='2026'>旧番号</del>",
        "tracked": "<span class=msoDel>旧番号</span>",
    }
    for name, html in cases.items():
        body, said = pasted(editor, f"<p>前{html}後</p>")
        assert body == "<p>前後</p>", name
        assert "旧番号" in said and "除きました" in said, name
    body, said = pasted(editor, "<p>前</p><div style='display:none'><p>旧番号</p></div><p>後</p>")
    assert body == "<p>前</p><p>後</p>" and "隠し文字（「旧番号」）は除きました" in said


def test_cells_keep_their_columns(editor: Page) -> None:
    def table(rows: str) -> str:
        return f"<table><tbody>{rows}</tbody></table>"

    check(
        editor,
        {
            "merged": (
                "<table><tr><td rowspan=2>縦<td colspan=2>横</tr><tr><td>a<td>b</tr></table>",
                table(
                    '<tr><td rowspan="2"><p>縦</p></td><td colspan="2"><p>横</p></td></tr>'
                    "<tr><td><p>a</p></td><td><p>b</p></td></tr>"
                ),
                "",
            ),
            "to the end": (
                "<table><tr><td rowspan=0>縦<td>a</tr><tr><td>b</tr></table>",
                table(
                    '<tr><td rowspan="2"><p>縦</p></td><td><p>a</p></td></tr>'
                    "<tr><td><p>b</p></td></tr>"
                ),
                "",
            ),
            "hidden row": (
                "<table><tr><td rowspan=3>縦<td>a</tr><tr style='display:none'><td>隠</tr>"
                "<tr><td>c</tr></table>",
                table(
                    '<tr><td rowspan="2"><p>縦</p></td><td><p>a</p></td></tr>'
                    "<tr><td><p>c</p></td></tr>"
                ),
                "隠した行・列の文字（「隠」）は除きました",
            ),
            "merged from a hidden row": (
                "<table><tr style='display:none'><td>x<td rowspan=2>縦</tr><tr><td>a</tr></table>",
                table("<tr><td><p>a</p></td><td><p>縦</p></td></tr>"),
                "「x」",
            ),
            "hidden column": (
                "<table><col><col style='display:none'><col><tr><td colspan=3>題</tr>"
                "<tr><td>a<td>隠<td>c</tr></table>",
                table(
                    '<tr><td colspan="2"><p>題</p></td></tr><tr><td><p>a</p></td><td><p>c</p></td></tr>'
                ),
                "「隠」",
            ),
            "running over": (
                "<table><tr><td colspan=2 style='mso-ignore:colspan'>長い</td></tr>"
                "<tr><td>a<td>b</tr></table>",
                table(
                    "<tr><td><p>長い</p></td><td><p></p></td></tr>"
                    "<tr><td><p>a</p></td><td><p>b</p></td></tr>"
                ),
                "",
            ),
            "inner": (
                "<table><tr><td>外<table><tr><td>甲<td><p>乙</p><p>丙</p></tr></table></td></tr></table>",
                table("<tr><td><p>外</p><p>甲　乙　丙</p></td></tr>"),
                "表の中の表は、文字の行にしました",
            ),
        },
    )


def test_what_stands_beside_the_text_comes_or_is_named(editor: Page) -> None:
    word_note = (
        "<p>本文<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'><span>[1]</span></a>。</p>"
        "<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr><![endif]>"
        "<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>"
        "<a href='#_ftnref1' name='_ftn1'>[1]</a> 注の文</p></div></div>"
    )
    google = (
        '<p>本文<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>。</p><hr><div><p>'
        '<a href="#ftnt_ref1" id="ftnt1">[1]</a><span> 注の文</span></p></div>'
    )
    office = (
        '<p>本文<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup>'
        '</a>。</p><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" '
        'name="sdfootnote1sym" href="#sdfootnote1anc">1</a>注の文</p></div>'
    )
    note, box = "<p>本文（注：注の文）。</p>", "<p>前</p><p>枠の文</p><p>後</p>"
    drawn = (
        "<p>前<!--[if gte vml 1]><v:shape><v:textbox><![if !mso]><table><tr><td><![endif]><div>"
        "<p class=MsoNormal>枠の文</p></div></v:textbox></v:shape><![endif]--></p><p>後</p>"
    )
    check(
        editor,
        {
            "word note": (word_note, note, "（注：…）"),
            "google note": (google, note, "（注：…）"),
            "office note": (office, note, "（注：…）"),
            "note outside": (
                "<p>本文<a href='#_ftn3'>[3]</a>。</p>",
                "<p>本文。</p>",
                "脚注の番号（「[3]」）",
            ),
            "box": (drawn, box, "文字の枠（テキストボックス）の文字（「枠の文」）"),
            "comment": (
                "<p>本文<span class=MsoCommentReference><a href='#_msocom_1'>[甲1]</a></span></p>"
                "<div style='mso-element:comment-list'><p class=MsoCommentText>直す</p></div>",
                "<p>本文</p>",
                "コメントは除きました",
            ),
            "struck": (
                "<p><s>旧</s>新<span style='text-decoration:line-through'>古</span></p>",
                "<p>旧新古</p>",
                "取り消し線は付きません。線のあった文字（「旧」ほか1か所）",
            ),
            "raised": ("<p>m<sup>2</sup></p>", "<p>m2</p>", "上付き・下付きの文字（「2」）"),
            "lit": ("<p><mark>光</mark></p>", "<p>光</p>", "蛍光ペン"),
            "boxes to tick": (
                "<p><input type=checkbox checked>済<input type=checkbox>未</p>",
                "<p>✓済□未</p>",
                "",
            ),
            "choice": ("<p><select><option>甲<option selected>乙</select></p>", "<p>乙</p>", ""),
            "film": ("<p>文</p><video src='/a'></video>", "<p>文</p>", "動画・音声"),
            "lines": ("<pre>一\n二</pre>", "<p>一<br>二</p>", ""),
            "inner link": (
                "<p><a href='#x'>上</a><a href='https://a.example/'>外</a></p>",
                '<p>上<a href="https://a.example/">外</a></p>',
                "",
            ),
        },
    )


def test_a_table_among_other_text_becomes_lines_in_a_cell(editor: Page) -> None:
    write(editor, "<table><tbody><tr><td><p>元</p></td><td><p>右</p></td></tr></tbody></table>")
    editor.locator(".chapter-text td p").first.click()
    editor.keyboard.press("End")
    paste(editor, "<div><p>前</p><table><tr><td>甲<td>乙</tr></table></div>")
    expect(editor.locator(".chapter-status")).to_contain_text("貼り付けた表は文字の行にしました")
    body = editor.locator("#id_body").input_value()
    assert body.count("<table>") == 1 and "<p>甲　乙</p>" in body and "<p>右</p>" in body


def test_what_is_said_ends_with_the_next_paste(editor: Page) -> None:
    _body, said = pasted(editor, "<p>前<del>旧</del></p>")
    assert (
        said
        == "貼り付けたときに変わった所があります。変更履歴で消された文字（「旧」）は除きました。"
    )
    paste(editor, "<p>何も失わない文</p>")
    expect(editor.locator(".chapter-status")).to_have_text("")


def test_what_the_editor_itself_copied_comes_back(editor: Page) -> None:
    html = (
        '<ol start="3"><li><p><strong>三</strong></p></li></ol><p><a href="#chapter-x">1章</a>'
        '<span data-term="5e5cf2b8-3f1c-4f1f-8a3b-111111111111">用語</span></p>'
    )
    body, said = pasted(editor, html.replace("<ol ", '<ol data-pm-slice="0 0 []" '))
    assert body == html and not said


def test_what_was_said_of_the_paste_before_goes(editor: Page) -> None:
    _, said = pasted(editor, "<p>見</p><svg><text>図</text></svg>")
    assert said
    editor.locator(".ProseMirror").evaluate(
        """(surface) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", "一行目\\n二行目");
          surface.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }"""
    )
    expect(editor.locator(".chapter-status")).to_have_text("")
    assert "二行目" in editor.locator("#id_body").input_value()


def test_a_row_whose_cells_are_all_hidden_goes(editor: Page) -> None:
    hidden = "style='display:none'"
    html = (
        "<table><tr><td rowspan=3>甲</td><td>一</td></tr><tr><td>二</td></tr>"
        f"<tr><td {hidden}>三</td></tr><tr><td {hidden} colspan=2>隠</td></tr></table>"
    )
    body, said = pasted(editor, html)
    assert body.count("<tr>") == 2 and 'rowspan="2"' in body and "隠" not in body
    assert "隠した行・列" in said

"""The lines of the table, and the files that people take away."""

import io
import time
import zipfile
from unittest.mock import patch

from docx import Document as WordDocument
from docx.oxml.ns import qn
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from plans.comparison.comparison_print import comparison_part
from plans.comparison.document_comparison import compare
from plans.comparison.excel import excel_file
from plans.comparison.layout import ComparisonHead, Layout
from plans.comparison.line import ComparisonLine, LineKind
from plans.comparison.lines import entries_of, lines_of
from plans.comparison.word import word_file
from plans.document.document import Document
from tests.plans.comparison.documents import annex, document, row, section, table
from tests.plans.comparison.texts import marked

TEXT = "<p>原則を定める。職員は{}に参集する。</p>"
OLD = document(
    section("z", "総則"),
    section("a", "参集", TEXT.format("市民会館"), number="2"),
    section("b", "受援", "<p>応援を求める。</p>", number="3"),
    annex(table(row("1", "住民記録", 72), row("2", "税務"), row("3", "福祉"))),
)
NEW = document(
    section("z", "総則"),
    section("a", "参集", TEXT.format("中央公民館"), number="2"),
    section("c", "公表", "<p>計画を公表する。</p>", number="3"),
    annex(table(row("3", "福祉"), row("1", "住民記録", 24), row("4", "=防災", 1))),
)
SHEET = ComparisonHead(
    "見本市", "見本計画", "改定案", "第2版", "令和8年7月1日", Layout("改正案", "現行")
)


def said(lines: list[ComparisonLine]) -> list[tuple[str, str, str, str]]:
    return [(line.kind.value, marked(line.new), marked(line.old), line.remark) for line in lines]


def test_the_lines_of_the_table() -> None:
    assert said(lines_of(compare(OLD, NEW))) == [
        ("omitted", "（略）", "（略）", ""),
        ("heading", "2　参集", "2　参集", ""),
        ("omitted", "（略）", "（略）", ""),
        ("text", "職員は〔中央公民館〕に参集する。", "職員は〔市民会館〕に参集する。", "変更"),
        ("heading", "（削る）", "3　〔受援〕", "削る"),
        ("text", "", "〔応援を求める。〕", ""),
        ("heading", "3　〔公表〕", "（新設）", "新設"),
        ("text", "〔計画を公表する。〕", "", ""),
        ("heading", "様式17　重要情報システム一覧", "様式17　重要情報システム一覧", ""),
        ("row", "福祉／本庁舎（1行目）", "福祉／本庁舎（3行目）", "行の移動"),
        (
            "row",
            "住民記録／本庁舎（2行目）\n目標復旧時間：〔24時間〕",
            "住民記録／本庁舎（1行目）\n目標復旧時間：〔72時間〕",
            "変更",
        ),
        (
            "row",
            "（削る）",
            "システム名：〔税務〕\n目標復旧時間：〔24時間〕\n設置場所：〔本庁舎〕",
            "行を削る",
        ),
        (
            "row",
            "システム名：〔=防災〕\n目標復旧時間：〔1時間〕\n設置場所：〔本庁舎〕",
            "（新設）",
            "行の新設",
        ),
    ]


def test_the_list_of_changes_leads_to_the_headings() -> None:
    comparison = compare(OLD, NEW)
    entries = entries_of(comparison)
    assert [(entry.heading, entry.remark) for entry in entries] == [
        ("2 参集", "変更（文1）"),
        ("3 受援", "削る"),
        ("3 公表", "新設"),
        ("様式17 重要情報システム一覧", "変更（行4）"),
    ]
    anchors = {line.anchor for line in lines_of(comparison)}
    assert {entry.anchor for entry in entries} <= anchors


def test_a_moved_part_says_where_from() -> None:
    leaf = section("x", "連絡", "<p>電話による。</p>", level=2, number="(1)")
    old = document(section("a", "平時", children=(leaf,)), section("b", "非常時"))
    new = document(section("a", "平時"), section("b", "非常時", children=(leaf,)))
    lines = [line for line in lines_of(compare(old, new)) if line.remark]
    assert [(marked(line.new), line.remark) for line in lines] == [
        ("(1)　連絡", "移動（「1 平時」から）")
    ]


def test_a_blank_cell_is_called_blank() -> None:
    old, new = (document(annex(table(row("1", "税", mobile=tel)))) for tel in ("", "090-1"))
    (line,) = [line for line in lines_of(compare(old, new)) if line.kind is LineKind.ROW]
    assert marked(line.old).endswith("携帯電話：（空欄）")
    assert marked(line.new).endswith("携帯電話：〔090-1〕")


def test_word_has_real_underlines_and_heads_that_repeat() -> None:
    content = word_file(lines_of(compare(OLD, NEW)), SHEET)
    word = WordDocument(io.BytesIO(content))
    (found,) = word.tables
    assert [cell.text for cell in found.rows[0].cells] == ["改正案", "現行", "備考"]
    assert found.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    left, right, _ = found.rows[4].cells
    assert [run.text for run in left.paragraphs[0].runs if run.underline] == ["中央公民館"]
    assert [run.text for run in right.paragraphs[0].runs if run.underline] == ["市民会館"]
    assert left.text == "職員は中央公民館に参集する。"
    assert word.core_properties.title == "見本計画　新旧対照表"


def test_the_same_comparison_is_the_same_word_file_on_another_day() -> None:
    lines = lines_of(compare(OLD, NEW))
    first = word_file(lines, SHEET)
    with patch("time.time", return_value=time.time() + 86_400):
        assert word_file(lines, SHEET) == first


def test_excel_has_real_underlines_and_never_a_formula() -> None:
    content = excel_file(lines_of(compare(OLD, NEW)), SHEET)
    page = load_workbook(io.BytesIO(content), rich_text=True).active
    assert [page.cell(4, column).value for column in (1, 2, 3)] == ["改正案", "現行", "備考"]
    cell = page["A8"].value
    assert isinstance(cell, CellRichText)
    assert str(cell) == "職員は中央公民館に参集する。"
    underlined = [block.text for block in cell if isinstance(block, TextBlock) and block.font.u]
    assert underlined == ["中央公民館"]
    assert (page.freeze_panes, page.print_title_rows) == ("A5", "$4:$4")
    assert (
        "<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    )


def test_the_columns_stand_in_the_order_of_the_municipality() -> None:
    other = ComparisonHead(
        "見本市", "計画", "改定案", "第2版", "", Layout("後", "前", new_first=False)
    )
    found = WordDocument(io.BytesIO(word_file(lines_of(compare(OLD, NEW)), other))).tables[0]
    assert [cell.text for cell in found.rows[0].cells] == ["前", "後", "備考"]
    assert found.rows[4].cells[0].text == "職員は市民会館に参集する。"
    assert other.subtitle == "前：第2版　後：改定案"


def test_the_printed_table_underlines_and_repeats_its_heads() -> None:
    part = comparison_part(lines_of(compare(OLD, NEW)), SHEET)
    (flow,) = part.flows
    assert "<u>中央公民館</u>" in "".join(flow.rows)
    assert "改正案" in flow.continued
    assert "<" not in "".join(marked(line.new) for line in lines_of(compare(OLD, NEW)))


def test_two_equal_documents_say_so_in_every_file() -> None:
    none: list[ComparisonLine] = []
    assert "違いはありません" in comparison_part(none, SHEET).flows[0].html()
    word = WordDocument(io.BytesIO(word_file(none, SHEET)))
    assert any("違いはありません" in paragraph.text for paragraph in word.paragraphs)
    assert excel_file(none, SHEET)


def test_a_cell_longer_than_excel_can_hold_is_cut_and_says_so() -> None:
    long = Document.from_json(
        document(section("z", "総則"), section("a", "長", f"<p>{'文' * 40_000}</p>")).to_json()
    )
    page = load_workbook(
        io.BytesIO(excel_file(lines_of(compare(document(section("z", "総則")), long)), SHEET))
    ).active
    longest = max((str(cell.value or "") for cells in page.iter_rows() for cell in cells), key=len)
    assert len(longest) <= 32_767
    assert "Word又はPDF" in longest

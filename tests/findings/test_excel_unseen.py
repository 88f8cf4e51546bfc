"""What is struck through is not valid; what is hidden or not read is named; notes are no rows."""

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.importing.data_lines import STRUCK_THROUGH
from bcp_portal.importing.import_outcome import LineOutcome
from bcp_portal.importing.reader_process import read
from bcp_portal.importing.similar_names import LikeNames
from bcp_portal.importing.source_reader import source_of
from tests.findings.test_excel_files import FILES, content
from tests.findings.workbooks import Book
from tests.importing.desk import Desk, outcomes, reasons, workbook_of

HEADS = ("部署名", "略称", "備考")


def _remarks(desk: Desk) -> str:
    return "\n".join(remark for each in desk.assigned.reports() for remark in each.remarks)


def test_struck_text_is_not_taken_and_said(desk: Desk) -> None:
    checked = desk.check(content("12_strike_rich.xlsx"))
    entries = {entry.row: entry for entry in checked.plan.entries}
    assert entries[3].outcome is LineOutcome.SKIPPED
    assert STRUCK_THROUGH in [problem.reason for problem in entries[3].problems]
    [taken] = desk.assigned.taken
    texts = {line.number: line.text(2) for line in taken.source.lines}
    assert texts[4] == "新料金計算"
    assert taken.source.lines[6].text(7) == "RX2540"
    assert taken.source.lines[5].text(10) == ""
    for text in ("B4「旧料金計算」", "G7「RX2530」", "J6「例示ネットワーク株式会社」"):
        assert text in _remarks(desk)


def test_a_struck_cell_of_our_own_sheet_empties_nothing(desk: Desk, in_scope: Municipality) -> None:
    Department.objects.create(municipality=in_scope, name="総務課", note="総務")
    book = Book(desk.export("departments"))
    page = book.sheet("departments")
    place = page.worksheet.cell(page.rows[0], page.columns["note"])
    assert place.value == "総務"
    place.font = Font(strike=True)
    checked = desk.check(book.content, "departments")
    assert [entry.outcome for entry in checked.plan.entries] == [LineOutcome.UNCHANGED]
    assert "総務" in _remarks(desk)


def test_hidden_rows_sheets_and_comments_are_named(desk: Desk) -> None:
    desk.check(content("13_hidden_filtered_protected_comment.xlsx"))
    said = _remarks(desk)
    assert "3行目、5行目" in said
    assert "令和6年度で廃止予定" in said
    assert "非表示の列も取り込みます：H列" in said
    notes = source_of(read(FILES / "13_hidden_filtered_protected_comment.xlsx")).notes
    assert [("旧台帳" in note, "マスタ" in note) for note in notes] == [
        (True, False),
        (False, True),
    ]


def test_a_hidden_row_of_contacts_is_named(desk: Desk) -> None:
    desk.check(content("71_hidden_row.xlsx"))
    assert "非表示の行も取り込みます（1行" in _remarks(desk)


def test_what_this_program_hides_itself_is_not_named(desk: Desk, in_scope: Municipality) -> None:
    Department.objects.create(municipality=in_scope, name="総務課")
    file = desk.export("departments")
    desk.check(file, "departments")
    assert _remarks(desk) == ""
    path = desk.folder / "own.xlsx"
    path.write_bytes(file)
    assert load_workbook(path).sheetnames
    assert source_of(read(path)).notes == []


def test_notes_and_sections_are_no_departments(desk: Desk) -> None:
    checked = desk.check(content("20_footnotes_as_rows.xlsx"))
    new = [entry.name for entry in checked.plan.entries if entry.outcome is LineOutcome.NEW]
    assert new == ["危機管理室", "契約検査課", "北支所"], reasons(checked)


@pytest.mark.parametrize(
    "note",
    [
        "以上は令和６年４月１日現在の組織による",
        "作成：情報政策課　例示",
        "1/1ページ",
        "２　出先機関",
        "（３）出先機関",
        "－ 1 －",
        "計　3名",
        "うち管理職2名",
        "令和6年4月1日現在",
    ],
)
def test_a_line_that_only_notes_something_is_no_row(desk: Desk, note: str) -> None:
    checked = desk.check(
        workbook_of(HEADS, ("総務課", "総", None), (note, None, None)), "departments"
    )
    assert outcomes(checked) == {2: "new", 3: "skipped"}


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("源泉徴収税額総計", "new"), ("第一総計課", "new"), ("合計", "skipped")],
)
def test_a_row_called_like_a_total_is_kept(desk: Desk, name: str, outcome: str) -> None:
    line = (name, None if outcome == "skipped" else "総", None)
    checked = desk.check(workbook_of(HEADS, ("総務課", "総務", None), line), "departments")
    assert outcomes(checked)[3] == outcome


def test_values_without_a_head_or_beside_it_are_named(desk: Desk) -> None:
    desk.check(workbook_of(HEADS, ("総務課", "総", None, None, "内線12")), "departments")
    assert "見出しのない列の値は取り込みません：E列（1か所）" in _remarks(desk)
    desk.check(content("03b_hoganshi_misaligned.xlsx"), "1")
    assert "値が見出しの1つ右の列に入っています" in _remarks(desk)


def test_a_radical_never_replaces_a_kanji(desk: Desk, in_scope: Municipality) -> None:
    Department.objects.create(municipality=in_scope, name="小田支所", note="小さい")
    checked = desk.check(workbook_of(HEADS, ("⼩田支所", None, "⼩さい")), "departments")
    assert outcomes(checked) == {2: "unchanged"}


def test_a_vertical_tab_breaks_a_line_within_the_cell() -> None:
    lines = [line for line in read(FILES / "38_filemaker_vt.tab") if isinstance(line, list)]
    assert lines[1][1][7] == "一行目\n二行目"


@pytest.mark.parametrize(
    ("known", "other"),
    [
        ("吉田健一", "𠮷田 健一"),
        ("高橋正和", "髙橋　正和"),
        ("葛西美咲", "葛\U000e0100西 美咲"),
        ("辻本 晃", "辻\U000e0100本 晃"),
        ("山崎一郎", "山﨑 一郎"),
        ("株式会社例示", "㈱例示"),
        ("株式会社例示", "例示（株）"),
        ("ひながたシステムズ", "ﾋﾅｶﾞﾀｼｽﾃﾑｽﾞ㈱"),
    ],
)
def test_a_name_in_another_spelling_is_found(known: str, other: str) -> None:
    assert LikeNames([known, "別の名前"]).like(other) == (known,)
    assert LikeNames([other]).like(other) == ()


def test_a_like_name_is_pointed_out(desk: Desk, in_scope: Municipality) -> None:
    Department.objects.create(municipality=in_scope, name="髙田支所")
    lines = (("高田支所", None, None), ("吉野課", None, None), ("𠮷野課", None, None))
    checked = desk.check(workbook_of(HEADS, *lines), "departments")
    assert [entry.alike for entry in checked.plan.entries] == [("髙田支所",), (), ("吉野課",)]


def test_a_dash_of_a_town_empties_nothing_unless_asked(desk: Desk, in_scope: Municipality) -> None:
    Department.objects.create(municipality=in_scope, name="総務課", note="庶務を含む")
    Department.objects.create(municipality=in_scope, name="税務課")
    file = workbook_of(HEADS, ("総務課", None, "－"), ("税務課", None, "ー"))
    checked = desk.check(file, "departments")
    assert [entry.outcome for entry in checked.plan.entries] == [LineOutcome.UNCHANGED] * 2
    first, second = checked.plan.entries
    assert [problem.value for problem in first.held] == ["－"]
    assert "庶務を含む" in first.held[0].reason
    assert second.held == ()
    desk.bring_in(file, "departments", confirmed={("Sheet1", 2): ()})
    assert Department.objects.get(name="総務課").note == ""


def test_a_department_alone_on_its_line_is_no_person(desk: Desk, in_scope: Municipality) -> None:
    Department.objects.create(municipality=in_scope, name="総務課")
    heads = ("氏名", "所属", "役職")
    lines = (("総務課", None, None), ("例示 一郎", "総務課", "課長"), ("阿部", None, None))
    checked = desk.check(workbook_of(heads, *lines, ("計　3名", None, None)), "people")
    assert outcomes(checked) == {2: "skipped", 3: "new", 4: "new", 5: "skipped"}

"""Sheets that are no list of rows: said what they are, and nothing of them is taken for rows."""

from pathlib import Path

import pytest

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.importing import refusal_texts
from bcp_portal.importing.excel_reading import Refused
from bcp_portal.importing.odd_shapes import ON_ITS_SIDE, ONE_FORM
from bcp_portal.importing.reader_process import read
from bcp_portal.importing.source_reader import source_of
from tests.findings.test_excel_files import FILES, content
from tests.findings.test_excel_unseen import _remarks
from tests.importing.desk import Desk, outcomes, reasons, workbook_of


def said(desk: Desk) -> str:
    return "\n".join(report.note for report in desk.assigned.reports()) + _remarks(desk)


@pytest.mark.parametrize("code", ["", "1"])
def test_a_table_on_its_side_is_called_so(desk: Desk, code: str) -> None:
    checked = desk.check(content("16_transposed.xlsx"), code)
    assert ON_ITS_SIDE.format("A") in said(desk)
    assert checked.plan.entries == []


@pytest.mark.parametrize("code", ["", "1"])
def test_one_form_a_row_is_called_so(desk: Desk, code: str) -> None:
    checked = desk.check(content("17_form_per_system.xlsx"), code)
    assert said(desk).count(ONE_FORM) == 3
    assert checked.plan.entries == []


def test_a_form_of_a_person_makes_nobody(desk: Desk) -> None:
    form = (("氏名", "例示 一郎"), ("フリガナ", "れいじ"), ("所属", "総務課"), ("備考", "－"))
    assert desk.check(workbook_of(("職員調査票",), *form), "people").plan.entries == []
    assert ONE_FORM in said(desk)


def test_words_of_columns_in_a_list_are_no_form(desk: Desk) -> None:
    lines = [(word, "課") for word in ("備考", "例示課", "略称", "総務課")]
    checked = desk.check(workbook_of(("部署名", "備考"), *lines), "departments")
    assert len(checked.plan.entries) == 4


def test_marks_of_a_matrix_are_not_read_and_said_so(desk: Desk) -> None:
    checked = desk.check(content("54_matrix.xlsx"))
    assert "C列「戸籍」、D列「GIS」、E列「電子帳票」に付けた「◎」などの印は" in said(desk)
    assert not [entry for entry in checked.plan.entries if entry.outcome == "new"]
    months = ("訓練名", "実施年度", "4月", "5月")
    desk.check(workbook_of(months, ("安否確認訓練", "令和8年度", "○", None)), "12")
    assert "C列「4月」に付けた「○」などの印は" in said(desk)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ((FILES / "24_html.xls").read_bytes(), refusal_texts.WEB_PAGE),
        ("<table><tr><td>名称</td></tr></table>".encode(), refusal_texts.WEB_PAGE),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
         refusal_texts.XML_2003),
        (b"<html><body>404</body></html>", refusal_texts.NOT_A_TABLE),
        ((FILES / "36_iso2022jp.csv").read_bytes(), refusal_texts.JIS_ENCODING),
        ("名称,備考\n".encode("iso2022_jp"), refusal_texts.JIS_ENCODING),
    ],
)  # fmt: skip
def test_a_file_is_refused_for_what_it_is(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(Refused, match=reason[:12]):
        source_of(read(path))


def test_heads_and_page_numbers_of_every_page_are_no_rows(desk: Desk) -> None:
    checked = desk.check(content("58_heads_on_every_page.xlsx"), "1")
    found = outcomes(checked)
    assert [row for row in found if found[row] != "skipped"] == [3, 4, 7, 12, 16], reasons(checked)


def test_another_table_beside_in_a_file_of_a_town_is_named(desk: Desk) -> None:
    desk.check(content("15b_two_tables_side_by_side.xlsx"), "1")
    assert "F列からI列は、隣に並ぶ別の表と判断し、取り込みません" in said(desk)
    [taken] = desk.assigned.taken
    assert "note" not in taken.columns.values()


def test_names_that_read_alike_are_pointed_out(desk: Desk, in_scope: Municipality) -> None:
    Department.objects.create(municipality=in_scope, name="情報政策課")
    checked = desk.check(content("11_name_characters.xlsx"), "people")
    alike = {entry.row: entry.alike for entry in checked.plan.entries if entry.alike}
    assert alike[3] == ("吉田健一",) and alike[5] == ("髙橋 正和",) and alike[7] == ("葛西美咲",)
    assert alike[21] == ("辻\U000e0100本 晃",)
    assert [entry.row for entry in checked.plan.entries if entry.outcome == "refused"] == [11, 15]
    desk.bring_in(workbook_of(("氏名", "所属"), ("小林 拓也", "情報政策課")), "people")
    again = {
        entry.row: entry
        for entry in desk.check(content("11_name_characters.xlsx"), "people").plan.entries
    }
    assert "氏名" not in {change.label for change in again[23].changes}
    assert again[23].outcome == "changed"


@pytest.mark.parametrize("name", ["47_department_spellings.xlsx", "48_unknown_masters.xlsx"])
def test_what_names_nothing_known_is_refused_for_that(desk: Desk, name: str) -> None:
    checked = desk.check(content(name))
    assert set(outcomes(checked).values()) == {"refused"}
    for entry in checked.plan.entries:
        assert any("は部署に登録されていません" in problem.reason for problem in entry.problems)

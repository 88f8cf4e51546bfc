"""Sheets and files of towns: which 様式 a sheet is, where its head is, and why a file is refused."""

from pathlib import Path

import pytest

from bcp_portal.importing import refusal_texts
from bcp_portal.importing.csv_reading import csv_lines
from bcp_portal.importing.excel_reading import Refused
from bcp_portal.importing.reader_process import read
from systems.models import SystemItem
from tests.importing.desk import Desk, reasons, workbook_of
from tests.importing.test_rows_that_name_rows import two_sheets

FILES = Path(__file__).parent / "files"


def content(name: str) -> bytes:
    return (FILES / name).read_bytes()


def codes(desk: Desk) -> dict[str, str]:
    return {each.source.name: each.target.code for each in desk.assigned.taken}


def test_every_sheet_of_a_whole_plan_goes_to_its_number(desk: Desk) -> None:
    desk.check(content("60_whole_plan_of_a_town.xlsx"))
    found = {each.source.name: each.target.sheet.spec.number for each in desk.assigned.taken}
    assert found == {f"様式{number}": number for number in range(1, 21)}


@pytest.mark.parametrize(
    "title",
    [
        "様式９．緊急連絡先一覧",
        "様式9",
        "【様式９】連絡先",
        "様式第９号　連絡先",
        "（様式　9）連絡網",
    ],
)
def test_a_number_in_a_title_decides(desk: Desk, title: str) -> None:
    people = ("氏名", "所属", "職")
    desk.check(workbook_of((title,), people, ("例示 一郎", None, "課長")))
    assert codes(desk) == {"Sheet1": "9"}


def test_the_number_of_a_part_decides(desk: Desk) -> None:
    heads = ("外部事業者", "契約件名", "備考")
    desk.check(two_sheets(("様式2-2", (heads, ("甲社", "保守", None)))))
    assert codes(desk) == {"様式2-2": "2-2"}


def test_a_head_is_no_title_of_another_table(desk: Desk) -> None:
    desk.check(content("21_contacts_beginning_with_busho.xlsx"))
    assert "departments" not in codes(desk).values()
    desk.check(content("05_wareki_texts.xlsx"))
    assert codes(desk) == {"契約": "2-2"}


def test_a_head_below_line_60_is_found(desk: Desk) -> None:
    checked = desk.check(content("14b_head_below_line_60.xlsx"), "1")
    assert [each.head.last_row for each in desk.assigned.taken] == [72]
    assert [entry.row for entry in checked.plan.entries] == [73]


def test_a_strict_workbook_is_refused_for_what_it_is() -> None:
    with pytest.raises(Refused, match="Strict Open XML"):
        list(read(FILES / "39_strict.xlsx"))
    assert "保存し直して" in refusal_texts.STRICT


def test_an_empty_fill_is_no_damage() -> None:
    lines = list(read(FILES / "70_empty_fill.xlsx"))
    assert sum(isinstance(line, list) for line in lines) > 1


def test_a_line_broken_within_a_cell_is_one_line(desk: Desk) -> None:
    checked = desk.check(content("38_filemaker_vt.tab"), "1")
    [entry] = checked.plan.entries
    notes = [c.new for c in entry.changes if c.label == "備考"] or reasons(checked)
    assert entry.outcome == "refused" or notes == ["一行目\n二行目"], notes
    assert not SystemItem.objects.exists()


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_no_sign_but_a_line_end_ends_a_line(sign: str) -> None:
    lines = list(csv_lines(f"名称,備考\r\n甲,一{sign}二\r\n".encode()))
    # FileMaker breaks lines within a cell with this one.
    text = "一\n二" if sign == "\x0b" else f"一{sign}二"
    assert lines[1:] == [[1, ["名称", "備考"]], [2, ["甲", text]]]

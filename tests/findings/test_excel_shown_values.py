"""Units, and what stands in text columns, are what Excel shows; numbers and days keep all they store."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from bcp_portal.annex.kinds import Kind
from bcp_portal.importing.cell_values import CellError, typed_text
from bcp_portal.importing.date_formats import shown_moment
from bcp_portal.importing.displayed_numbers import shown_otherwise
from bcp_portal.importing.measuring_units import NO_UNIT, in_own_unit
from bcp_portal.importing.number_formats import shown_number
from bcp_portal.importing.reader_process import read
from tests.findings.test_excel_files import content
from tests.importing.desk import Desk, bytes_of, reasons

NUMBERS = [
    (123, "0000", "0123"),
    (1.1, "0.00", "1.10"),
    (1, "0.0", "1.0"),
    (2, '"第"0"版"', "第2版"),
    (3, '0"日"', "3日"),
    (1_500_000, '#,##0"円"', "1,500,000円"),
    (1_500_000, '"¥"#,##0', "¥1,500,000"),
    (1_500_000, "[$¥-411]#,##0", "¥1,500,000"),
    (1_500_000, "#,##0,", "1,500"),
    (1_500_000, '#,##0,"千円"', "1,500千円"),
    (-100, "#,##0;▲#,##0", "▲100"),
    (8_012_345_678, "000-0000-0000", "080-1234-5678"),
    (0.5, "0%", "50%"),
    (2.5, "0", "3"),
    (-2.5, "0", "-3"),
    (0.125, "0.00", "0.13"),
    (1_234_567.891, "#,##0.00", "1,234,567.89"),
    (12, "[DBNum1]General", "十二"),
    (12, "[DBNum3]0", "１２"),
    (1_500, '[<1000]0"円";0.0,"千円"', "1.5千円"),
    (0.1 + 0.2, "General", "0.3"),
    (5, '0;;"なし"', "5"),
    (0, '0;;"なし"', "なし"),
    (3, "@", "3"),
]
DAY = 45_383  # 2024-04-01
MOMENTS = [
    (DAY, "[$-411]ge.m.d", "R6.4.1"),
    (DAY, "[$-411]ge", "R6"),
    (DAY, '[$-411]ggge"年"m"月"d"日"', "令和6年4月1日"),
    (43_586, '[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@', "令和元年5月1日"),
    (43_585, "[$-411]ge.mm.dd", "H31.04.30"),
    (DAY, "m/d(aaa)", "4/1(月)"),
    (DAY, "aaaa", "月曜日"),
    (DAY + 0.5, 'yyyy"年"m"月"d"日" h:mm', "2024年4月1日 12:00"),
    (DAY, '[DBNum1][$-411]ggge"年"m"月"d"日"', "令和六年四月一日"),
    (1, "[h]:mm", "24:00"),
    (3, "[h]:mm", "72:00"),
    (1.5, '[h]"時間"', "36時間"),
    (1 / 48, '[m]"分"', "30分"),
    (0.75, 'h"時"mm"分"', "18時00分"),
    (1.0, "h:mm", "0:00"),
]


@pytest.mark.parametrize(("number", "code", "text"), NUMBERS)
def test_a_number_reads_as_excel_shows_it(number: float, code: str, text: str) -> None:
    assert shown_number(number, code) == text


@pytest.mark.parametrize(("serial", "code", "text"), MOMENTS)
def test_a_moment_reads_as_excel_shows_it(serial: float, code: str, text: str) -> None:
    assert shown_moment(serial, code) == text


def test_a_workbook_may_count_from_1904() -> None:
    assert shown_moment(DAY - 1_462, "yyyy/m/d", since_1904=True) == "2024/4/1"


def _cell(tmp_path: Path, value: Any, code: str, width: float = 40) -> Any:
    """Return the cell that the reader makes of a value with this format."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"], sheet["A1"].number_format = value, code
    sheet.column_dimensions["A"].width = width
    path = tmp_path / "one.xlsx"
    path.write_bytes(bytes_of(workbook))
    return next(line for line in read(path) if isinstance(line, list))[1][0]


@pytest.mark.parametrize(
    ("value", "code", "kind", "typed"),
    [
        (1.1, "0.00", Kind.TEXT, "1.10"),
        (123, "0000", Kind.TEXT, "0123"),
        (DAY, "[$-411]ge.m.d", Kind.TEXT, "R6.4.1"),
        (DAY, 'm"月"d"日"', Kind.DATE, "2024-04-01"),
        (DAY, "[$-411]ge", Kind.MONTH, "2024-04"),
        (3, '0"日"', Kind.DURATION, "3日"),
        (2.5, '0"日"', Kind.DURATION, "2.5日"),
        (2, '0"日以内"', Kind.DURATION, "2日"),
        (24, '#"h"', Kind.DURATION, "24時間"),
        (7, '0"営業日"', Kind.DURATION, "7営業日"),
        (1, "[h]:mm", Kind.DURATION, "24時間"),
        (3, "[h]:mm", Kind.DURATION, "72時間"),
        (1.0, "h:mm", Kind.DURATION, "24時間"),
        (1.5, '[h]"時間"', Kind.DURATION, "36時間"),
        (1 / 48, '[m]"分"', Kind.DURATION, "30分"),
        (1_500, "#,##0", Kind.INTEGER, "1500"),
        (2_000, '#,##0"台"', Kind.INTEGER, "2000"),
        (2_000, "#,##0,", Kind.INTEGER, "2000"),
        (0.505, "0%", Kind.PERCENT, "50.5"),
        (8, '"令和"0"年度"', Kind.FISCAL_YEAR, "令和8年度"),
        (8_012_345_678, "000-0000-0000", Kind.TELEPHONE, "080-1234-5678"),
    ],
)
def test_a_cell_is_typed_with_its_unit_and_in_full(
    value: Any, code: str, kind: Kind, typed: str, tmp_path: Path
) -> None:
    cell = in_own_unit(_cell(tmp_path, value, code), kind, "", "")
    assert typed_text(cell, kind) == typed


@pytest.mark.parametrize(
    ("value", "code", "unit", "thousands"),
    [
        (1_500_000, '#,##0"円"', "", "1500"),
        (1_500_000, '"¥"#,##0', "", "1500"),
        (1_500_000, "[$¥-411]#,##0", "千円", "1500"),
        (1_500, '#,##0"千円"', "", "1500"),
        (1_500_000, '#,##0,"千円"', "", "1500"),
        (1_500_000, "#,##0,", "千円", "1500"),
        (1.5, '0.0"百万円"', "", "1500"),
        (1_500_000, "#,##0", "円", "1500"),
        ("150万円", "@", "円", "1500"),
        (0, "#,##0", "", "0"),
    ],
)
def test_money_counts_what_excel_shows(
    value: Any, code: str, unit: str, thousands: str, tmp_path: Path
) -> None:
    assert in_own_unit(_cell(tmp_path, value, code), Kind.MONEY, unit, "予算（千円）") == thousands


@pytest.mark.parametrize(
    ("value", "code"), [(1_500, "#,##0"), (1_500_000, "#,##0,"), ("1500", "@")]
)
def test_money_without_a_unit_is_not_guessed(value: Any, code: str, tmp_path: Path) -> None:
    with pytest.raises(CellError, match=NO_UNIT):
        in_own_unit(_cell(tmp_path, value, code), Kind.MONEY, "", "予算（千円）")


@pytest.mark.parametrize(
    ("value", "code", "width", "said"),
    [
        (1.25, "0.0", 40, "「1.3」、保存されている値は「1.25」"),
        (DAY, 'm"月"d"日"', 40, "「4月1日」、保存されている値は「2024-04-01」"),
        (1.0, "h:mm", 40, "「0:00」、保存されている値は「24:00」"),
        (1_234_567, '#,##0,"千円"', 40, "「1,235千円」、保存されている値は「1234567」"),
        (DAY, "yyyy/mm/dd", 5, "「####」、保存されている値は「2024-04-01」"),
        (1_234_567, "#,##0", 5, "「####」、保存されている値は「1234567」"),
    ],
)
def test_both_are_said_where_one_does_not_tell_the_other(
    value: Any, code: str, width: float, said: str, tmp_path: Path
) -> None:
    assert said in shown_otherwise(_cell(tmp_path, value, code, width), Kind.TEXT)


@pytest.mark.parametrize(
    ("value", "code"),
    [(1.1, "0.00"), (123, "0000"), (1_500_000, '#,##0,"千円"'), (0.5, "0%"), (DAY, "yyyy/m/d")],
)
def test_nothing_is_said_where_excel_tells_all(value: Any, code: str, tmp_path: Path) -> None:
    assert shown_otherwise(_cell(tmp_path, value, code), Kind.TEXT) == ""


def test_amounts_of_a_town_are_asked_for_and_never_taken_a_thousandfold(desk: Desk) -> None:
    file = content("09_money_formats.xlsx")
    checked = desk.check(file)
    assert not desk.assigned.is_clear
    assert _budgets(checked) == dict.fromkeys(range(3, 11), "1,500") | {12: "1,500", 18: "0"}
    assert NO_UNIT in reasons(checked)
    [taken] = desk.assigned.taken
    choice = {
        "code": taken.target.code,
        "head_row": 1,
        "columns": {str(number): name for number, name in taken.columns.items()},
        "money_unit": "千円",
    }
    asked = desk.check(file, by_hand={"改善計画": choice})
    budgets = _budgets(asked)
    assert {budgets[row] for row in (2, *range(3, 12), 12, 17)} == {"1,500"}


def _budgets(checked: Any) -> dict[int, str]:
    return {
        entry.row: change.new
        for entry in checked.plan.entries
        for change in entry.changes
        if change.label.startswith("必要予算")
    }


def test_days_of_1904_are_right_in_every_format(desk: Desk) -> None:
    checked = desk.check(content("06b_serial_1904.xlsx"), "2-2")
    [taken] = desk.assigned.taken
    sheet = desk.assigned.taken[0].source
    number = next(n for n, label in taken.head.labels.items() if label == "契約開始日")
    days = {typed_text(line.cell(number), Kind.DATE) for line in sheet.lines[1:]}
    assert days == {"2024-04-01"}
    assert len(checked.plan.entries) == 10


def test_a_plain_number_stays_a_number(tmp_path: Path) -> None:
    assert _cell(tmp_path, 12, "General") == 12
    assert _cell(tmp_path, 0.25, "0.00") == 0.25
    assert _cell(tmp_path, 0.25, "0.0") == {"n": 0.25, "s": "0.3"}

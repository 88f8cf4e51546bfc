"""A number that Excel shows as a day and that means none is refused by what Excel shows; eras are Excel's."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from bcp_portal.annex.kinds import Kind
from bcp_portal.importing.cell_values import CellError, typed_text
from bcp_portal.importing.date_formats import shown_moment
from bcp_portal.importing.number_cells import number_cell
from bcp_portal.importing.reader_process import read
from bcp_portal.ui.eras import DateStyle, format_date
from tests.findings.test_excel_shown_values import DAY
from tests.importing.desk import Desk, bytes_of, reasons

ERA = '[$-411]ggge"年"m"月"d"日"'


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0, "yyyy/m/d", "1900/1/0"),
        (0, ERA, "明治33年1月0日"),
        (0, "[$-411]ge.m.d", "M33.1.0"),
        (0, 'm"月"d"日"(aaa)', "1月0日(土)"),
        (0.375, "yyyy/m/d h:mm", "1900/1/0 9:00"),
        (60, "yyyy/m/d", "1900/2/29"),
        (60.5, ERA, "明治33年2月29日"),
    ],
)
@pytest.mark.parametrize(
    "kind", [Kind.DATE, Kind.MONTH, Kind.DATETIME, Kind.FISCAL_YEAR, Kind.TEXT, Kind.DURATION]
)
def test_no_day_is_made_of_a_number_that_means_none(
    value: float, code: str, shown: str, kind: Kind
) -> None:
    with pytest.raises(CellError) as refused:
        typed_text(number_cell(value, code), kind)
    assert f"Excelの表示は「{shown}」" in str(refused.value)


def test_nor_in_a_workbook_that_counts_from_1904() -> None:
    with pytest.raises(CellError, match="Excelの表示は「1904/1/1」、保存されている値は0"):
        typed_text(number_cell(0, "yyyy/m/d", since_1904=True), Kind.DATE)
    assert typed_text(number_cell(60, "yyyy/m/d", since_1904=True), Kind.DATE) == "1904-03-01"


@pytest.mark.parametrize(
    ("value", "code", "kind", "typed"),
    [
        (1, "yyyy/m/d", Kind.DATE, "1900-01-01"),
        (59, "yyyy/m/d", Kind.TEXT, "1900/2/28"),
        (61, "yyyy/m/d", Kind.DATE, "1900-03-01"),
        (1, "aaa", Kind.TEXT, "日"),
        (61, "aaa", Kind.TEXT, "木"),
        (0, "h:mm", Kind.DURATION, "0分"),
        (0, "h:mm", Kind.TEXT, "0:00"),
        (0, "yyyy/m/d;;", Kind.DATE, ""),
        (0, "yyyy/m/d;;", Kind.TEXT, ""),
    ],
)
def test_the_numbers_beside_are_what_excel_shows(
    value: float, code: str, kind: Kind, typed: str
) -> None:
    assert typed_text(number_cell(value, code), kind) == typed


def test_a_nought_saved_as_csv_is_no_day_either() -> None:
    for text in ("1899/12/30", "1899-12-30 00:00:00", "明治32年12月30日"):
        with pytest.raises(CellError, match="空のセルを参照した0"):
            typed_text(text, Kind.DATE)
    assert typed_text("1900/1/0", Kind.MONTH) == "1900/1/0"
    assert typed_text("令和6年4月1日", Kind.MONTH) == "令和6年4月"


@pytest.mark.parametrize("since_1904", [False, True])
def test_a_row_is_refused_for_it(desk: Desk, since_1904: bool) -> None:
    workbook = Workbook()
    if since_1904:
        workbook.epoch = CALENDAR_MAC_1904
    sheet = workbook.active
    assert sheet is not None
    for row in (("機関名", "資料名", "版"), ("国", "手順書", 0)):
        sheet.append(row)
    sheet["C2"].number_format = "yyyy/m/d"
    checked = desk.check(bytes_of(workbook), "20")
    assert checked.plan.counts()["refused"] == 1
    assert "日付ではありません" in str(reasons(checked))


BORDERS = [
    (date(1900, 3, 1), "明治33年3月1日", "M33.3.1"),
    (date(1910, 1, 1), "明治43年1月1日", "M43.1.1"),
    (date(1912, 7, 29), "明治45年7月29日", "M45.7.29"),
    (date(1912, 7, 30), "大正1年7月30日", "T1.7.30"),
    (date(1926, 12, 24), "大正15年12月24日", "T15.12.24"),
    (date(1926, 12, 25), "昭和1年12月25日", "S1.12.25"),
    (date(1989, 1, 7), "昭和64年1月7日", "S64.1.7"),
    (date(1989, 1, 8), "平成1年1月8日", "H1.1.8"),
    (date(2019, 4, 30), "平成31年4月30日", "H31.4.30"),
    (date(2019, 5, 1), "令和1年5月1日", "R1.5.1"),
]


@pytest.mark.parametrize(("day", "long", "short"), BORDERS)
def test_an_era_is_shown_as_excel_shows_it(day: date, long: str, short: str) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert shown_moment(serial, ERA) == long
    assert shown_moment(serial, "[$-411]ge.m.d") == short
    assert shown_moment(serial, "[$-411]gge") == f"{long[0]}{long[2:].partition('年')[0]}"
    gannen = shown_moment(serial, ERA.replace("411", "ja-JP-x-gannen"))
    assert gannen == format_date(day, DateStyle.WAREKI)


def test_every_era_year_is_that_of_the_portal() -> None:
    code = ERA.replace("411", "ja-JP-x-gannen")
    for serial in range(61, DAY, 97):
        day = date(1899, 12, 30) + timedelta(days=serial)
        assert shown_moment(serial, code) == format_date(day, DateStyle.WAREKI)


def test_a_text_column_takes_the_right_era(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"], sheet["A1"].number_format = 3654, ERA
    path = tmp_path / "one.xlsx"
    path.write_bytes(bytes_of(workbook))
    [cell] = next(line for line in read(path) if isinstance(line, list))[1]
    assert typed_text(cell, Kind.TEXT) == "明治43年1月1日"

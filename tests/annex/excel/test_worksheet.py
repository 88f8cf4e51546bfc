"""A table's sheet looks and prints like the 様式, and leads the hand of who writes into it."""

from typing import Any

import pytest
from openpyxl import Workbook

from bcp_portal.annex.excel.dropdowns import LISTS_SHEET
from bcp_portal.annex.excel.placement import EMPTY_ROWS, FACTS_ROW, HEAD_ROW, NAMES_ROW
from bcp_portal.annex.excel.sheet_sizes import A3, A4
from bcp_portal.annex.excel.workbook import workbook_bytes
from bcp_portal.annex.excel.workbook_data import NOT_PRINTED, ExcelColumn, ExcelSheet
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column
from bcp_portal.ui.eras import DateStyle
from tests.annex.excel.books import (
    HEADING,
    book_of,
    cells_by_uid,
    identity_of,
    sheet_of,
    written,
)
from tests.annex.excel.package import problems

SITES = (("main", "本庁舎"), ("branch", "支所, 出張所"))
NAME = ExcelColumn(Column("name", "システム名称", width=14), help="正式な名称", mark="必須")
KIND = ExcelColumn(Column("kind", "設置場所", Kind.CHOICE, group="ハードウェア", choices=SITES))
UNITS = ExcelColumn(Column("units", "台数", Kind.INTEGER, group="ハードウェア"))
OWNER = ExcelColumn(Column("owner", "主管部門", Kind.REFERENCE), names=("情報政策課", "防災課"))
RTO = ExcelColumn(Column("rto", "目標復旧時間", Kind.DURATION))
USES = ExcelColumn(Column("uses", "用途", Kind.CHOICES, choices=SITES))
SCOPE = ExcelColumn(Column("scope", "対象", Kind.BOOLEAN))
SINCE = ExcelColumn(Column("since", "導入日", Kind.DATE))
DEPTH = ExcelColumn(Column("depth", "階層数", Kind.INTEGER), editable=False)
STATUS = ExcelColumn(Column("row_status", "状態", Kind.TEXT), printed=False)
COLUMNS = (NAME, KIND, UNITS, OWNER, RTO, USES, SCOPE, SINCE, DEPTH, STATUS)
ROW = {
    "name": "=HYPERLINK(1)",
    "kind": "main",
    "units": 2,
    "owner": {"uid": "u", "text": "防災課"},
    "rto": {"minutes": 4320, "unit": "hour"},
    "uses": ["main", "branch"],
    "scope": True,
    "since": "2019-05-01",
    "depth": 3,
    "row_status": "有効",
}
FACTS = (("団体", "見本市"), ("管理部署", "情報政策課"), ("公開区分", "非公開"))


@pytest.fixture(scope="module")
def sheet() -> ExcelSheet:
    return sheet_of(COLUMNS, ROW, subtitle="副題", facts=FACTS, landscape=True)


@pytest.fixture(scope="module")
def workbook(sheet: ExcelSheet) -> Workbook:
    return written(sheet)


@pytest.fixture(scope="module")
def worksheet(workbook: Workbook) -> Any:
    return workbook[HEADING]


def validation_at(worksheet: Any, cell: str) -> Any:
    return next((v for v in worksheet.data_validations.dataValidation if cell in v.sqref), None)


def test_above_the_table_stands_what_the_printed_annex_says(worksheet: Any) -> None:
    assert worksheet["B1"].value == HEADING
    assert worksheet["B1"].font.sz == 14
    assert worksheet["B2"].value == "副題"
    assert (
        worksheet[f"B{FACTS_ROW}"].value == "団体：見本市　管理部署：情報政策課　公開区分：非公開"
    )


def test_conditions_are_named_so_that_nobody_takes_a_part_for_all() -> None:
    part = sheet_of([NAME], ROW, facts=FACTS[:1], conditions=("検索「サーバ」", "対象「はい」"))
    workbook = written(part)
    assert workbook[HEADING]["B3"].value == "団体：見本市　絞り込み：検索「サーバ」、対象「はい」"
    assert "画面で絞り込んだ行だけです" in [cell.value for cell in workbook["使い方"]["C"]]


def test_columns_under_one_head_share_a_merged_cell(worksheet: Any) -> None:
    merged = {str(area) for area in worksheet.merged_cells.ranges}
    assert {"C5:D5", "B5:B6", "E5:E6"} <= merged
    assert "K5:K5" not in merged
    assert [worksheet.cell(HEAD_ROW, c).value for c in (2, 3, 11)] == [
        "システム名称",
        "ハードウェア",
        NOT_PRINTED,
    ]
    assert [worksheet.cell(HEAD_ROW + 1, c).value for c in (3, 4, 11)] == [
        "設置場所",
        "台数",
        "状態",
    ]
    assert worksheet["C5"].border.left.style == worksheet["D5"].border.right.style == "thin"


def test_without_groups_one_head_row_is_enough() -> None:
    worksheet = written(sheet_of([NAME, UNITS.__class__(Column("n", "数"))], {"name": "甲"}))[
        HEADING
    ]
    assert worksheet.merged_cells.ranges == set()
    assert worksheet["B5"].value == "システム名称"
    assert worksheet["B6"].value == "甲"


def test_paper_follows_the_table(worksheet: Any) -> None:
    assert worksheet.page_setup.orientation == "landscape"
    assert worksheet.page_setup.fitToWidth == 1
    assert worksheet.page_setup.fitToHeight == 0
    assert worksheet.sheet_properties.pageSetUpPr.fitToPage
    assert worksheet.print_title_rows == "$5:$6"
    assert worksheet.print_area == f"'{HEADING}'!$B$1:$J$7"
    assert worksheet.freeze_panes == "C7"


def test_an_empty_table_prints_lines_to_write_on() -> None:
    empty = sheet_of([NAME, STATUS])
    worksheet = written(empty)[HEADING]
    assert worksheet.print_area == f"'{HEADING}'!$B$1:$B${6 + EMPTY_ROWS}"
    assert worksheet.page_setup.orientation == "portrait"
    assert worksheet.cell(6 + EMPTY_ROWS, 2).border.left.style == "thin"
    assert cells_by_uid(worksheet, empty) == {}


@pytest.mark.parametrize(("shares", "size", "pages"), [(100, A4, 1), (240, A3, 1), (600, A3, 3)])
def test_a_wide_table_gets_larger_paper_rather_than_tiny_type(
    shares: int, size: int, pages: int
) -> None:
    columns = [ExcelColumn(Column(f"c{n}", f"項目{n}", width=20)) for n in range(shares // 20)]
    worksheet = written(sheet_of(columns, {}, landscape=True))[HEADING]
    assert worksheet.page_setup.paperSize == size
    assert worksheet.page_setup.fitToWidth == pages
    assert worksheet.print_title_cols == ("$B:$B" if pages > 1 else None)


def test_widths_follow_the_shares_and_a_date_always_fits(worksheet: Any) -> None:
    widths = worksheet.column_dimensions
    assert widths["B"].width == 14 * 1.25
    assert widths["I"].width == 16
    assert widths["A"].hidden
    assert worksheet.row_dimensions[NAMES_ROW].hidden


def test_rows_are_high_enough_for_what_they_hold() -> None:
    long = {"name": "とても長い名称" * 10}
    worksheet = written(sheet_of([NAME], long, {"name": "短い"}))[HEADING]
    assert worksheet.row_dimensions[6].height > 8 * 13
    assert worksheet.row_dimensions[7].height == 17
    assert worksheet["B6"].alignment.wrap_text


def test_sorting_carries_the_uid_along(worksheet: Any) -> None:
    assert worksheet.auto_filter.ref == f"A6:K{7 + EMPTY_ROWS}"


def test_values_are_found_by_hidden_row_and_column(worksheet: Any, sheet: ExcelSheet) -> None:
    row = cells_by_uid(worksheet, sheet)["uid-1"]
    assert set(row) == {"uid", *ROW}
    shown = {name: cell.value for name, cell in row.items()}
    assert (shown["kind"], shown["owner"]) == ("本庁舎", "防災課")
    assert (shown["rto"], shown["scope"], shown["units"]) == ("72時間", "はい", 2)
    assert f"{shown['since']:%Y-%m-%d}" == "2019-05-01"
    assert row["since"].is_date
    assert row["since"].number_format.startswith("[<=43585][$-411]ggge")


@pytest.mark.parametrize("text", ["=1+1", "+81-3", "-", "@here", "#N/A", "'引用", "0012", "1e5"])
def test_a_text_is_never_a_formula(text: str) -> None:
    sheet = sheet_of(
        [NAME, RTO], {"name": text}, heading=text, subtitle=text, facts=((text, text),)
    )
    workbook = written(sheet)
    name = workbook.sheetnames[1]
    cell = cells_by_uid(workbook[name], sheet)["uid-1"]["name"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
    assert workbook[name]["B1"].data_type == "s"
    assert workbook[name]["B3"].data_type == "s"
    assert problems(workbook_bytes(book_of(sheet))) == []


def test_choices_drop_down_from_a_hidden_sheet(workbook: Workbook, worksheet: Any) -> None:
    choice = validation_at(worksheet, "C7")
    assert (choice.type, choice.showErrorMessage, choice.showDropDown) == ("list", True, False)
    target = workbook.defined_names[choice.formula1].attr_text
    assert target == f"'{LISTS_SHEET}'!$A$1:$A$2"
    assert [cell.value for cell in workbook[LISTS_SHEET]["A"]][:2] == ["本庁舎", "支所, 出張所"]
    assert workbook[LISTS_SHEET].sheet_state == "hidden"
    assert "C1000" in choice.sqref
    assert "C6" not in choice.sqref


def test_names_drop_down_and_others_may_be_typed(workbook: Workbook, worksheet: Any) -> None:
    owner = validation_at(worksheet, "E7")
    assert (owner.type, owner.showErrorMessage) == ("list", False)
    assert [cell.value for cell in workbook[LISTS_SHEET]["B"]] == ["情報政策課", "防災課"]


def test_yes_and_no_drop_down(workbook: Workbook, worksheet: Any) -> None:
    target = workbook.defined_names[validation_at(worksheet, "H7").formula1].attr_text
    assert target.endswith("!$C$1:$C$2")
    assert [cell.value for cell in workbook[LISTS_SHEET]["C"]] == ["はい", "いいえ"]


def test_several_choices_are_text_with_a_message(worksheet: Any) -> None:
    several = validation_at(worksheet, "G7")
    assert several.type is None
    assert several.showInputMessage
    assert several.promptTitle == "用途"
    assert several.prompt == "次から選び、複数あるときは「、」で区切ります。\n本庁舎、支所, 出張所"


def test_a_computed_column_says_so_and_offers_nothing(worksheet: Any) -> None:
    message = validation_at(worksheet, "J7")
    assert message.type is None
    assert message.prompt.startswith("システムが計算する項目です。")
    assert worksheet["J7"].fill.fgColor.rgb == "FFF5F5F5"
    assert worksheet["D7"].fill.fill_type is None


def test_messages_and_lists_keep_within_what_excel_takes() -> None:
    many = tuple((str(n), f"とても長い選択肢の名称その{n}") for n in range(400))
    long = Column("c", "とても長い項目の名称" * 9, Kind.CHOICES, choices=many)
    columns = [ExcelColumn(long), ExcelColumn(Column("d", "一つ", Kind.CHOICE, choices=many))]
    assert problems(workbook_bytes(book_of(sheet_of(columns, {})))) == []
    worksheet = written(sheet_of(columns, {}))[HEADING]
    assert validation_at(worksheet, "B6").prompt.endswith("…")
    assert len(validation_at(worksheet, "B6").prompt) == 255


def test_equal_lists_are_kept_once(workbook: Workbook) -> None:
    both = [KIND, ExcelColumn(Column("other", "別の場所", Kind.CHOICE, choices=SITES))]
    workbook = written(sheet_of(both, {}), sheet_of(both, {}, heading="様式2"))
    assert list(workbook.defined_names) == ["choice_list_1"]


def test_the_workbook_knows_itself(workbook: Workbook, worksheet: Any) -> None:
    values, sheets = identity_of(workbook)
    assert values == {
        "schema": "1",
        "municipality": "139998",
        "made_at": "2026-11-21T09:05:00",
        "date_style": "wareki",
    }
    assert sheets == {HEADING: ["1", "4", "5", "7", *ROW]}
    assert workbook["_bcp_portal"].sheet_state == "veryHidden"
    assert worksheet["A1"].value == "bcp-portal:1:1"


def test_the_guide_and_the_list_of_columns_are_there_to_read(workbook: Workbook) -> None:
    assert workbook.sheetnames[:3] == ["使い方", HEADING, "記入要領"]
    guide = [cell.value for cell in workbook["使い方"]["A"]]
    assert guide[:3] == [
        "様式一式　使い方",
        "団体：見本市",
        "書き出した日時：令和8年11月21日 09時05分",
    ]
    link = workbook["使い方"].cell(len(guide), 1)
    assert (link.value, link.hyperlink.location) == (HEADING, f"'{HEADING}'!B1")
    columns = list(workbook["記入要領"].iter_rows(min_row=2, values_only=True))
    assert columns[0] == (HEADING, "システム名称", "必須", "文字（1行）", None, "正式な名称")
    assert columns[1][3:5] == ("選択肢から1つ", "本庁舎、支所, 出張所")
    assert len(columns) == len(COLUMNS)


def test_one_table_is_shown_first_and_many_begin_with_the_guide(workbook: Workbook) -> None:
    assert workbook.active.title == HEADING
    both = written(sheet_of([NAME]), sheet_of([NAME], heading="様式2"))
    assert both.active.title == "使い方"


def test_a_western_calendar_is_kept() -> None:
    sheet = sheet_of([SINCE], {"since": "2026-04-01"}, date_style=DateStyle.SEIREKI)
    workbook = written(sheet)
    assert cells_by_uid(workbook[HEADING], sheet)["uid-1"]["since"].number_format == (
        'yyyy"年"m"月"d"日"'
    )
    assert workbook["使い方"]["A3"].value == "書き出した日時：2026年11月21日 09時05分"


def test_the_file_is_sound(sheet: ExcelSheet) -> None:
    assert problems(workbook_bytes(book_of(sheet))) == []

"""What nobody sees in Excel is named: no height, no width, ;;;, conditions; units that contradict are asked."""

from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font

from bcp_portal.annex.importing.line_form import STRUCK
from bcp_portal.annex.importing.units import NO_UNIT, money_unit_of
from tests.annex.importing.desk import Desk, bytes_of, reasons, workbook_of
from tests.findings.test_excel_unseen import _remarks

HEADS = ("部署名", "略称", "備考")


@pytest.fixture
def workbook() -> Workbook:
    workbook = Workbook()
    sheet: Any = workbook.active
    for line in (HEADS, ("総務課", "総務", "一"), ("税務課", "税務", "二"), ("市民課", "市民", 3)):
        sheet.append(line)
    return workbook


def remarks(desk: Desk, workbook: Workbook) -> str:
    desk.check(bytes_of(workbook), "departments")
    return _remarks(desk)


def test_rows_and_columns_without_size_are_hidden(desk: Desk, workbook: Workbook) -> None:
    sheet: Any = workbook.active
    sheet.row_dimensions[3].height = 0.5
    sheet.column_dimensions["B"].width = 0.01
    said = remarks(desk, workbook)
    assert "非表示の行も取り込みます（1行、絞り込みで隠れた行を含む）：3行目" in said
    assert "非表示の列も取り込みます：B列" in said


def test_formats_that_show_nothing_are_named(desk: Desk, workbook: Workbook) -> None:
    sheet: Any = workbook.active
    sheet["C3"].number_format = ";;;"
    sheet["C4"].number_format = ";;;"
    sheet["C2"].number_format = "0;-0;;@"
    assert "書式（;;;など）のセルがあります（2か所）：C3、C4。" in remarks(desk, workbook)


@pytest.mark.parametrize(("strike", "named"), [(True, True), (False, False)])
def test_conditions_that_strike_through_are_named(
    desk: Desk, workbook: Workbook, strike: bool, named: bool
) -> None:
    sheet: Any = workbook.active
    rule = FormulaRule(formula=['$C2="廃止"'], font=Font(strike=strike, color="FF0000"))
    sheet.conditional_formatting.add("A2:C4", rule)
    assert ("取り消し線の引かれる範囲があります：A2:C4。" in remarks(desk, workbook)) is named


def test_a_name_that_is_struck_through_is_said_to_be(desk: Desk, workbook: Workbook) -> None:
    sheet: Any = workbook.active
    sheet["A3"].font = Font(strike=True)
    [reason] = reasons(desk.check(bytes_of(workbook), "departments"))
    assert reason.endswith(STRUCK)


@pytest.mark.parametrize(
    ("in_head", "above", "unit"),
    [("千円", "", "千円"), ("", "円", "円"), ("円", "円", "円"), ("千円", "円", ""), ("", "", "")],
)
def test_units_that_contradict_are_none(in_head: str, above: str, unit: str) -> None:
    assert money_unit_of(in_head, above) == unit


def test_a_contradiction_of_units_is_asked(desk: Desk) -> None:
    lines = (("単位：円",), ("弱点", "対策", "必要予算（千円）"), ("停電", "発電機", 1500))
    checked = desk.check(workbook_of(*lines), "6-1")
    assert NO_UNIT in reasons(checked)
    [taken] = desk.assigned.taken
    assert taken.is_money_unclear

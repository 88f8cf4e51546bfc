"""What nobody sees in Excel is named: no height, no width, ;;;, conditions; units that contradict are asked."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.formatting.rule import DataBarRule, FormulaRule, IconSetRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from bcp_portal.importing.hiding_conditions import COLOURED, DRAWN, FORMATTED, STRUCK
from bcp_portal.importing.line_form import STRUCK as STRUCK_NAME
from bcp_portal.importing.measuring_units import NO_UNIT, money_unit_of
from bcp_portal.importing.sheet_remarks import CONDITIONS
from tests.findings.test_excel_unseen import _remarks
from tests.importing.desk import Desk, bytes_of, reasons, workbook_of

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


RED, WHITE, TEAL = "FFC00000", "FFFFFFFF", "FF008080"


@pytest.mark.parametrize(
    ("looks", "said"),
    [
        ({"font": Font(color=WHITE)}, COLOURED),
        ({"font": Font(color=Color(theme=0))}, COLOURED),
        ({"font": Font(color=RED), "fill": PatternFill(bgColor=RED)}, COLOURED),
        ({"font": Font(color=WHITE), "fill": PatternFill(bgColor=TEAL)}, ""),
        ({"font": Font(color=RED)}, ""),
        ({"numFmt": NumberFormat(numFmtId=164, formatCode=";;;")}, FORMATTED),
        ({"font": Font(strike=True, color=WHITE)}, STRUCK),
    ],
)
def test_conditions_that_hide_are_named(
    desk: Desk, workbook: Workbook, looks: dict[str, Any], said: str
) -> None:
    sheet: Any = workbook.active
    style = DifferentialStyle(**looks)
    sheet.conditional_formatting.add(
        "A2:C4", Rule(type="expression", formula=['$C2="廃止"'], dxf=style)
    )
    told = remarks(desk, workbook)
    assert ("条件付き書式" in told) is bool(said)
    assert not said or _sentence(said, "A2:C4") in told


def test_icons_and_bars_instead_of_values_are_named(desk: Desk, workbook: Workbook) -> None:
    sheet: Any = workbook.active
    icons = IconSetRule("3Flags", "percent", [0, 33, 67], showValue=False)
    sheet.conditional_formatting.add("C2:C4", icons)
    bars = DataBarRule("min", 0, "max", 9, color=TEAL, showValue=True)
    sheet.conditional_formatting.add("B2:B4", bars)
    told = remarks(desk, workbook)
    assert _sentence(DRAWN, "C2:C4") in told
    assert "B2:B4" not in told


IN_LATER_VERSIONS = """<extLst><ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}"
xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings>
<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">
<x14:cfRule type="expression" priority="1" id="{{A}}"><xm:f>別表!$A$1=1</xm:f>{}</x14:cfRule>
<xm:sqref>A3:C3 A4</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"""


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("<x14:dxf><font><strike/></font></x14:dxf>", STRUCK),
        ('<x14:dxf><font><color theme="0"/></font></x14:dxf>', COLOURED),
        ('<x14:dxf><numFmt numFmtId="164" formatCode=";;;"/></x14:dxf>', FORMATTED),
        ('<x14:iconSet iconSet="3Stars" showValue="0"/>', DRAWN),
        ('<x14:dxf><font><strike val="0"/></font></x14:dxf>', ""),
    ],
)
def test_conditions_of_later_versions_are_named_too(
    desk: Desk, workbook: Workbook, rule: str, said: str
) -> None:
    extended = IN_LATER_VERSIONS.format(rule) + "</worksheet>"
    desk.check(in_first_sheet(workbook, {"</worksheet>": extended}), "departments")
    told = _remarks(desk)
    assert ("条件付き書式" in told) is bool(said)
    assert not said or _sentence(said, "A3:C3 A4") in told


def test_a_condition_that_nobody_knows_refuses_no_file(desk: Desk, workbook: Workbook) -> None:
    odd = '<conditionalFormatting sqref="A1"><cfRule type="unknown"/></conditionalFormatting>'
    checked = desk.check(in_first_sheet(workbook, {"<pageMargins": f"{odd}<pageMargins"}))
    assert len(checked.plan.entries) == 3


def _sentence(effect: str, places: str) -> str:
    return CONDITIONS[effect].format(places)


def in_first_sheet(workbook: Workbook, changes: dict[str, str]) -> bytes:
    """Return the workbook with other XML in its first sheet."""
    written, changed = BytesIO(bytes_of(workbook)), BytesIO()
    with ZipFile(written) as old, ZipFile(changed, "w") as new:
        for part in old.namelist():
            content = old.read(part).decode("utf-8")
            for was, will_be in changes.items() if part.endswith("sheet1.xml") else ():
                assert was in content
                content = content.replace(was, will_be)
            new.writestr(part, content)
    return changed.getvalue()


def test_white_letters_on_no_ground_are_named(desk: Desk, workbook: Workbook) -> None:
    sheet: Any = workbook.active
    sheet["C3"].font = Font(color=WHITE)
    sheet["B4"].font = Font(color=Color(theme=0))
    sheet["C4"].font, sheet["C4"].fill = Font(color=WHITE), PatternFill("solid", fgColor=TEAL)
    told = remarks(desk, workbook)
    assert "文字が白く、背景に色のないセルがあります（2か所）：C3、B4。" in told


def test_only_rows_that_are_said_to_be_hidden_are(desk: Desk, workbook: Workbook) -> None:
    # zeroHeight hides the rows of which a file says nothing, so none that hold a value.
    hidden = {
        "<sheetFormatPr ": '<sheetFormatPr zeroHeight="1" ',
        '<row r="3"': '<row r="3" hidden="1"',
    }
    desk.check(in_first_sheet(workbook, hidden), "departments")
    assert "1行、絞り込みで隠れた行を含む）：3行目" in _remarks(desk)


def test_columns_of_which_nothing_is_said_may_be_hidden(desk: Desk, workbook: Workbook) -> None:
    sheet: Any = workbook.active
    sheet.sheet_format.defaultColWidth = 0
    sheet.column_dimensions["A"].width = 20
    assert "非表示の列も取り込みます：B列、C列" in remarks(desk, workbook)


def test_a_name_that_is_struck_through_is_said_to_be(desk: Desk, workbook: Workbook) -> None:
    sheet: Any = workbook.active
    sheet["A3"].font = Font(strike=True)
    [reason] = reasons(desk.check(bytes_of(workbook), "departments"))
    assert reason.endswith(STRUCK_NAME)


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

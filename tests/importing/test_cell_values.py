"""Cells as people fill them become the texts that forms read."""

from typing import Any

import pytest

from bcp_portal.annex.choices import TRI
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.kinds.looks import Dimension
from bcp_portal.importing.cell_values import CellError, is_ditto, typed_text
from bcp_portal.importing.measuring_units import in_own_unit, unit_in
from bcp_portal.ui.durations import parse_duration
from bcp_portal.ui.eras import parse_date, parse_month
from tests.importing.desk import Desk, workbook_of


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("令和８年４月１日", "2026-04-01"),
        ("R8.4.1", "2026-04-01"),
        ("2026/4/1（水）", "2026-04-01"),
        ("令和元年5月1日まで", "2019-05-01"),
        ("2026-04-01 00:00:00", "2026-04-01"),
        (46113, "2026-04-01"),
        ("46113", "2026-04-01"),
        (20260401, "2026-04-01"),
        ({"d": "2026-04-01"}, "2026-04-01"),
    ],
)
def test_days(cell: Any, day: str) -> None:
    assert parse_date(typed_text(cell, Kind.DATE)).isoformat() == day


@pytest.mark.parametrize("cell", ["昭和56年6月", "S56.6", "1981/6/15", {"d": "1981-06-15"}, 29752])
def test_months(cell: Any) -> None:
    assert parse_month(typed_text(cell, Kind.MONTH)).isoformat() == "1981-06-01"


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("３日以内", 4320),
        ("24h以内", 1440),
        ("３日（72時間）", 4320),
        ("三日", 4320),
        ("十二時間", 720),
        ("24h", 1440),
        ("約2時間程度", 120),
        ("すぐに", 0),
        ("半日", 720),
        ("1:30", 90),
        ({"m": 90}, 90),
        ("一週間", 10080),
    ],
)
def test_durations(cell: Any, minutes: int) -> None:
    assert parse_duration(typed_text(cell, Kind.DURATION)).minutes == minutes


@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [
        ("12台", Kind.INTEGER, "12"),
        ("￥１，０００", Kind.MONEY, "1,000"),
        ("1,000円", Kind.MONEY, "1,000円"),
        ("▲5", Kind.INTEGER, "-5"),
        (3.0, Kind.INTEGER, "3"),
        ({"p": 0.5}, Kind.PERCENT, "50"),
        (0.5, Kind.PERCENT, "50"),
        ("50％", Kind.PERCENT, "50"),
        ("－", Kind.INTEGER, ""),
        ("－", Kind.TEXT, "－"),
        ({"d": "2026-03-31"}, Kind.FISCAL_YEAR, "2025"),
        ("令和８～10年度", Kind.FISCAL_YEARS, "令和8年度、令和9年度、令和10年度"),
        ("2026-2027", Kind.FISCAL_YEARS, "2026年度、2027年度"),
        ("3階建て", Kind.INTEGER, "3"),
        (9012345678, Kind.TELEPHONE, "09012345678"),
        (119, Kind.TELEPHONE, "119"),
        ("TEL 0123-45-6789（内線12）", Kind.TELEPHONE, "0123-45-6789#12"),
        (True, Kind.BOOLEAN, "はい"),
        ("×", Kind.BOOLEAN, "いいえ"),
    ],
)
def test_numbers_and_signs(cell: Any, kind: Kind, text: str) -> None:
    assert typed_text(cell, kind) == text


def test_an_error_of_excel_is_named() -> None:
    with pytest.raises(CellError, match="#N/A"):
        typed_text({"e": "#N/A"}, Kind.TEXT)


def test_a_formula_that_was_never_calculated_is_named_with_its_place(desk: Desk) -> None:
    heads = ("庁舎（建物）名", "拠点区分", "所在地")
    checked = desk.check(workbook_of(heads, ("本庁舎", "本庁舎", "=A1&B1")), "3")
    [entry], [problem] = checked.plan.entries, checked.plan.entries[0].problems
    assert (entry.sheet, entry.row, problem.column, problem.label) == ("Sheet1", 2, "C", "所在地")
    assert problem.value == "=A1&B1"
    assert "数式の結果がファイルに保存されていません" in problem.reason


@pytest.mark.parametrize(
    ("text", "code"),
    [("有", "yes"), ("○", "yes"), ("あり", "yes"), ("×", "no"), ("不明", "unknown"), ("？", "？")],
)
def test_choices(text: str, code: str) -> None:
    assert Kind.CHOICE.code_meant(text, TRI.options) == code


def test_part_of_a_label_is_enough_where_no_other_has_it() -> None:
    options = (
        ("main", "本庁舎"),
        ("branch", "支所・事務所"),
        ("one", "要（済）"),
        ("two", "要（未）"),
    )
    assert Kind.CHOICE.code_meant("支所", options) == "branch"
    assert Kind.CHOICE.code_meant("本庁", options) == "本庁"
    assert Kind.CHOICE.code_meant("要", options) == "要"


@pytest.mark.parametrize(
    ("cell", "kind", "unit", "label", "text"),
    [
        (1_500_000, Kind.MONEY, "円", "予算（千円）", "1500"),
        (150, Kind.MONEY, "万円", "予算（千円）", "1500"),
        ("1,500", Kind.MONEY, "千円", "予算（千円）", "1500"),
        ("￥1,500,000", Kind.MONEY, "", "予算（千円）", "1500"),
        ("1.5億円", Kind.MONEY, "", "予算（千円）", "150000"),
        ("未定", Kind.MONEY, "円", "予算（千円）", "未定"),
        (120, Kind.DECIMAL, "cm", "浸水深（m）", "1.2"),
        (120, Kind.DECIMAL, "cm", "出力", 120),
        (72, Kind.DURATION, "時間", "RTO", "72時間"),
        (0.5, Kind.DURATION, "日", "RTO", "720分"),
        ("3日", Kind.DURATION, "時間", "RTO", "3日"),
    ],
)
def test_units_of_heads(cell: Any, kind: Kind, unit: str, label: str, text: Any) -> None:
    assert in_own_unit(cell, kind, unit, label) == text


def test_heads_name_units() -> None:
    assert unit_in("必要予算（単位：円）", Dimension.MONEY) == "円"
    assert unit_in("RTO(h)", Dimension.TIME) == "時間"
    assert unit_in("浸水深（ｃｍ）", Dimension.LENGTH) == "cm"
    assert unit_in("予算（税込）", Dimension.MONEY) == ""


def test_ditto_marks() -> None:
    assert all(map(is_ditto, ("〃", " 同 上 ", "″")))
    assert not any(map(is_ditto, ("同上とする", None, 5, "")))

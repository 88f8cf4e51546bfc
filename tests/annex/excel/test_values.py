"""Every kind of cell is stored as what it is: numbers and days typed, everything else a text."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from bcp_portal.annex.excel.values import excel_value, number_format
from bcp_portal.annex.kinds import MASK, Kind, all_kinds
from bcp_portal.annex.kinds.looks import TEXT_FORMAT
from bcp_portal.annex.table import Column
from bcp_portal.ui.eras import DateStyle

CHOICES = (("main", "本庁舎"), ("branch", "支所"))


def stored(kind: Kind, value: Any, style: DateStyle = DateStyle.WAREKI) -> Any:
    return excel_value(Column("column", "項目", kind, choices=CHOICES), value, style)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (Kind.TEXT, "0256-00-0001", "0256-00-0001"),
        (Kind.TEXT, "=1+1", "=1+1"),
        (Kind.LONG_TEXT, "一行目\n二行目", "一行目\n二行目"),
        (Kind.WORDS, ["略称", "別名"], "略称、別名"),
        (Kind.INTEGER, 12000, 12000),
        (Kind.INTEGER, 0, 0),
        (Kind.INTEGER, -3, -3),
        (Kind.DECIMAL, "12.50", Decimal("12.50")),
        (Kind.PERCENT, 7, Decimal("0.07")),
        (Kind.MONEY, 1234567, 1234567),
        (Kind.BOOLEAN, True, "はい"),
        (Kind.BOOLEAN, False, "いいえ"),
        (Kind.CHOICE, "main", "本庁舎"),
        (Kind.CHOICE, "gone", "gone"),
        (Kind.CHOICES, ["main", "branch"], "本庁舎、支所"),
        (Kind.DATE, "2026-04-01", date(2026, 4, 1)),
        (Kind.MONTH, "2026-04", date(2026, 4, 1)),
        (Kind.DATETIME, "2026-04-01T09:30", datetime(2026, 4, 1, 9, 30)),
        (Kind.FISCAL_YEAR, 2026, "令和8年度"),
        (Kind.FISCAL_YEARS, [2026, 2027], "令和8年度、令和9年度"),
        (Kind.DURATION, {"minutes": 4320, "unit": "hour"}, "72時間"),
        (Kind.DURATION, {"minutes": 0, "unit": "immediate"}, "即時"),
        (Kind.REFERENCE, {"uid": "u", "text": "情報政策課"}, "情報政策課"),
        (Kind.REFERENCES, [{"uid": "u", "text": "甲"}, {"uid": "v", "text": "乙"}], "甲、乙"),
        (Kind.FILE, {"name": "配置図.pdf"}, "配置図.pdf"),
    ],
)
def test_a_value_keeps_its_type(kind: Kind, value: Any, expected: Any) -> None:
    result = stored(kind, value)
    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize("kind", all_kinds())
def test_blank_is_an_empty_cell_and_a_mask_is_text(kind: Kind) -> None:
    assert stored(kind, None) is None
    assert stored(kind, "") is None
    assert stored(kind, MASK) == MASK


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.DATE, "1900-02-28", "明治33年2月28日"),
        (Kind.DATE, "1873-01-01", "明治6年1月1日"),
        (Kind.MONTH, "1899-12", "明治32年12月"),
        (Kind.DATETIME, "1889-04-01T08:00", "明治22年4月1日 08時00分"),
        (Kind.INTEGER, 1234567890123456, "1,234,567,890,123,456"),
        (Kind.DECIMAL, "0.1234567890123456", "0.1234567890123456"),
    ],
)
def test_what_excel_would_distort_is_stored_as_text(kind: Kind, value: Any, text: str) -> None:
    assert stored(kind, value) == text


def test_the_first_day_that_excel_counts_right_is_a_date() -> None:
    assert stored(Kind.DATE, "1900-03-01") == date(1900, 3, 1)


def test_formats_follow_the_calendar_of_the_municipality() -> None:
    japanese = number_format(Kind.DATE, DateStyle.WAREKI)
    assert japanese.split(";")[1] == '[<=43830][$-411]ggg"元年"m"月"d"日"'
    assert number_format(Kind.DATE, DateStyle.SEIREKI) == 'yyyy"年"m"月"d"日"'
    assert number_format(Kind.MONTH, DateStyle.SEIREKI) == 'yyyy"年"m"月"'
    assert stored(Kind.FISCAL_YEAR, 2026, DateStyle.SEIREKI) == "2026年度"


def test_columns_of_texts_keep_as_text_what_is_typed_into_them() -> None:
    typed = {Kind.INTEGER, Kind.MONEY, Kind.DECIMAL, Kind.PERCENT}
    typed |= {Kind.DATE, Kind.MONTH, Kind.DATETIME}
    for kind in set(all_kinds()) - typed:
        assert number_format(kind, DateStyle.WAREKI) == TEXT_FORMAT
    assert number_format(Kind.PERCENT, DateStyle.WAREKI) == "0%"
    assert number_format(Kind.MONEY, DateStyle.WAREKI) == "#,##0"

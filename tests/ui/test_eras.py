"""Dates: every way of writing them, the borders of the eras, and what is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp_portal.ui.eras import (
    DateError,
    DateStyle,
    fiscal_year,
    format_date,
    format_fiscal_year,
    format_month,
    parse_date,
    parse_fiscal_year,
    parse_month,
)

BOTH_STYLES = st.sampled_from(DateStyle)
DAYS = st.dates(date(1873, 1, 1), date(2117, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "令和8年4月1日",
        "令和８年４月１日",
        "令和 8年 4月 1日",
        "R8.4.1",
        "R8/4/1",
        "R8-4-1",
        "r08.04.01",
        "Ｒ８．４．１",
        "令8.4.1",
        "2026-04-01",
        "2026/4/1",
        "2026.4.1",
        "2026年4月1日",
        "20260401",
        "２０２６／０４／０１",
    ],
)
def test_one_day_in_every_spelling(typed: str) -> None:
    assert parse_date(typed) == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("令和1年5月1日", date(2019, 5, 1)),
        ("R元.5.1", date(2019, 5, 1)),
        ("㋿元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("昭和元年12月25日", date(1926, 12, 25)),
        ("大正15年12月24日", date(1926, 12, 24)),
        ("大正元年7月30日", date(1912, 7, 30)),
        ("明治45年7月29日", date(1912, 7, 29)),
        ("M6.1.1", date(1873, 1, 1)),
        ("S55.2.29", date(1980, 2, 29)),
    ],
)
def test_days_at_the_borders_of_eras(typed: str, day: date) -> None:
    assert parse_date(typed) == day
    assert parse_date(format_date(day, DateStyle.WAREKI)) == day


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(1912, 7, 29), "明治45年7月29日"),
        (date(1912, 7, 30), "大正元年7月30日"),
        (date(1926, 12, 24), "大正15年12月24日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2020, 1, 1), "令和2年1月1日"),
    ],
)
def test_days_at_the_borders_of_eras_are_printed_in_their_era(day: date, printed: str) -> None:
    """What is printed reads back whichever of two eras is named, so it is compared as it stands."""
    assert format_date(day, DateStyle.WAREKI) == printed


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "日付を入力してください"),
        ("令和元年4月30日", "令和は令和元年5月1日からです"),
        ("平成31年5月1日", "平成は平成31年4月30日までです。令和で入力してください"),
        ("昭和64年1月8日", "平成で入力してください"),
        ("明治5年12月2日", "明治6年以後"),
        ("R0.4.1", "年が0です"),
        ("R8.2.29", "暦にない日付です"),
        ("2026-13-01", "暦にない日付です"),
        ("2026-00-10", "暦にない日付です"),
        ("0202-04-01", "年を確かめてください"),
        ("2200-01-01", "年を確かめてください"),
        ("8.4.1", "年号か西暦4桁を付けて"),
        ("26/4/1", "年号か西暦4桁を付けて"),
        ("2026/4-1", "日付として読み取れません"),
        ("2026-04", "日付として読み取れません"),
        ("来月1日", "日付として読み取れません"),
        ("X8.4.1", "日付として読み取れません"),
    ],
)
def test_refused_dates_say_why(typed: str, sentence: str) -> None:
    with pytest.raises(DateError) as refused:
        parse_date(typed)

    assert sentence in str(refused.value)
    assert str(refused.value).endswith("。")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("平成20年8月", date(2008, 8, 1)),
        ("H20.8", date(2008, 8, 1)),
        ("2008-08", date(2008, 8, 1)),
        ("2008/8", date(2008, 8, 1)),
        ("2008年8月", date(2008, 8, 1)),
        ("200808", date(2008, 8, 1)),
        ("昭和64年1月", date(1989, 1, 1)),
        ("平成元年1月", date(1989, 1, 1)),
    ],
)
def test_months(typed: str, first: date) -> None:
    assert parse_month(typed) == first


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("令和元年4月", "令和は令和元年5月1日から"),
        ("平成31年5月", "平成31年4月30日まで"),
        ("2008-13", "暦にない"),
        ("2008", "年月として読み取れません"),
        ("", "年月を入力してください"),
    ],
)
def test_refused_months(typed: str, sentence: str) -> None:
    with pytest.raises(DateError, match=sentence):
        parse_month(typed)


def test_a_month_of_two_eras_is_named_after_the_later_one() -> None:
    assert format_month(date(1989, 1, 1), DateStyle.WAREKI) == "平成元年1月"
    assert format_month(date(2019, 4, 1), "wareki") == "平成31年4月"
    assert format_month(date(2019, 5, 1), "seireki") == "2019年5月"


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("令和8年度", 2026),
        ("令和８", 2026),
        ("R8", 2026),
        ("R8年度", 2026),
        ("2026年度", 2026),
        ("２０２６", 2026),
        ("FY2026", 2026),
        ("令和元年度", 2019),
        ("平成31年度", 2019),
        ("昭和63年度", 1988),
    ],
)
def test_fiscal_years(typed: str, year: int) -> None:
    assert parse_fiscal_year(typed) == year


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("平成32年度", "令和で入力してください"),
        ("昭和64年度", "平成で入力してください"),
        ("8", "年度として読み取れません"),
        ("", "年度を入力してください"),
        ("今年度", "年度として読み取れません"),
    ],
)
def test_refused_fiscal_years(typed: str, sentence: str) -> None:
    with pytest.raises(DateError, match=sentence):
        parse_fiscal_year(typed)


def test_fiscal_year_turns_on_the_first_of_april() -> None:
    assert fiscal_year(date(2026, 3, 31)) == 2025
    assert fiscal_year(date(2026, 4, 1)) == 2026


@pytest.mark.parametrize(
    ("year", "shown"),
    [
        (2026, "令和8年度"),
        (2019, "令和元年度"),
        (2018, "平成30年度"),
        (1989, "平成元年度"),
        (1988, "昭和63年度"),
        (1926, "大正15年度"),
    ],
)
def test_fiscal_years_are_named_as_budgets_are(year: int, shown: str) -> None:
    assert format_fiscal_year(year, "wareki") == shown
    assert format_fiscal_year(year, "seireki") == f"{year}年度"


def test_days_of_the_lunar_calendar_are_shown_in_seireki() -> None:
    assert format_date(date(1872, 12, 31), "wareki") == "1872年12月31日"
    assert format_date(date(1873, 1, 1), "wareki") == "明治6年1月1日"


@given(DAYS, BOTH_STYLES)
def test_a_shown_day_reads_back(day: date, style: DateStyle) -> None:
    assert parse_date(format_date(day, style)) == day


@given(DAYS, BOTH_STYLES)
def test_a_shown_month_reads_back(day: date, style: DateStyle) -> None:
    assert parse_month(format_month(day, style)) == day.replace(day=1)


@given(st.integers(1873, 2117), BOTH_STYLES)
def test_a_shown_fiscal_year_reads_back(year: int, style: DateStyle) -> None:
    assert parse_fiscal_year(format_fiscal_year(year, style)) == year


@given(
    st.text(max_size=30) | st.text("0123456789年月日度令和平成昭大正明治元RHSTM-/.", max_size=12)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (parse_date, parse_month, parse_fiscal_year):
        try:
            assert parse(text) is not None
        except DateError as refused:
            assert str(refused)

"""Reads and writes dates, months and fiscal years in 和暦 and 西暦."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bcp_portal.ui.text import shortened


class DateStyle(StrEnum):
    WAREKI = "wareki"
    SEIREKI = "seireki"


class DateError(ValueError):
    """The text is no date; the message is a Japanese sentence that says what to type."""


@dataclass(frozen=True)
class Era:
    """One 元号, with its first and last day."""

    name: str
    letter: str
    first_year: int
    first_day: date
    last_day: date

    def number_of(self, year: int) -> int:
        """Return which year of this era a year of the common era is: 8 for 2026 in 令和."""
        return year - self.first_year + 1

    def year_text(self, year: int) -> str:
        """Return 令和8年 or 令和元年 for a year of the common era."""
        number = self.number_of(year)
        return f"{self.name}{'元' if number == 1 else number}年"


# Until the end of 明治5年 Japan counted by the moon; such dates cannot be converted by arithmetic.
SOLAR_CALENDAR_FROM = date(1873, 1, 1)
LAST_YEAR = 2199
ERAS = (
    Era("令和", "R", 2019, date(2019, 5, 1), date(LAST_YEAR, 12, 31)),
    Era("平成", "H", 1989, date(1989, 1, 8), date(2019, 4, 30)),
    Era("昭和", "S", 1926, date(1926, 12, 25), date(1989, 1, 7)),
    Era("大正", "T", 1912, date(1912, 7, 30), date(1926, 12, 24)),
    Era("明治", "M", 1868, SOLAR_CALENDAR_FROM, date(1912, 7, 29)),
)

_ERA_BY_SIGN = {sign: era for era in ERAS for sign in (era.name, era.name[0], era.letter)}
_YEAR = (
    r"(?:(?P<era>明治|大正|昭和|平成|令和|[明大昭平令MTSHR])\.?(?P<era_year>元|[0-9]{1,2})"
    r"|(?P<year>[0-9]{4}))"
)
_DATES = [
    re.compile(_YEAR + r"年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日?"),
    re.compile(_YEAR + r"(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<era>(?!))?(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
]
_MONTHS = [
    re.compile(_YEAR + r"年(?P<month>[0-9]{1,2})月"),
    re.compile(_YEAR + r"[-/.](?P<month>[0-9]{1,2})"),
    re.compile(r"(?P<era>(?!))?(?P<year>[0-9]{4})(?P<month>[0-9]{2})"),
]
_FISCAL_YEARS = [re.compile(r"(?:FY)?" + _YEAR + r"(?:年度|年)?")]


def era_of(day: date) -> Era | None:
    """Return the era of a day; None before 1873 and after the last year that can be typed."""
    return next((era for era in ERAS if era.first_day <= day <= era.last_day), None)


def parse_date(text: str) -> date:
    """Return the date written as 令和8年4月1日, R8.4.1, 2026-04-01, 2026/4/1 or 20260401.

    Raises DateError (Japanese) when it is no date, or lies outside the era it names.
    """
    match = _match(_DATES, text, "日付", "「令和8年4月1日」「R8.4.1」「2026-04-01」")
    year, era = _common_year(match, text)
    day = _real_date(year, int(match["month"]), int(match["day"]), text)
    if era is not None:
        _refuse_outside(era, day, day, text)
    return day


def parse_month(text: str) -> date:
    """Return the first day of the month written as 平成20年8月, H20.8 or 2008-08.

    Raises DateError (Japanese) when it is no month, or no day of it lies in the era it names.
    """
    match = _match(_MONTHS, text, "年月", "「平成20年8月」「H20.8」「2008-08」")
    year, era = _common_year(match, text)
    first = _real_date(year, int(match["month"]), 1, text)
    if era is not None:
        _refuse_outside(era, first, _last_day_of_month(first), text)
    return first


def parse_fiscal_year(text: str) -> int:
    """Return the year in which the fiscal year begins: 令和8年度, R8, 2026年度, 2026 are 2026.

    Raises DateError (Japanese). 平成31年度 and 令和元年度 are the same year and both accepted.
    """
    match = _match(_FISCAL_YEARS, text, "年度", "「令和8年度」「R8」「2026年度」")
    year, era = _common_year(match, text)
    if era is not None:
        _refuse_outside(era, date(year, 4, 1), date(year, 12, 31), text)
    return year


def fiscal_year(day: date) -> int:
    """Return the fiscal year of a day: it runs from April to March."""
    return day.year if day.month >= 4 else day.year - 1


def format_date(day: date, style: DateStyle | str) -> str:
    """Return 令和8年4月1日 or 2026年4月1日; days before 1873 are always shown in 西暦."""
    return f"{_year_text(day, day.year, style)}{day.month}月{day.day}日"


def format_month(day: date, style: DateStyle | str) -> str:
    """Return 平成20年8月 or 2008年8月; a month of two eras is named after the later one."""
    return f"{_year_text(_last_day_of_month(day), day.year, style)}{day.month}月"


def format_fiscal_year(year: int, style: DateStyle | str) -> str:
    """Return 令和8年度 or 2026年度; a year of two eras is named after that of 1 May."""
    return f"{_year_text(date(year, 5, 1), year, style)}度"


def _year_text(day: date, year: int, style: DateStyle | str) -> str:
    era = era_of(day)
    if DateStyle(style) is DateStyle.SEIREKI or era is None:
        return f"{year}年"
    return era.year_text(year)


def _match(patterns: list[re.Pattern[str]], text: str, what: str, examples: str) -> re.Match[str]:
    folded = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if not folded:
        raise DateError(f"{what}を入力してください。{examples}のように入力できます。")
    for pattern in patterns:
        match = pattern.fullmatch(folded)
        if match is not None:
            return match
    raise DateError(
        f"「{shortened(text)}」は{what}として読み取れません。"
        f"年号か西暦4桁を付けて、{examples}のように入力してください。"
    )


def _common_year(match: re.Match[str], text: str) -> tuple[int, Era | None]:
    if match["era"] is None:
        year = int(match["year"])
        if not SOLAR_CALENDAR_FROM.year <= year <= LAST_YEAR:
            raise DateError(
                f"「{shortened(text)}」の年を確かめてください。"
                f"西暦は{SOLAR_CALENDAR_FROM.year}年から{LAST_YEAR}年までを入力できます。"
            )
        return year, None
    era = _ERA_BY_SIGN[match["era"]]
    number = 1 if match["era_year"] == "元" else int(match["era_year"])
    if number == 0:
        raise DateError(
            f"「{shortened(text)}」の年が0です。最初の年は元年または1年と入力してください。"
        )
    return era.first_year + number - 1, era


def _real_date(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError(
            f"「{shortened(text)}」は暦にない日付です。月と日を確かめてください。"
        ) from None


def _last_day_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _refuse_outside(era: Era, first: date, last: date, text: str) -> None:
    if first <= era.last_day and last >= era.first_day:
        return
    quoted = shortened(text)
    if last < SOLAR_CALENDAR_FROM:
        raise DateError(
            f"「{quoted}」は旧暦の時代のため扱えません。明治6年以後の日付を入力してください。"
        )
    if last < era.first_day:
        start = f"{era.year_text(era.first_day.year)}{era.first_day.month}月{era.first_day.day}日"
        raise DateError(
            f"「{quoted}」は{era.name}の期間にありません。{era.name}は{start}からです。"
        )
    end = f"{era.year_text(era.last_day.year)}{era.last_day.month}月{era.last_day.day}日"
    following = ERAS[ERAS.index(era) - 1]
    raise DateError(
        f"「{quoted}」は{era.name}の期間にありません。{era.name}は{end}までです。"
        f"{following.name}で入力してください。"
    )

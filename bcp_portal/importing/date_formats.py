"""Writes a day or a time as Excel shows it in its number format: 令和6年4月, 24:00, 36時間. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bcp_portal.importing.kanji_numerals import in_kanji
from bcp_portal.importing.number_formats import FormatSection, FormatToken, section_for
from bcp_portal.ui.eras import ERAS, era_of

_WEEKDAYS = "月火水木金土日"
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SECONDS_OF_DAY = 86_400
_LAST_SERIAL = 2_958_465
# The day that Excel calls 0, counting its 29 February 1900; good from 1 March 1900 on.
_SINCE_1900, _SINCE_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LEAP_DAY_OF_EXCEL = 60
# Of that count, 1 was a Sunday for Excel: its days of the week are wrong before 1 March 1900.
_DAYS_TO_MONDAY = 5


@dataclass(frozen=True)
class Shows:
    """Which parts of a moment a format shows."""

    year: bool
    month: bool
    day: bool
    time: bool
    elapsed: bool


def shows(section: FormatSection) -> Shows:
    """Return which parts of a moment a section shows."""
    texts = _told(section.tokens)
    years = ("y", "e", "g", "r")
    return Shows(
        year=any(text[0] in years for text in texts),
        month=any(text.startswith("m") for text in texts),
        day=any(text[0] == "d" and len(text) < 3 for text in texts),
        time=any(text[0] in "hsn" for text in texts),
        elapsed=any(token.kind == "elapsed" for token in section.tokens),
    )


@dataclass(frozen=True)
class _Shown:
    """The day as Excel shows it, which the calendar may not have, with what tells the time."""

    year: int
    month: int
    day: int
    weekday: int
    moment: datetime


def is_no_day(serial: float, *, since_1904: bool) -> bool:
    """Tell whether Excel shows a day of a number that means none.

    That is 0, as a formula has it of an empty cell (1900/1/0, or the first day of 1904), and
    29 February 1900.
    """
    days = _days(serial)
    return days == 0 or (days == _LEAP_DAY_OF_EXCEL and not since_1904)


def _days(serial: float) -> int:
    return round(serial * _SECONDS_OF_DAY) // _SECONDS_OF_DAY


def moment_of(serial: float, *, since_1904: bool) -> datetime | None:
    """Return the moment of a serial number to the second; None where Excel has none.

    Of a number that `is_no_day` only the time is true.
    """
    if not 0 <= serial <= _LAST_SERIAL:
        return None
    seconds = round(serial * _SECONDS_OF_DAY)
    epoch = _SINCE_1904 if since_1904 else _SINCE_1900
    if not since_1904 and _days(serial) < _LEAP_DAY_OF_EXCEL:
        epoch += timedelta(days=1)
    return epoch + timedelta(seconds=seconds)


def shown_moment(serial: float, code: str, *, since_1904: bool = False) -> str:
    """Return a serial number as Excel shows it in a format of days and times."""
    section, _ = section_for(serial, code)
    moment = moment_of(serial, since_1904=since_1904)
    if moment is None:
        return "########"
    told = iter(_told(section.tokens))
    shown = _shown(serial, moment, since_1904=since_1904)
    return "".join(
        _written(token, next(told), section, shown, serial)
        if token.kind in ("moment", "elapsed")
        else _between(token, section, moment)
        for token in section.tokens
    )


def _shown(serial: float, moment: datetime, *, since_1904: bool) -> _Shown:
    if since_1904:
        return _Shown(moment.year, moment.month, moment.day, moment.weekday(), moment)
    days = _days(serial)
    weekday = (days + _DAYS_TO_MONDAY) % 7
    if days == 0:
        return _Shown(1900, 1, 0, weekday, moment)
    if days == _LEAP_DAY_OF_EXCEL:
        return _Shown(1900, 2, 29, weekday, moment)
    return _Shown(moment.year, moment.month, moment.day, weekday, moment)


def _told(tokens: Sequence[FormatToken]) -> list[str]:
    """Return the parts of moments in order, minutes as n to tell them from months."""
    parts = [token for token in tokens if token.kind in ("moment", "elapsed")]
    found = []
    for place, token in enumerate(parts):
        before = parts[place - 1].text if place else ""
        behind = parts[place + 1].text if place + 1 < len(parts) else ""
        is_minute = token.text in ("m", "mm") and (before[:1] == "h" or behind[:1] == "s")
        of_time = token.kind == "elapsed" and token.text[0] == "m"
        found.append("n" * len(token.text) if is_minute or of_time else token.text)
    return found


def _between(token: FormatToken, section: FormatSection, moment: datetime) -> str:
    if token.kind == "ampm":
        words = token.text.split("/")
        if section.locale.upper() in ("411", "JA-JP") and words[0].upper() == "AM":
            words = ["午前", "午後"]
        return words[moment.hour >= 12]
    if token.kind == "sign":
        return token.text
    return token.text if token.kind in ("literal", "point") else ""


def _written(
    token: FormatToken, told: str, section: FormatSection, shown: _Shown, serial: float
) -> str:
    if token.kind == "elapsed":
        seconds = round(serial * _SECONDS_OF_DAY)
        count = seconds // {"h": 3_600, "n": 60, "s": 1}[told[0]]
        return f"{count:0{len(told)}}"
    half_day = any(each.kind == "ampm" for each in section.tokens)
    number = _part(told, shown, gannen="gannen" in section.locale, half_day=half_day)
    if section.numerals and number.isdigit():
        if told[0] == "y":
            return "".join(in_kanji(int(digit), section.numerals) for digit in number)
        return in_kanji(int(number), section.numerals)
    return number


def _part(told: str, shown: _Shown, *, gannen: bool, half_day: bool) -> str:
    kind, width = told[0], min(len(told), 2)
    if kind == "y":
        return f"{shown.year:04}" if len(told) > 2 else f"{shown.year % 100:02}"
    if kind in "ger":
        return _era(told, shown, gannen=gannen)
    if kind == "m":
        if len(told) == 5:
            return _MONTHS[shown.month - 1][0]
        if len(told) > 2:
            name = _MONTHS[shown.month - 1]
            return name[:3] if len(told) == 3 else name
        return f"{shown.month:0{width}}"
    if kind == "d":
        if len(told) > 2:
            name = _ENGLISH_DAYS[shown.weekday]
            return name[:3] if len(told) == 3 else name
        return f"{shown.day:0{width}}"
    if kind == "a":
        return _WEEKDAYS[shown.weekday] + ("曜日" if len(told) > 3 else "")
    moment = shown.moment
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    return f"{ {'h': hour, 'n': moment.minute, 's': moment.second}[kind]:0{width}}"


def _era(told: str, shown: _Shown, *, gannen: bool) -> str:
    # 1900/1/0 has no day of its own; its year is that of the days behind it.
    era = era_of(shown.moment.date()) or ERAS[0]
    year = era.number_of(shown.year)
    if told[0] == "g":
        return (era.letter, era.name[0], era.name)[min(len(told), 3) - 1]
    text = "元" if gannen and year == 1 else f"{year:0{min(len(told), 2)}}"
    if told[0] == "r":
        return (era.name if len(told) > 1 else "") + text
    return text

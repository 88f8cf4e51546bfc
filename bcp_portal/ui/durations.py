"""Reads and writes durations as people print them (即時, 72時間, 3日), keeping the printed unit."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bcp_portal.ui.text import shortened


class Unit(StrEnum):
    IMMEDIATE = "immediate"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


# Calendar time, not working time; a month is 30 days.
UNIT_MINUTES = {
    Unit.MONTH: 30 * 24 * 60,
    Unit.WEEK: 7 * 24 * 60,
    Unit.DAY: 24 * 60,
    Unit.HOUR: 60,
    Unit.MINUTE: 1,
}
UNIT_LABELS = {
    Unit.IMMEDIATE: "即時",
    Unit.MINUTE: "分",
    Unit.HOUR: "時間",
    Unit.DAY: "日",
    Unit.WEEK: "週間",
    Unit.MONTH: "か月",
}
MAX_MINUTES = 120 * UNIT_MINUTES[Unit.MONTH]

_UNITS_ASKED_FOR = "「72時間」「3日」のように、分・時間・日・週間・か月を付けて入力してください。"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_PART = re.compile(
    rf"(?P<number>{_NUMBER}|半)"
    r"(?:(?P<month>[かカヵケヶ箇]月間?)|(?P<week>週間?)|(?P<day>日間?)|(?P<hour>時間)|(?P<minute>分間?))"
    r"(?P<half>半)?"
)
_LONGEST_TEXT = 60


class DurationError(ValueError):
    """The text is no duration; the message is a Japanese sentence that says what to type."""


@dataclass(frozen=True)
class Duration:
    """An amount of calendar time, and the unit in which it is shown."""

    minutes: int
    unit: Unit

    def __str__(self) -> str:
        return format_duration(self.minutes, self.unit)


def parse_duration(text: str) -> Duration:
    """Return the duration; the first unit written is the unit to show.

    Raises DurationError (Japanese) for a number without unit, a negative or too long duration,
    and anything that is no duration.
    """
    compact = _compact(text)
    _refuse_common_slips(compact, text)
    if compact == UNIT_LABELS[Unit.IMMEDIATE]:
        return Duration(0, Unit.IMMEDIATE)
    parts = _parts(compact, text)
    minutes = sum((amount * UNIT_MINUTES[unit] for unit, amount in parts), Fraction(0))
    if minutes.denominator != 1:
        raise DurationError(
            f"「{shortened(text)}」は1分より細かい期間です。分の単位で入力してください。"
        )
    if minutes > MAX_MINUTES:
        raise DurationError(f"「{shortened(text)}」は長すぎます。120か月以内で入力してください。")
    return Duration(int(minutes), parts[0][0])


def format_duration(minutes: int, unit: Unit | str) -> str:
    """Return the duration in its unit, the rest in smaller ones: (1800, "day") is 1日6時間."""
    shown = Unit(unit)
    if shown is Unit.IMMEDIATE:
        if minutes == 0:
            return UNIT_LABELS[shown]
        shown = Unit.HOUR
    texts = []
    rest = minutes
    for step in _steps_from(shown):
        amount, rest = divmod(rest, UNIT_MINUTES[step])
        if amount:
            texts.append(f"{amount}{UNIT_LABELS[step]}")
    return "".join(texts) or f"0{UNIT_LABELS[shown]}"


def _steps_from(unit: Unit) -> list[Unit]:
    # Nobody writes 1か月2週間1日: below the shown unit come days, hours, minutes.
    smaller = [Unit.DAY, Unit.HOUR, Unit.MINUTE]
    return [unit] + [step for step in smaller if UNIT_MINUTES[step] < UNIT_MINUTES[unit]]


def _compact(text: str) -> str:
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    without_commas = re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", folded)
    return without_commas.removesuffix("以内")


def _refuse_common_slips(compact: str, text: str) -> None:
    if not compact:
        raise DurationError(f"期間を入力してください。{_UNITS_ASKED_FOR}")
    if len(compact) > _LONGEST_TEXT:
        raise DurationError(f"「{shortened(text)}」は期間として読み取れません。{_UNITS_ASKED_FOR}")
    if re.match(r"[-−‐–▲△]", compact):
        raise DurationError(f"「{shortened(text)}」は負の値です。期間は0以上で入力してください。")
    if re.fullmatch(_NUMBER, compact):
        raise DurationError(f"「{shortened(text)}」には単位がありません。{_UNITS_ASKED_FOR}")


def _parts(compact: str, text: str) -> list[tuple[Unit, Fraction]]:
    parts: list[tuple[Unit, Fraction]] = []
    position = 0
    while position < len(compact):
        match = _PART.match(compact, position)
        if match is None:
            raise DurationError(
                f"「{shortened(text)}」は期間として読み取れません。{_UNITS_ASKED_FOR}"
            )
        unit = next(unit for unit in UNIT_MINUTES if match[unit.value])
        if parts and UNIT_MINUTES[unit] >= UNIT_MINUTES[parts[-1][0]]:
            raise DurationError(
                f"「{shortened(text)}」の単位の順が正しくありません。「1日6時間」のように大きい単位から入力してください。"
            )
        parts.append((unit, _amount(match)))
        position = match.end()
    return parts


def _amount(match: re.Match[str]) -> Fraction:
    half = Fraction(1, 2)
    number = half if match["number"] == "半" else Fraction(match["number"])
    return number + half if match["half"] else number

"""The arithmetic of recovery times: what is needed, allowed, urgent and comparable.

What is needed comes from 表5.3-1, the bands from 表5.3-3, the shortest time from 別表1; 翌始業時 and
the limits of 優先業務 are 武蔵野市's, other limits 柏崎市 8 and 9 (docs/sources.md). All times are
minutes after the clock start; None is "not entered" and never counts as 0.
"""

from collections.abc import Iterable, Mapping
from datetime import time
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

DAY = 24 * 60
WEEK = 7 * DAY
MONTH = 30 * DAY

# 表5.3-3: the upper end of a band belongs to it (以内), so 1日 is A and 2週間 is D.
PRIORITY_BANDS = (("S", 3 * 60), ("A", DAY), ("B", 3 * DAY), ("C", WEEK), ("D", 2 * WEEK))
LOWEST_PRIORITY = "E"
PRIORITIES = (*(letter for letter, _ in PRIORITY_BANDS), LOWEST_PRIORITY)

# 柏崎市 9(2)
CRITICAL_CEILING_MINUTES = 3 * DAY
GENERAL_CEILING_MINUTES = WEEK

# Ordinary office hours of a municipality.
OPENING = time(8, 30)
CLOSING = time(17, 15)


def alternative_minutes(has_alt: str, alt_time: int | None) -> int | None:
    """Return how long a business goes on without the system; 無 and 不明 count as 0.

    A workaround that was not surveyed, or exists without a time, gives None.
    """
    if has_alt in ("no", "unknown"):
        return 0
    return alt_time if has_alt == "yes" else None


def need_minutes(biz_rto: int | None, has_alt: str, alt_time: int | None) -> int | None:
    """Return when a business needs the system back: its own RTO plus the workaround."""
    bridged = alternative_minutes(has_alt, alt_time)
    return None if biz_rto is None or bridged is None else biz_rto + bridged


def earliest(times: Iterable[int | None]) -> int | None:
    """Return the smallest of the times that are set.

    Needs with the workaround make allowed_rto, needs without it min_rto.
    """
    return min((minutes for minutes in times if minutes is not None), default=None)


def priority_of(rto: int | None) -> str:
    """Return the recovery priority S-E of an RTO; no letter, never E, when it is not set."""
    if rto is None:
        return ""
    return next((letter for letter, upper in PRIORITY_BANDS if rto <= upper), LOWEST_PRIORITY)


def highest_priority(letters: Iterable[str]) -> str:
    """Return the most urgent of several priorities; blanks are left out."""
    known = [letter for letter in letters if letter in PRIORITIES]
    return min(known, key=PRIORITIES.index, default="")


class RtoFit(StrEnum):
    """How a declared RTO stands to what the businesses need."""

    SAFE = "safe"  # in time even without workarounds
    WORKAROUND = "workaround"  # in time only while the workaround of a business holds
    LATE = "late"
    UNKNOWN = "unknown"


def standing(declared: int | None, minimum: int | None, allowed: int | None) -> RtoFit:
    """Compare a declared RTO with min_rto and allowed_rto of its system."""
    if declared is None:
        return RtoFit.UNKNOWN
    if minimum is not None and declared <= minimum:
        return RtoFit.SAFE
    if allowed is None:
        return RtoFit.UNKNOWN
    if declared > allowed:
        return RtoFit.LATE
    # Without a minimum nothing tells whether the workaround is needed.
    return RtoFit.UNKNOWN if minimum is None else RtoFit.WORKAROUND


def overnight_minutes(closing: time = CLOSING, opening: time = OPENING) -> int:
    """Return the ordinary weekday gap from closing to the next opening: 15時間15分."""
    gap = (opening.hour - closing.hour) * 60 + opening.minute - closing.minute
    return gap % DAY or DAY


def clock_minutes(rto: int | None, next_opening: bool, gap: int | None = None) -> int | None:
    """Return an RTO for computing with, 翌始業時 being the ordinary weekday gap."""
    if next_opening:
        return overnight_minutes() if gap is None else gap
    return rto


def is_priority_in_disaster(rto: int | None, next_opening: bool = False) -> bool:
    """Tell whether a business is 優先業務（災害時）: within one week, inclusive."""
    minutes = clock_minutes(rto, next_opening)
    return minutes is not None and minutes <= WEEK


def is_priority_in_normal_times(
    rto: int | None, next_opening: bool, gap: int | None = None
) -> bool:
    """Tell whether a business is 優先業務（非災害時）: by the next opening, inclusive."""
    minutes = clock_minutes(rto, next_opening, gap)
    limit = overnight_minutes() if gap is None else gap
    return minutes is not None and minutes <= limit


def sla_rto_minutes(rate_percent: Decimal, period: int = MONTH) -> int:
    """Return the stop an SLA rate leaves in its evaluation period: (1 - rate) x period.

    柏崎市 8 says so in words, without a formula.

    A part of a minute is cut off, so that the target never exceeds what was agreed. ValueError
    when the rate is not a percentage.
    """
    if not 0 <= rate_percent <= 100:
        raise ValueError(f"A rate of {rate_percent} % is no percentage.")
    stop = (100 - rate_percent) / 100 * period
    return int(stop.to_integral_value(rounding=ROUND_FLOOR))


def on_event_clock(minutes: int, start: str, delays: Mapping[str, int]) -> int | None:
    """Return a time counted from the event itself.

    `delays` says how long after the event each other clock is assumed to start; without an
    assumption there is no answer.
    """
    if start == "event":
        return minutes
    return None if start not in delays else minutes + delays[start]


def is_later(
    first: int, first_start: str, second: int, second_start: str, delays: Mapping[str, int]
) -> bool | None:
    """Tell whether the first time lies after the second; None: 比較できません."""
    if first_start == second_start:
        return first > second
    converted = [
        on_event_clock(first, first_start, delays),
        on_event_clock(second, second_start, delays),
    ]
    if converted[0] is None or converted[1] is None:
        return None
    return converted[0] > converted[1]


def rlo_text(rlo: str, percent: int | None, text: str, labels: Mapping[str, str]) -> str:
    """Return a recovery level as it is printed, e.g. 平時の70%まで復旧.

    A share or a text that the level does not ask for was typed all the same, and stands behind it.
    """
    share = "" if percent is None else f"{percent}%"
    if rlo == "percent" and share:
        level, besides = f"平時の{share}まで復旧", [text]
    elif rlo == "other" and text:
        level, besides = text, [share]
    else:
        level, besides = labels.get(rlo, rlo), [share, text]
    more = "、".join(filter(None, besides))
    return f"{level}（{more}）" if level and more else level or more

"""The arithmetic of recovery times: what is needed and how urgent it is.

What is needed comes from 表5.3-1, the bands from 表5.3-3; 翌始業時 and the limits of 優先業務 are
武蔵野市's. All times are minutes after the clock start; None is "not entered" and never counts as 0.
"""

from collections.abc import Iterable, Mapping

DAY = 24 * 60
WEEK = 7 * DAY

# 表5.3-3: the upper end of a band belongs to it (以内), so 1日 is A and 2週間 is D.
PRIORITY_BANDS = (("S", 3 * 60), ("A", DAY), ("B", 3 * DAY), ("C", WEEK), ("D", 2 * WEEK))
LOWEST_PRIORITY = "E"
PRIORITIES = (*(letter for letter, _ in PRIORITY_BANDS), LOWEST_PRIORITY)

OVERNIGHT_MINUTES = 15 * 60 + 15
"""The ordinary weekday gap of a municipality, from closing at 17:15 to the next opening at 8:30."""


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


def priority_of(rto: int | None) -> str:
    """Return the recovery priority S-E of an RTO; no letter, never E, when it is not set."""
    if rto is None:
        return ""
    return next((letter for letter, upper in PRIORITY_BANDS if rto <= upper), LOWEST_PRIORITY)


def highest_priority(letters: Iterable[str]) -> str:
    """Return the most urgent of several priorities; blanks are left out."""
    known = [letter for letter in letters if letter in PRIORITIES]
    return min(known, key=PRIORITIES.index, default="")


def clock_minutes(rto: int | None, next_opening: bool) -> int | None:
    """Return an RTO for computing with, 翌始業時 being the ordinary weekday gap."""
    return OVERNIGHT_MINUTES if next_opening else rto


def is_priority_in_disaster(rto: int | None, next_opening: bool = False) -> bool:
    """Tell whether a business is 優先業務（災害時）: within one week, inclusive."""
    minutes = clock_minutes(rto, next_opening)
    return minutes is not None and minutes <= WEEK


def is_priority_in_normal_times(rto: int | None, next_opening: bool) -> bool:
    """Tell whether a business is 優先業務（非災害時）: by the next opening, inclusive."""
    minutes = clock_minutes(rto, next_opening)
    return minutes is not None and minutes <= OVERNIGHT_MINUTES


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

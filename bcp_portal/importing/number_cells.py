"""Makes of a stored number what is read of its cell: the number, day or time, and how Excel shows it. Pure."""

from datetime import time
from functools import partial
from typing import Any

from bcp_portal.importing.date_formats import is_no_day, moment_of, shown_moment, shows
from bcp_portal.importing.general_format import GENERAL, NARROW, general, in_full
from bcp_portal.importing.number_formats import exact, section_for, shown_number
from bcp_portal.spelling.widths import half_widths

_MINUTES_OF_DAY = 24 * 60
# A time without a day is a stretch of time, unless it counts more days than any stretch has.
_LONGEST_STRETCH_DAYS = 1_000
# Beside the characters a column keeps some room free.
_WIDTH_KEPT_FREE = 0.4
_SURELY_WHOLE = 10**11
_TEXT = "@"


def number_cell(value: float, code: str, *, since_1904: bool = False) -> Any:
    """Return what is read of a cell: the number alone where its format says nothing more.

    Without a format it is taken with all its digits: how many Excel shows hangs on the column.
    """
    if code == GENERAL and type(value) is int and -_SURELY_WHOLE < value < _SURELY_WHOLE:
        return {"n": value, "s": str(value), "since": 1904} if since_1904 else value
    section, _ = section_for(value, code)
    if section.is_moment:
        return _day_or_time(value, code, since_1904=since_1904)
    text = shown_number(value, code, in_full)
    if any(token.text == "%" and token.kind == "sign" for token in section.tokens):
        return {"p": value, "s": text}
    found: dict[str, Any] = {"n": value, "s": text}
    if section.thousands:
        found["by"] = 1_000**section.thousands
    if section.is_open and (seen := shown_number(value, code)) != text:
        found["g"] = seen
    if since_1904:
        return found | {"since": 1904}
    is_plain = text == f"{exact(value):f}" and (isinstance(value, float) or value == exact(value))
    return value if is_plain and not found.keys() & {"by", "g"} else found


def _day_or_time(value: float, code: str, *, since_1904: bool) -> dict[str, Any]:
    section, _ = section_for(value, code)
    parts = shows(section)
    moment = moment_of(value, since_1904=since_1904)
    if moment is None:
        return {"e": "########"}
    text = shown_moment(value, code, since_1904=since_1904)
    names_a_day = parts.year or parts.month or parts.day
    if names_a_day and is_no_day(value, since_1904=since_1904):
        return {"z": value, "s": text}
    whole = moment.time() == time()
    day = {"d": moment.date().isoformat()} if whole else {"t": moment.isoformat("T", "minutes")}
    found: dict[str, Any] = {"s": text}
    if names_a_day:
        found |= day
        if not (parts.year and parts.month and parts.day):
            found["part"] = True
        return found
    if parts.elapsed or value < _LONGEST_STRETCH_DAYS:
        found["m"] = round(value * _MINUTES_OF_DAY)
    if not parts.elapsed and value >= 1:
        found |= day | {"part": True}
    return found


def in_column(cell: Any, code: str, width: float) -> Any:
    """Return the cell with what Excel shows of it in a column of this width (in characters).

    A number without a format is rounded until it fits, all others become ####.
    """
    if isinstance(cell, str | bool):
        return cell
    held = cell if isinstance(cell, dict) else {"n": cell, "s": in_full(exact(cell))}
    room = width - _WIDTH_KEPT_FREE
    text = held.get("g") or held.get("s")
    if text is None or half_widths(text) <= room:
        return cell
    if "n" not in held or not section_for(held["n"], code)[0].is_open:
        return held | {"narrow": True}
    if code not in (GENERAL, _TEXT):
        # Whether a number between words is rounded, or all of it becomes ####, is not known.
        return cell
    seen = shown_number(held["n"], code, partial(general, room=int(room)))
    return held | ({"narrow": True} if seen == NARROW else {"g": seen})

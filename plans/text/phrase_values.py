"""Reads what was typed for a phrase into what is stored, and writes what is printed; pure."""

import re
import unicodedata
from datetime import date

from bcp_portal.ui.eras import DateError, DateStyle, format_month, parse_month
from bcp_portal.ui.text import RefusedCharacterError, clean_text
from plans.text.phrase_keys import PlaceholderKey, PlaceholderKind

INTENSITIES = ("3", "4", "5弱", "5強", "6弱", "6強", "7")
_MONTH = r"(1[0-2]|[1-9])月?"
_MONTH_ONLY = re.compile(_MONTH)
_MONTH_RANGE = re.compile(rf"{_MONTH}(?:から|[~〜～\-–－ー])(?:翌年)?{_MONTH}(?:まで)?")
_INTENSITY = re.compile(rf"震度({'|'.join(INTENSITIES)})(以上|以下|未満)?")


class PlaceholderError(ValueError):
    """What was typed is no value of this kind; the message is a Japanese sentence."""


def stored_value(phrase: PlaceholderKey, typed: str) -> str:
    """Return what is stored for what was typed; blank means that the phrase is not set.

    A 年月 is stored as 2023-04, so that it follows the municipality's 和暦 or 西暦.
    Raises PlaceholderError naming the phrase, what was typed, and an example.
    """
    try:
        text = " ".join(clean_text(typed).split())
    except RefusedCharacterError as error:
        raise PlaceholderError(f"「{phrase.label}」の{error}") from error
    reader = _READERS.get(phrase.kind)
    return reader(phrase, text) if reader and text else text


def printed_value(phrase: PlaceholderKey, stored: str, style: DateStyle | str) -> str:
    """Return the text that takes the place of a phrase."""
    if phrase.kind is PlaceholderKind.YEAR_MONTH:
        try:
            return format_month(date.fromisoformat(f"{stored}-01"), style)
        except ValueError:
            return stored  # typed while the phrase was of another kind
    return stored


def intensity_choices() -> list[str]:
    """Return what is offered for a 震度."""
    return [f"震度{intensity}以上" for intensity in INTENSITIES]


def month_choices() -> list[str]:
    return [f"{month}月" for month in range(1, 13)]


def _year_month(phrase: PlaceholderKey, text: str) -> str:
    try:
        return parse_month(text).strftime("%Y-%m")
    except DateError as error:
        raise PlaceholderError(f"「{phrase.label}」：{error}") from error


def _month(phrase: PlaceholderKey, text: str) -> str:
    match = _MONTH_ONLY.fullmatch(_folded(text))
    if not match:
        raise _refusal(phrase, text, "「4月」")
    return f"{match[1]}月"


def _month_range(phrase: PlaceholderKey, text: str) -> str:
    folded = _folded(text)
    if _MONTH_ONLY.fullmatch(folded):
        return _month(phrase, text)
    match = _MONTH_RANGE.fullmatch(folded)
    if not match:
        raise _refusal(phrase, text, "「4月から5月まで」")
    return f"{match[1]}月から{match[2]}月まで"


def _intensity(phrase: PlaceholderKey, text: str) -> str:
    match = _INTENSITY.fullmatch(_folded(text))
    if not match:
        raise _refusal(phrase, text, "「震度5強以上」")
    return f"震度{match[1]}{match[2] or ''}"


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _refusal(phrase: PlaceholderKey, text: str, example: str) -> PlaceholderError:
    return PlaceholderError(
        f"「{phrase.label}」に「{text}」は入力できません。{example}のように入力してください。"
    )


_READERS = {
    PlaceholderKind.YEAR_MONTH: _year_month,
    PlaceholderKind.MONTH: _month,
    PlaceholderKind.MONTH_RANGE: _month_range,
    PlaceholderKind.INTENSITY: _intensity,
}

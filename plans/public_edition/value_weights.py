"""Distinguishes common words from those that reveal something on their own; pure."""

import re
from collections.abc import Collection
from dataclasses import replace

from bcp_portal.spelling.numerals import normal
from plans.public_edition.hidden_numbers import without_days
from plans.public_edition.hidden_values import HiddenValue, Weight
from plans.public_edition.shipped_texts import is_shipped

_FEWEST_TELLING = 8
_NUMBER = re.compile("[0-9]{4}")
_OF_A_LOCK = re.compile("鍵|錠|金庫|パスワード|暗証")


def weighed(value: HiddenValue, common: Collection[str]) -> HiddenValue:
    """Return the value as a mere name when the program's own texts say it, or a few words many rows say.

    What is telling stays a secret however many rows hold it: each of them was hidden.
    """
    if value.weight is not Weight.SECRET or not is_plain_words(value):
        return value
    if is_shipped(value.text) or (value.folded in common and not _is_telling(value)):
        return replace(value, weight=Weight.NAME)
    return value


def _is_telling(value: HiddenValue) -> bool:
    """Tell what says something by itself, as where a key lies, from words that stand everywhere."""
    said = without_days(normal(value.text))
    return (
        len(value.folded) >= _FEWEST_TELLING
        or _NUMBER.search(said) is not None
        or _OF_A_LOCK.search(value.said + said) is not None
    )


def is_plain_words(value: HiddenValue) -> bool:
    """Tell words from numbers, addresses and passwords, which are never common."""
    return not value.numbers and not value.folded.isascii()

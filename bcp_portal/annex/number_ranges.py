"""Says between which numbers a column holds, the same on every database, so that a refusal can name them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.validators import BaseValidator, MaxValueValidator, MinValueValidator
from django.db import models

from bcp_portal.ui.text import shortened

_INTEGERS = (
    (models.PositiveSmallIntegerField, 0, 32_767),
    (models.SmallIntegerField, -32_768, 32_767),
    (models.PositiveIntegerField, 0, 2_147_483_647),
    (models.IntegerField, -2_147_483_648, 2_147_483_647),
)


@dataclass(frozen=True)
class NumberRange:
    """The least and greatest number that a column can hold, and those that it may hold.

    `places` stand behind the point.
    """

    held: tuple[Decimal, Decimal]
    allowed: tuple[Decimal, Decimal]
    places: int = 0

    def refusal(self, text: str, value: Decimal) -> str:
        """Say in Japanese which numbers a column takes that cannot hold this one; '' where it can."""
        least, most = self.held
        if least <= value <= most:
            return ""
        reason = "大きすぎます" if value > most else "小さすぎます"
        kind = "数値" if self.places else "整数"
        low, high = (f"{limit:,f}" for limit in self.allowed)
        return f"「{shortened(text)}」は{reason}。{low}～{high}の{kind}で入力してください。"


def range_of(field: Any) -> NumberRange | None:
    """Return the range of a column of numbers; None where nothing says one."""
    if isinstance(field, models.DecimalField):
        most = Decimal(10**field.max_digits - 1).scaleb(-field.decimal_places)
        return _within(field, -most, most, field.decimal_places)
    for kind, lowest, highest in _INTEGERS:
        if isinstance(field, kind):
            return _within(field, Decimal(lowest), Decimal(highest), 0)
    return None


def _within(field: Any, least: Decimal, most: Decimal, places: int) -> NumberRange:
    low = max((least, *_limits(field, MinValueValidator)))
    high = min((most, *_limits(field, MaxValueValidator)))
    return NumberRange((least, most), (low, high), places)


def _limits(field: Any, kind: type[BaseValidator]) -> Iterator[Decimal]:
    # Those of the database differ from one to the next.
    for validator in field._validators:
        if isinstance(validator, kind) and not callable(validator.limit_value):
            yield Decimal(str(validator.limit_value))

"""Form fields that read what people really type: full-width digits, 和暦, 「3日」, several words."""

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from bcp_portal.annex.number_ranges import NumberRange
from bcp_portal.ui.counted_letters import letter_count
from bcp_portal.ui.durations import Duration, format_duration, parse_duration
from bcp_portal.ui.eras import (
    DateStyle,
    format_date,
    format_fiscal_year,
    format_month,
    parse_date,
    parse_fiscal_year,
    parse_month,
)
from bcp_portal.ui.text import ascii_digits, clean_text

SEPARATORS = re.compile(r"[、,，;；\n]+")


class TextParsedField(forms.CharField):
    """A text box whose content is parsed to a value and shown back as people write it."""

    def __init__(self, *, style: DateStyle = DateStyle.WAREKI, **kwargs: Any) -> None:
        self.style = style
        super().__init__(**kwargs)

    def parse(self, text: str) -> Any:
        """Return the value of a non-empty text, or raise ValueError with a Japanese sentence."""
        return text

    def show(self, value: Any) -> str:
        """Return the value as the person would type it."""
        return "" if value is None else str(value)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        try:
            text = clean_text(text)
            return self.parse(text) if text else self.blank()
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def blank(self) -> Any:
        """Return the value of an empty box."""
        return None

    def validate(self, value: Any) -> None:
        if self.required and value in (None, "", [], ()):
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        if isinstance(value, str):
            super().run_validators(value)

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else self.show(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _lines(self.prepare_value(initial)) != _lines(data)


def _lines(text: Any) -> str:
    return str(text or "").replace("\r\n", "\n").strip()


class PlainTextField(TextParsedField):
    """Text with line breaks and name variants kept and private-use characters refused."""

    def blank(self) -> str:
        return ""


class DateTextField(TextParsedField):
    def parse(self, text: str) -> date:
        return parse_date(text)

    def show(self, value: date | None) -> str:
        return format_date(value, self.style) if value else ""


class MonthTextField(TextParsedField):
    def parse(self, text: str) -> date:
        return parse_month(text)

    def show(self, value: date | None) -> str:
        return format_month(value, self.style) if value else ""


class DateTimeTextField(TextParsedField):
    """A date and a time such as 令和8年4月1日 9:30 or 2026-04-01 09:30."""

    _TIME = re.compile(r"^(?P<date>.+?)[\sT]+(?P<hour>\d{1,2})[:時](?P<minute>\d{1,2})分?$")

    def parse(self, text: str) -> datetime:
        match = self._TIME.match(ascii_digits(text))
        if match is None:
            raise ValueError(
                f"「{text}」を日時として読めません。「令和8年4月1日 9:30」のように入力してください。"
            )
        hour, minute = int(match["hour"]), int(match["minute"])
        if hour > 23 or minute > 59:
            raise ValueError(f"「{text}」の時刻が正しくありません。")
        day = parse_date(match["date"])
        moment = datetime(day.year, day.month, day.day, hour, minute)
        return timezone.make_aware(moment)

    def show(self, value: datetime | None) -> str:
        if not value:
            return ""
        local = timezone.localtime(value)
        return f"{format_date(local.date(), self.style)} {local:%H:%M}"


class DurationTextField(TextParsedField):
    def parse(self, text: str) -> Duration:
        return parse_duration(text)

    def show(self, value: Duration | None) -> str:
        return format_duration(value.minutes, value.unit) if value else ""


class FiscalYearTextField(TextParsedField):
    def parse(self, text: str) -> int:
        return parse_fiscal_year(text)

    def show(self, value: int | None) -> str:
        return format_fiscal_year(value, self.style) if value else ""


class FiscalYearsTextField(TextParsedField):
    def parse(self, text: str) -> list[int]:
        return sorted({parse_fiscal_year(part) for part in parts_of(text)})

    def show(self, value: Sequence[int] | None) -> str:
        return "、".join(format_fiscal_year(year, self.style) for year in value or ())

    def blank(self) -> list[int]:
        return []


class NumberTextField(TextParsedField):
    """A number within a range, which a refusal names."""

    def __init__(self, *, within: NumberRange | None = None, **kwargs: Any) -> None:
        self.within = within
        super().__init__(**kwargs)

    def in_range(self, text: str, value: Decimal) -> Decimal:
        """Return the number; ValueError (Japanese) where its column cannot hold it.

        What only a rule of the column refuses, the rule says in its own words.
        """
        if self.within and (reason := self.within.refusal(text, value)):
            raise ValueError(reason)
        return value


class IntegerTextField(NumberTextField):
    def parse(self, text: str) -> int:
        digits = ascii_digits(text).replace(",", "").replace("，", "").strip()
        if not re.fullmatch(r"[-−]?\d+", digits):
            raise ValueError(f"「{text}」は整数で入力してください。")
        return int(self.in_range(text, Decimal(digits.replace("−", "-"))))


class DecimalTextField(NumberTextField):
    def parse(self, text: str) -> Decimal:
        digits = ascii_digits(text).replace(",", "").replace("．", ".")
        try:
            value = Decimal(digits)
        except InvalidOperation as error:
            raise ValueError(f"「{text}」は数値で入力してください。") from error
        if not value.is_finite():
            raise ValueError(f"「{text}」は数値で入力してください。")
        return self.in_range(text, value)

    def show(self, value: Decimal | None) -> str:
        return "" if value is None else f"{value.normalize():f}"


class WordsTextField(TextParsedField):
    """Several short texts, one a line or separated by 「、」."""

    def __init__(self, *, word_max_length: int = 60, **kwargs: Any) -> None:
        self.word_max_length = word_max_length
        super().__init__(**kwargs)

    def parse(self, text: str) -> list[str]:
        words = list(dict.fromkeys(parts_of(text)))
        for word in words:
            if letter_count(word) > self.word_max_length:
                raise ValueError(
                    f"「{word}」は{self.word_max_length}文字以内で入力してください"
                    f"（今は{letter_count(word)}文字）。"
                )
        return words

    def show(self, value: Sequence[str] | None) -> str:
        return "、".join(value or ())

    def blank(self) -> list[str]:
        return []


class LabelsTextField(TextParsedField):
    """Labels of a choice list, separated by 「、」; for a cell of the grid."""

    def __init__(self, *, options: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        self.options = dict(options)
        self.codes = {label: code for code, label in options}
        super().__init__(**kwargs)

    def parse(self, text: str) -> list[str]:
        parts = labels_in(text, self.codes)
        unknown = [part for part in parts if part not in self.codes]
        if unknown:
            raise ValueError(
                f"「{unknown[0]}」は選択肢にありません。{'、'.join(self.codes)}から選んでください。"
            )
        wanted = {self.codes[part] for part in parts}
        return [code for code in self.options if code in wanted]

    def show(self, value: Sequence[str] | None) -> str:
        return "、".join(self.options.get(code, code) for code in value or ())

    def blank(self) -> list[str]:
        return []


def labels_in(text: str, labels: Collection[str]) -> list[str]:
    """Return the labels in a text that separates them; what is none of `labels` as it stands there."""
    if text in labels:
        return [text]
    # A label may itself hold a separator (「停電、断水」, 「2,000件以上」): the longest go first.
    found, rest = [], text
    for label in sorted(labels, key=len, reverse=True):
        if SEPARATORS.search(label) and label in rest:
            found.append(label)
            rest = rest.replace(label, "、")
    return found + parts_of(rest)


class PhoneTextField(TextParsedField):
    """Digits and hyphens, a leading +, an extension after #; 6-20 characters."""

    def parse(self, text: str) -> str:
        number = re.sub(r"[‐‑–—−ー－]", "-", ascii_digits(text))
        number = number.replace("＋", "+").replace("＃", "#").replace("（", "(").replace("）", ")")
        number = re.sub(r"\s*内線\s*", "#", number)
        number = re.sub(r"[()]", "-", number).replace("--", "-").strip("- ").replace(" ", "")
        if not re.fullmatch(r"\+?\d[\d-]*\d(#\d+)?", number) or not 6 <= len(number) <= 20:
            raise ValueError(
                f"電話番号「{text}」は数字とハイフンで、6～20文字で入力してください（内線は#の後）。"
            )
        return number


def parts_of(text: str) -> list[str]:
    """Return the texts that separators divide, without empty ones."""
    return [part.strip() for part in SEPARATORS.split(text) if part.strip()]

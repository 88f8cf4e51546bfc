"""How long something takes."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms

from bcp_portal.annex import fields
from bcp_portal.annex import form_fields as ff
from bcp_portal.annex.kinds.declaration import FieldMaking, Kind
from bcp_portal.annex.kinds.looks import NEVER_LOOKED_FOR, Dimension, InFile, PrintLook
from bcp_portal.annex.kinds.values import CellValue
from bcp_portal.ui.durations import Duration, Unit, format_duration
from bcp_portal.ui.eras import DateStyle

_KANJI_DIGITS = "〇一二三四五六七八九"
_KANJI_NUMBER = re.compile(r"[一二三四五六七八九十]+(?=(?:[分時日週]|[かカヵケヶ箇]月))")
_WORDS = (
    # 3日(72時間) says one thing twice.
    (re.compile(r"(?<=.)\([^)]*\)$"), ""),
    (re.compile(r"^(?:約|およそ|概ね|おおむね)\s*"), ""),
    (re.compile(r"\s*(?:以内|程度|位|くらい|ぐらい)$"), ""),
    (re.compile(r"^(?:即時|即時対応|直ちに|ただちに|すぐに?|即)$"), "即時"),
    (re.compile(r"(?<=\d)\s*(?:hours?|hrs?|h)$", re.IGNORECASE), "時間"),
    (re.compile(r"(?<=\d)\s*(?:days?|d)$", re.IGNORECASE), "日"),
    (re.compile(r"(?<=\d)\s*(?:minutes?|mins?|m)$", re.IGNORECASE), "分"),
    (re.compile(r"(?<=\d)\s*(?:weeks?|w)$", re.IGNORECASE), "週間"),
)


class DurationKind(Kind):
    """Cell: {"minutes": int, "unit": str} | None."""

    code = "duration"
    rule = hint = (
        "「即時」「30分」「72時間」「3日」「1週間」「1か月」のように、単位を付けて書きます。"
    )
    looked_for = NEVER_LOOKED_FOR
    is_quantity = True
    model_fields = (fields.DurationMinutesField,)
    printed = PrintLook(need=3.5, unbroken=3.0)
    in_file = InFile.BARE_NUMBER
    dimension = Dimension.TIME
    reads_words_beside = True

    def filled_text(self, value: CellValue, choices: Mapping[str, str], style: DateStyle) -> str:
        return format_duration(value["minutes"], value["unit"])

    def read(self, row: Any, field: Any) -> CellValue:
        minutes = getattr(row, field.name)
        if minutes is None:
            return None
        return {"minutes": minutes, "unit": getattr(row, field.unit_field) or "minute"}

    def stored_in(self, field: Any) -> list[str]:
        return [field.attname, field.unit_field]

    def form_value(self, row: Any, field: Any) -> Any:
        minutes = getattr(row, field.name)
        if minutes is None:
            return None
        return Duration(minutes, Unit(getattr(row, field.unit_field) or Unit.MINUTE))

    def assign(self, row: Any, field: Any, value: Any) -> None:
        setattr(row, field.name, value.minutes if value else None)
        setattr(row, field.unit_field, value.unit if value else "")

    def field(self, making: FieldMaking) -> forms.Field:
        return making.text(ff.DurationTextField)

    def example(self, field: Any, number: int) -> Any:
        return 60 * number

    def as_typed(self, text: str) -> str:
        folded = unicodedata.normalize("NFKC", text).strip()
        for pattern, replacement in _WORDS:
            folded = pattern.sub(replacement, folded)
        clock = re.fullmatch(r"(\d{1,4}):(\d{2})(?::00)?", folded)
        if clock:
            return self.clock_as_typed(int(clock[1]) * 60 + int(clock[2]))
        return _KANJI_NUMBER.sub(lambda match: str(_kanji_number(match[0])), folded)

    def clock_as_typed(self, minutes: int) -> str:
        hours, rest = divmod(minutes, 60)
        return f"{minutes}分" if rest or not hours else f"{hours}時間"


def _kanji_number(text: str) -> int:
    tens, _, units = text.rpartition("十")
    ten = 0 if "十" not in text else 10 * (_KANJI_DIGITS.find(tens) if tens else 1)
    return ten + (_KANJI_DIGITS.find(units[-1]) if units else 0)

"""People type full-width digits, 和暦, 「3日」 and names; the fields read them or say what is wrong."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db.models import DecimalField, PositiveIntegerField, PositiveSmallIntegerField

from bcp_portal.annex import choice_fields as cf
from bcp_portal.annex import form_fields as ff
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.number_ranges import range_of
from bcp_portal.ui.durations import Duration, Unit
from bcp_portal.ui.eras import DateStyle


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (ff.DateTextField(), "令和８年４月１日", date(2026, 4, 1)),
        (ff.DateTextField(), "R8.4.1", date(2026, 4, 1)),
        (ff.MonthTextField(), "平成20年8月", date(2008, 8, 1)),
        (ff.DurationTextField(), "７２時間", Duration(4320, Unit.HOUR)),
        (ff.DurationTextField(), "即時", Duration(0, Unit.IMMEDIATE)),
        (ff.FiscalYearsTextField(), "令和9年度、令和8年度", [2026, 2027]),
        (ff.IntegerTextField(), "１２，３４５", 12345),
        (ff.DecimalTextField(), "０．５", Decimal("0.5")),
        (ff.WordsTextField(), "総合行政、住記\n税", ["総合行政", "住記", "税"]),
        (ff.PhoneTextField(), "０２５７－２１－２２３４", "0257-21-2234"),
        (ff.PhoneTextField(), "0257-21-2234 内線 301", "0257-21-2234#301"),
        (ff.PhoneTextField(), "（０３）１２３４ー５６７８", "03-1234-5678"),
    ],
)
def test_reads(field: ff.TextParsedField, typed: str, value: Any) -> None:
    assert field.clean(typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (ff.IntegerTextField(), "三台", "「三台」は整数で入力してください。"),
        (ff.PhoneTextField(), "12", "電話番号「12」は"),
        (ff.WordsTextField(word_max_length=3), "ながすぎる", "「ながすぎる」は3文字以内で"),
        (ff.DateTextField(), "令和8年2月30日", "令和8年2月30日"),
        (ff.DurationTextField(), "72", "72"),
        (ff.PlainTextField(), "外字\ue000あり", "E000"),
    ],
)
def test_refuses_with_a_sentence(field: ff.TextParsedField, typed: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    assert sentence in refused.value.messages[0]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (PositiveIntegerField(), "1000000000000000", "は大きすぎます。0～2,147,483,647の整数で"),
        (PositiveIntegerField(), "-1", "「-1」は小さすぎます。0～2,147,483,647の整数で"),
        (PositiveSmallIntegerField(validators=[MaxValueValidator(5)]), "99999", "0～5の整数で"),
        (DecimalField(max_digits=4, decimal_places=1), "1e9", "-999.9～999.9の数値で"),
    ],
)
def test_a_number_out_of_range_is_refused_with_the_range(
    field: Any, typed: str, sentence: str
) -> None:
    kind = ff.DecimalTextField if isinstance(field, DecimalField) else ff.IntegerTextField
    with pytest.raises(ValidationError, match=sentence):
        kind(within=range_of(field)).clean(typed)


def test_every_column_of_numbers_has_a_range() -> None:
    numbers = (Kind.INTEGER, Kind.MONEY, Kind.PERCENT, Kind.DECIMAL)
    for spec in registry.specs():
        for column in spec.columns:
            if column.kind in numbers and column.compute is None:
                assert range_of(spec.model._meta.get_field(column.name)), (spec.code, column.name)


def test_zero_is_a_value_and_not_blank() -> None:
    assert ff.IntegerTextField(required=True).clean("0") == 0


def test_what_is_shown_is_not_a_change() -> None:
    field = ff.DateTextField(style=DateStyle.WAREKI, required=False)
    assert not field.has_changed(date(2026, 4, 1), "令和8年4月1日")
    assert field.has_changed(date(2026, 4, 1), "令和8年4月2日")
    assert not field.has_changed(None, "")


def test_line_breaks_of_the_browser_are_no_change() -> None:
    assert not ff.PlainTextField().has_changed("一行\n二行", "一行\r\n二行")


def test_labels_may_hold_the_separator_themselves() -> None:
    options = [("a", "停電、断水"), ("b", "火災"), ("c", "2,000件以上")]
    field = ff.LabelsTextField(options=options, required=False)
    assert field.clean("火災、停電、断水") == ["a", "b"]
    assert field.clean("2,000件以上、火災") == ["b", "c"]
    with pytest.raises(ValidationError) as refused:
        field.clean("洪水")
    assert refused.value.messages == [
        "「洪水」は選択肢にありません。停電、断水、火災、2,000件以上から選んでください。"
    ]


class Names:
    """Stands in for the rows of a table: two called 佐藤, one called 本庁舎."""

    def label(self, target: Any) -> str:
        return str(target)

    def find(self, text: str) -> Any:
        if text == "佐藤":
            raise ValueError("「佐藤」は2件あります。")
        return SimpleNamespace(name=text)

    def find_many(self, text: str) -> Sequence[Any]:
        return [self.find(part) for part in text.split("、")]


class Sato:
    def __str__(self) -> str:
        return "佐藤"


def test_an_ambiguous_name_left_alone_stays_what_it_was() -> None:
    current = Sato()
    field = cf.ReferenceTextField(references=Names(), many=False, current=current)
    assert field.clean("佐藤") is current
    fresh = cf.ReferenceTextField(references=Names(), many=False, current=None)
    with pytest.raises(ValidationError):
        fresh.clean("佐藤")

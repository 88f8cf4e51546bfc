"""Makes the form field of one column, for the row page or for a cell of the grid."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple

from django import forms
from django.db import models

from bcp_portal.annex import choice_fields as cf
from bcp_portal.annex import form_fields as ff
from bcp_portal.annex.attachment_fields import AttachmentField
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.number_ranges import range_of
from bcp_portal.annex.references import ReferencePool, References
from bcp_portal.annex.sheet import Item
from bcp_portal.annex.spec import Need
from bcp_portal.ui.durations import Duration, Unit
from bcp_portal.ui.eras import DateStyle


class Mode(StrEnum):
    """Where the form stands: a page for one row, or a line of the grid."""

    PAGE = "page"
    GRID = "grid"


class Making(NamedTuple):
    """Everything a field maker may look at; one is made for every cell of a page."""

    item: Item
    mode: Mode
    style: DateStyle
    pool: ReferencePool
    current: Any

    @property
    def common(self) -> dict[str, Any]:
        return {
            "label": self.item.column.label,
            "help_text": self.item.help if self.mode is Mode.PAGE else "",
            "required": self.item.need is Need.SAVE,
            "error_messages": {
                "required": "入力してください。",
                "invalid_choice": "「%(value)s」は選択肢にありません。選び直してください。",
            },
        }

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Options of the list, and the row's own code when the list no longer has it."""
        options = list(self.item.column.choices)
        if isinstance(self.current, str) and self.current:
            codes = {code for code, _ in options}
            if self.current not in codes:
                options.append((self.current, self.current))
        return options

    def text(self, field: type[ff.TextParsedField], **options: Any) -> forms.Field:
        """Make a text box; a cell of the grid is a growing text area that keeps line breaks.

        On a page a box of one line would drop the line breaks that came from a cell of Excel.
        """
        grid = self.mode is Mode.GRID
        broken = isinstance(self.current, str) and "\n" in self.current
        widget: forms.Widget = forms.TextInput()
        if grid or broken:
            widget = forms.Textarea(attrs={"rows": 1 if grid else 3, "data-one-line": grid})
        return field(**{"style": self.style, "widget": widget, **options, **self.common})


def make_field(making: Making) -> forms.Field:
    """Return the form field for the item's kind of cell."""
    return _MAKERS[making.item.column.kind](making)


def value_of(row: models.Model, item: Item) -> Any:
    """Return the row's present value in the shape the form field works with."""
    field = item.model_field
    if item.column.kind is Kind.DURATION:
        minutes = getattr(row, field.name)
        if minutes is None:
            return None
        return Duration(minutes, Unit(getattr(row, field.unit_field) or Unit.MINUTE))
    if item.column.kind is Kind.REFERENCES:
        return list(getattr(row, field.name).all()) if row.pk else []
    # A new row whose required reference is not chosen yet has no such attribute.
    return getattr(row, field.name, None)


def assign(row: Any, item: Item, value: Any) -> None:
    """Put a cleaned value on an unsaved row; many-to-many values wait in `row.pending`."""
    field = item.model_field
    if item.column.kind is Kind.REFERENCES:
        row.pending[field.name] = list(value)
    elif item.column.kind is Kind.DURATION:
        setattr(row, field.name, value.minutes if value else None)
        setattr(row, field.unit_field, value.unit if value else "")
    elif value is None and not field.null:
        setattr(row, field.name, field.get_default())
    else:
        setattr(row, field.name, value)


def _text(making: Making) -> forms.Field:
    field = making.item.model_field
    if isinstance(field, models.EmailField | models.URLField) and making.mode is Mode.PAGE:
        return _internet_text(making)
    return making.text(ff.PlainTextField, max_length=field.max_length)


def _internet_text(making: Making) -> forms.Field:
    field = making.item.model_field
    options = {"max_length": field.max_length, "empty_value": "", **making.common}
    if isinstance(field, models.EmailField):
        return forms.EmailField(**options)
    return forms.URLField(assume_scheme="https", **options)


def _long_text(making: Making) -> forms.Field:
    rows = 1 if making.mode is Mode.GRID else 3
    return ff.PlainTextField(widget=forms.Textarea(attrs={"rows": rows}), **making.common)


def _words(making: Making) -> forms.Field:
    longest = getattr(making.item.model_field, "word_max_length", 60)
    return making.text(ff.WordsTextField, word_max_length=longest)


def _choice(making: Making) -> forms.Field:
    return forms.ChoiceField(choices=[("", "－"), *making.choices], **making.common)


def _choices(making: Making) -> forms.Field:
    if making.mode is Mode.GRID:
        return making.text(cf.LabelsTextField, options=making.item.column.choices)
    known = dict(making.item.column.choices)
    stale = [(code, code) for code in making.current or () if code not in known]
    return forms.MultipleChoiceField(
        choices=[*making.item.column.choices, *stale],
        widget=forms.CheckboxSelectMultiple,
        **making.common,
    )


def _boolean(making: Making) -> forms.Field:
    field = making.item.model_field
    options = [("true", "はい"), ("false", "いいえ")]
    if field.null:
        options.insert(0, ("", "－"))
    return forms.TypedChoiceField(
        choices=options,
        coerce=lambda text: text == "true",
        empty_value=None,
        **{**making.common, "required": not field.null},
    )


def _reference(making: Making) -> forms.Field:
    field = making.item.model_field
    references = making.pool.of(field.related_model)
    many = making.item.column.kind is Kind.REFERENCES
    if making.mode is Mode.GRID:
        # Only an input can offer a list of names; several names need a box that grows.
        one_line = {} if many else {"widget": forms.TextInput()}
        return making.text(
            cf.ReferenceTextField,
            references=references,
            many=many,
            current=making.current,
            **one_line,
        )
    return _pick(making, references, many=many)


def _pick(making: Making, references: References, *, many: bool) -> forms.Field:
    current = making.current if many else [making.current]
    kind = cf.PickManyField if many else cf.PickField
    return kind(references=references, current=[*filter(None, current)], **making.common)


def _decimal(making: Making) -> forms.Field:
    return making.text(ff.DecimalTextField, within=range_of(making.item.model_field))


def _integer(making: Making) -> forms.Field:
    return making.text(ff.IntegerTextField, within=range_of(making.item.model_field))


def _file(making: Making) -> forms.Field:
    return AttachmentField(**making.common)


_MAKERS: dict[Kind, Callable[[Making], forms.Field]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _long_text,
    Kind.TELEPHONE: lambda making: making.text(ff.PhoneTextField, empty_value=""),
    Kind.WORDS: _words,
    Kind.INTEGER: _integer,
    Kind.PERCENT: _integer,
    Kind.MONEY: _integer,
    Kind.DECIMAL: _decimal,
    Kind.BOOLEAN: _boolean,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.DATE: lambda making: making.text(ff.DateTextField),
    Kind.MONTH: lambda making: making.text(ff.MonthTextField),
    Kind.DATETIME: lambda making: making.text(ff.DateTimeTextField),
    Kind.FISCAL_YEAR: lambda making: making.text(ff.FiscalYearTextField),
    Kind.FISCAL_YEARS: lambda making: making.text(ff.FiscalYearsTextField),
    Kind.DURATION: lambda making: making.text(ff.DurationTextField),
    Kind.REFERENCE: _reference,
    Kind.REFERENCES: _reference,
    Kind.FILE: _file,
}

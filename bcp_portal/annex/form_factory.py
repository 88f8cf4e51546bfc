"""Makes the form field of one column, for the row page or for a cell of the grid."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from django import forms
from django.db import models

from bcp_portal.annex import choice_fields as cf
from bcp_portal.annex import form_fields as ff
from bcp_portal.annex.references import ReferencePool, References
from bcp_portal.annex.sheet import Item
from bcp_portal.annex.spec import Need
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
    def model_field(self) -> Any:
        return self.item.model_field

    @property
    def in_grid(self) -> bool:
        return self.mode is Mode.GRID

    @property
    def declared_choices(self) -> Sequence[tuple[str, str]]:
        return self.item.column.choices

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
        grid = self.in_grid
        broken = isinstance(self.current, str) and "\n" in self.current
        widget: forms.Widget = forms.TextInput()
        if grid or broken:
            widget = forms.Textarea(attrs={"rows": 1 if grid else 3, "data-one-line": grid})
        return field(**{"style": self.style, "widget": widget, **options, **self.common})

    def rows(self, *, many: bool) -> forms.Field:
        """Make a field that names other rows: picked from a list, in the grid typed by name."""
        references = self.pool.of(self.model_field.related_model)
        if not self.in_grid:
            return _pick(self, references, many=many)
        # Only an input can offer a list of names; several names need a box that grows.
        one_line = {} if many else {"widget": forms.TextInput()}
        return self.text(
            cf.ReferenceTextField,
            references=references,
            many=many,
            current=self.current,
            **one_line,
        )


def make_field(making: Making) -> forms.Field:
    """Return the form field for the item's kind of cell."""
    return making.item.column.kind.field(making)


def value_of(row: models.Model, item: Item) -> Any:
    """Return the row's present value in the shape the form field works with."""
    return item.column.kind.form_value(row, item.model_field)


def assign(row: Any, item: Item, value: Any) -> None:
    """Put a cleaned value on an unsaved row; many-to-many values wait in `row.pending`."""
    item.column.kind.assign(row, item.model_field, value)


def _pick(making: Making, references: References, *, many: bool) -> forms.Field:
    current = making.current if many else [making.current]
    kind = cf.PickManyField if many else cf.PickField
    return kind(references=references, current=[*filter(None, current)], **making.common)

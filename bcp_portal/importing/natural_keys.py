"""Finds the stored row that a line without uid means, by the natural key of its table."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError

from bcp_portal.annex.form_factory import Making, Mode, make_field, value_of
from bcp_portal.annex.sheet import Item
from bcp_portal.annex.spec import Need
from bcp_portal.importing.line_form import LineForms
from bcp_portal.importing.stored_values import key_of_value
from bcp_portal.ui.text import match_key

Key = tuple[str, ...]


class NaturalKeys:
    """The rows of one table by the columns of its natural key that a sheet holds."""

    def __init__(self, forms: LineForms, rows: Sequence[Any], present: frozenset[str]) -> None:
        self._forms = forms
        sheet, items = forms.target.sheet, forms.target.items
        names = [name for name in sheet.spec.natural_key if name in items]
        needed = {name for name in names if items[name].need is Need.SAVE}
        usable = [name for name in names if name in present]
        # Without what every row must have, two different rows could look the same.
        self.items: list[Item] = [items[n] for n in usable] if needed <= set(usable) else []
        self._fields = {item.name: self._field(item) for item in self.items}
        self._rows: dict[Key, list[Any]] = {}
        if self.items:
            for row in rows:
                # A row whose line names something that is nowhere is refused with that line.
                with suppress(ObjectDoesNotExist):
                    key = tuple(key_of_value(value_of(row, item)) for item in self.items)
                    self._rows.setdefault(key, []).append(row)

    @property
    def labels(self) -> str:
        return "・".join(f"「{item.column.label}」" for item in self.items)

    def key_of(self, texts: Mapping[str, str]) -> Key | None:
        """Return the key of a line; None where the table has none or the line leaves it blank."""
        key = tuple(self._part(item, texts.get(item.name, "")) for item in self.items)
        return key if any(key) else None

    def rows(self, key: Key | None) -> list[Any]:
        """Return the stored rows with this key."""
        return self._rows.get(key, []) if key else []

    def _part(self, item: Item, text: str) -> str:
        if not text.strip():
            return ""
        try:
            return key_of_value(self._fields[item.name].clean(text))
        except ValidationError:
            return match_key(text)

    def _field(self, item: Item) -> Any:
        sheet = self._forms.target.sheet
        blank = value_of(sheet.spec.model(), item)
        making = Making(item, Mode.GRID, sheet.presentation.date_style, self._forms.pool, blank)
        return self._forms.pool.field_of(making, make_field)

"""Shares the form fields of a column among many rows: making each anew is most of the cost of a form."""

from collections.abc import Callable
from typing import Any

from django import forms

from bcp_portal.annex.form_factory import Making
from bcp_portal.annex.references import ReferencePool
from bcp_portal.annex.sheet import Item


class SharedFields:
    """One field a column; only where it depends on the row is it made for each."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[Item, forms.Field]] = {}

    def of(self, making: Making, make: Callable[[Making], forms.Field]) -> forms.Field:
        """Return the field of one cell."""
        item = making.item
        if making.current and _depends_on_row(item, making.current):
            return make(making)
        if id(item) not in self._made:
            # The item stays with its field, or another might get its identity.
            self._made[id(item)] = item, make(making)
        return self._made[id(item)][1]


class ShownPool(ReferencePool):
    """The pool of forms that show rows and read nothing."""

    def __init__(self, pool: ReferencePool) -> None:
        super().__init__()
        self._read_in, self._fields = pool, SharedFields()

    def of(self, model: Any) -> Any:
        return self._read_in.of(model)

    def field_of(self, making: Any, make: Callable[[Any], Any]) -> Any:
        """Return the field of a cell; what a row names matters only to the one that reads it back."""
        if making.item.column.kind.names_rows:
            making = making._replace(current=None)
        return self._fields.of(making, make)


def _depends_on_row(item: Item, current: Any) -> bool:
    """Tell whether a field offers what only this row has: what it names, or a choice that is gone."""
    return item.column.kind.field_depends_on(current, item.column.choices)

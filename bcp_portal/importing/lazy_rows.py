"""Rows of which only a line of a file is known: each column is read when somebody asks for it.

So a row that is still to come is called as a stored one is, by the `__str__` of its model, and its
rules may look at what it names, however far that leads.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError

from bcp_portal.annex.form_factory import assign
from bcp_portal.annex.sheet import Item
from bcp_portal.importing.cell_values import CellError


class NotThereYetError(ObjectDoesNotExist):
    """The row that a line names is not known, or not by this name before others are named."""


def leave_unread(row: Any, items: Iterable[Item], read: Callable[[Item], Any]) -> None:
    """Take columns out of a row, to be read as Django reads deferred ones: when they are asked for.

    `read` returns the value for a form; an unreadable one leaves the column as in a new row. Rows
    that name each other in a circle are no harm, because none of them reads more than it is asked.
    """
    unread = _Unread(row, {name: item for item in items for name in _stored_in(item)}, read)
    row.refresh_from_db = lambda fields, **_: unread.fill(fields)
    row._state.fields_cache = unread


class _Unread(dict[str, Any]):
    """What a row names, by the names under which Django keeps it, and whatever else is to be read."""

    def __init__(self, row: Any, columns: dict[str, Item], read: Callable[[Item], Any]) -> None:
        super().__init__(row._state.fields_cache)
        self._row, self._columns, self._read = row, columns, read
        self._named: dict[str, str] = {}
        for name, item in columns.items():
            row.__dict__.pop(name, None)
            if item.column.kind.names_one_row:
                self._named[item.model_field.cache_name] = name
                self.pop(item.model_field.cache_name, None)

    def __missing__(self, name: str) -> Any:
        column = self._named[name]
        self.fill([column])
        return self[name]

    def fill(self, columns: Iterable[str]) -> None:
        """Put columns into the row; NotThereYetError for one that names a row nobody knows."""
        for name in columns:
            item = self._columns[name]
            value = _value(item, self._read)
            if item.column.kind.names_one_row:
                # Assigning looks for what was named before, which must not lead here again.
                self._named.pop(item.model_field.cache_name, None)
            assign(self._row, item, value)


def _stored_in(item: Item) -> list[str]:
    return item.column.kind.stored_in(item.model_field)


def _value(item: Item, read: Callable[[Item], Any]) -> Any:
    try:
        return read(item)
    except (CellError, ValidationError):
        if item.column.kind.names_one_row:
            raise NotThereYetError(item.name) from None
        return None

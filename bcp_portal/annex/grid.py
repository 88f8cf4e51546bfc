"""The lines of a grid: one form a row, empty lines for new rows, and what is wrong with them."""

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.forms import BoundField
from django.http import QueryDict

from bcp_portal.annex.conflict import FieldConflict
from bcp_portal.annex.form_factory import Mode
from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.grid_cells import CellWriter, is_untouched
from bcp_portal.annex.grid_columns import GridColumn, grid_columns
from bcp_portal.annex.listing import PAGE_SIZE
from bcp_portal.annex.models import TableChoice
from bcp_portal.annex.references import ReferencePool
from bcp_portal.annex.shared_fields import ShownPool
from bcp_portal.annex.sheet import Item, Sheet
from bcp_portal.ui.errors import DomainError

MAX_NEW_LINES = 500
# Beside the cells every line posts its key, its version and what it held, and the form a few fields of its own.
FIELDS_BESIDE_CELLS = 3


@dataclass
class GridLine:
    """One line: its form, its number as the person sees it, and a conflict if there was one."""

    number: int
    form: AnnexForm
    conflict: Any = None
    differences: list[FieldConflict] = field(default_factory=list)
    was: str = ""
    """Key under which the browser sent a line that is stored now."""

    @property
    def key(self) -> str:
        return str(self.form.prefix)

    @property
    def is_new(self) -> bool:
        return self.form.is_new

    @property
    def is_typed(self) -> bool:
        """Tell whether the line came back with something typed in it that is not saved."""
        return bool(self.form.is_bound)

    @property
    def cells(self) -> list[BoundField]:
        return [self.form[name] for name in self.form.items]


class Grid:
    """All lines of one page of a grid."""

    def __init__(
        self,
        *,
        sheet: Sheet,
        items: Sequence[Item],
        rows: Sequence[Any],
        data: QueryDict | None = None,
        new_lines: int = 0,
        first_number: int = 1,
        choice: TableChoice | None = None,
    ) -> None:
        """Make the lines; they are numbered from `first_number`, so that numbers go on over pages."""
        self.sheet, self.items = sheet, tuple(items)
        self.first_number, self.saved_count = first_number, 0
        self.data = data.copy() if data is not None else None
        self.pool = ReferencePool()
        self._shown = ShownPool(self.pool)
        self.choice = choice or TableChoice()
        keys = _new_keys(data, new_lines)
        forms = [self._line_form(row, str(row.uid)) for row in rows]
        forms += [self._line_form(self._blank_row(), key) for key in keys]
        self.lines = [GridLine(number, form) for number, form in enumerate(forms, first_number)]

    @cached_property
    def changed_lines(self) -> list[GridLine]:
        """Lines in which something was typed; an untouched new line is not a row."""
        return [line for line in self.lines if line.is_typed]

    @cached_property
    def columns(self) -> list[GridColumn]:
        """Return the columns, known when what was typed has been asked: what is wrong is never hidden."""
        wrong = {name for line in self.unsaved_lines for name in line.form.errors}
        if self.conflicts:
            wrong |= {item.name for item in self.items}
        return grid_columns(self.sheet, self.items, self.choice, wrong)

    @cached_property
    def writer(self) -> CellWriter:
        return CellWriter({column.name: column.cell_attributes for column in self.columns})

    @property
    def max_new_lines(self) -> int:
        """How many lines can be added at once: what one request may carry, 500 at most."""
        limit = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or sys.maxsize
        lines = limit // (len(self.items) + FIELDS_BESIDE_CELLS) - PAGE_SIZE - 1
        return min(MAX_NEW_LINES, lines)

    def is_valid(self) -> bool:
        """Ask every changed line (all of them, so that all errors are shown at once)."""
        invalid = [line for line in self.changed_lines if not line.form.is_valid()]
        return not invalid

    @property
    def problems(self) -> list[tuple[GridLine, str, str, str]]:
        """Return (line, id of the cell, label, message) for the summary above the grid."""
        found = []
        for line in self.changed_lines:
            for name, texts in line.form.errors.items():
                label = line.form.fields[name].label if name in line.form.fields else ""
                target = line.form[name].auto_id if name in line.form.fields else line.key
                found += [(line, target, str(label), str(text)) for text in texts]
        return found

    @property
    def unsaved_lines(self) -> list[GridLine]:
        """Return the lines in which something is typed that is not saved."""
        return [line for line in self.changed_lines if line.is_typed]

    @property
    def good_lines(self) -> list[GridLine]:
        """Return those of them that nothing is wrong with, so that they can be saved without the others."""
        return [
            line for line in self.unsaved_lines if not line.form.errors and line.conflict is None
        ]

    def show_saved(self, rows: Iterable[Any]) -> None:
        """Show lines as they are stored now; `rows` are read anew after saving."""
        stored = {row.pk: row for row in rows}
        self.saved_count = len(stored)
        for line in self.lines:
            row = stored.get(line.form.row.pk)
            if row is not None:
                line.was = line.key
                line.form = self._form(row, str(row.uid), bound=False)

    def begin_anew(self, new_lines: int) -> None:
        """Leave out new lines in which nobody typed, and offer as many as a page that is opened."""
        kept = [line for line in self.lines if not line.is_new or line.is_typed]
        first = max((_number_of(line.key) for line in kept if line.is_new), default=-1) + 1
        keys = [f"new-{first + place}" for place in range(new_lines)]
        blank = [GridLine(0, self._form(self._blank_row(), key, bound=False)) for key in keys]
        self.lines = [*kept, *blank]
        for number, line in enumerate(self.lines, self.first_number):
            line.number = number

    @property
    def conflicts(self) -> list[GridLine]:
        return [line for line in self.lines if line.conflict is not None]

    @property
    def choice_lists(self) -> list[tuple[str, list[str]]]:
        """Return the labels of each column that takes several of them, shared by all its cells."""
        return [
            (item.name, [label for _, label in item.column.choices])
            for item in self.items
            if item.column.kind.several and item.column.kind.has_choices
        ]

    @cached_property
    def suggestions(self) -> list[tuple[str, list[str]]]:
        """Return one list of names a column that names other rows, shared by all its cells."""
        return [
            (item.name, self.pool.of(item.model_field.related_model).names)
            for item in self.items
            if item.column.kind.names_rows
        ]

    @cached_property
    def template_line(self) -> GridLine:
        """An empty line that the browser copies when a person asks for more."""
        return GridLine(0, self._form(self._blank_row(), "new-__n__", bound=False))

    def _blank_row(self) -> Any:
        return self.sheet.spec.model(municipality=self.sheet.municipality)

    def _line_form(self, row: Any, prefix: str) -> AnnexForm:
        """Return the form of a line, with what was typed if the browser sent anything new."""
        if self.data is not None and f"{prefix}-version" in self.data and self._is_touched(prefix):
            form = self._form(row, prefix)
            if form.changed_columns:
                return form
        return self._form(row, prefix, bound=False)

    def _is_touched(self, prefix: str) -> bool:
        """Tell whether a line may have been typed in; one that was not shows what is stored now."""
        return not is_untouched(self.data or {}, prefix, (item.name for item in self.items))

    def _form(self, row: Any, prefix: str, *, bound: bool = True) -> AnnexForm:
        return AnnexForm(
            self.data if bound else None,
            sheet=self.sheet,
            row=row,
            items=self.items,
            mode=Mode.GRID,
            pool=self.pool if bound else self._shown,
            prefix=prefix,
        )


def _number_of(key: str) -> int:
    return int(key.removeprefix("new-"))


def _new_keys(data: QueryDict | None, new_lines: int) -> list[str]:
    if data is None:
        return [f"new-{number}" for number in range(new_lines)]
    keys = dict.fromkeys(key for key in data.getlist("new") if re.fullmatch(r"new-\d{1,6}", key))
    if len(keys) > MAX_NEW_LINES:
        raise DomainError(
            f"一度に追加できるのは{MAX_NEW_LINES}行までです。分けて保存してください。"
        )
    return list(keys)

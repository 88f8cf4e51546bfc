"""The lines of a grid: one form a row, empty lines for new rows, and what is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import QueryDict

from bcp_portal.annex.conflict import Difference
from bcp_portal.annex.form_factory import Mode
from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.references import ReferencePool
from bcp_portal.annex.sheet import Item, Sheet

MAX_NEW_LINES = 500


@dataclass
class GridLine:
    """One line: its form, its number as the person sees it, and a conflict if there was one."""

    number: int
    form: AnnexForm
    conflict: Any = None
    differences: list[Difference] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.form.prefix)

    @property
    def is_new(self) -> bool:
        return self.form.is_new

    @property
    def cells(self) -> list[Any]:
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
    ) -> None:
        self.sheet, self.items = sheet, tuple(items)
        self.data = data.copy() if data is not None else None
        self.pool = ReferencePool()
        keys = _new_keys(data, new_lines)
        forms = [self._form(row, str(row.uid)) for row in rows]
        forms += [self._form(self._blank_row(), key) for key in keys]
        self.lines = [GridLine(number, form) for number, form in enumerate(forms, start=1)]

    @cached_property
    def changed_lines(self) -> list[GridLine]:
        """Lines in which something was typed; an untouched new line is not a row."""
        return [line for line in self.lines if line.form.changed_columns]

    def is_valid(self) -> bool:
        """Ask every changed line (all of them, so that all errors are shown at once)."""
        invalid = [line for line in self.changed_lines if not line.form.is_valid()]
        return not invalid

    @property
    def problems(self) -> list[tuple[GridLine, str, str, str]]:
        """Return (line, id of the cell, label, message) for the summary above the grid."""
        found = []
        for line in self.lines:
            if not line.form.is_bound or line not in self.changed_lines:
                continue
            for name, texts in line.form.errors.items():
                label = line.form.fields[name].label if name in line.form.fields else ""
                target = line.form[name].auto_id if name in line.form.fields else line.key
                found += [(line, target, str(label), str(text)) for text in texts]
        return found

    @property
    def conflicts(self) -> list[GridLine]:
        return [line for line in self.lines if line.conflict is not None]

    @cached_property
    def suggestions(self) -> list[tuple[str, list[str]]]:
        """Return one list of names a column that names other rows, shared by all its cells."""
        return [
            (item.name, self.pool.of(item.model_field.related_model).names)
            for item in self.items
            if item.column.kind in (Kind.REFERENCE, Kind.REFERENCES)
        ]

    @cached_property
    def template_line(self) -> GridLine:
        """An empty line that the browser copies when a person asks for more."""
        return GridLine(0, self._form(self._blank_row(), "new-__n__", bound=False))

    def _blank_row(self) -> Any:
        return self.sheet.spec.model(municipality=self.sheet.municipality)

    def _form(self, row: Any, prefix: str, *, bound: bool = True) -> AnnexForm:
        form_class = self.sheet.spec.form_class or AnnexForm
        return form_class(
            self.data if bound else None,
            sheet=self.sheet,
            row=row,
            items=self.items,
            mode=Mode.GRID,
            pool=self.pool,
            prefix=prefix,
        )


def _new_keys(data: QueryDict | None, new_lines: int) -> list[str]:
    if data is None:
        return [f"new-{number}" for number in range(new_lines)]
    keys = dict.fromkeys(key for key in data.getlist("new") if key.startswith("new-"))
    return [key for key in keys if key[4:].isdigit()][:MAX_NEW_LINES]

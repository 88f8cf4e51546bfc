"""Another row that is named, or several."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.db import models

from bcp_portal.annex.kinds.declaration import Choices, FieldMaking, Kind
from bcp_portal.annex.kinds.looks import SEVERAL, LookedFor, PrintLook
from bcp_portal.annex.kinds.values import CellValue
from bcp_portal.ui.eras import DateStyle


class RowsKind(Kind):
    """What both kinds share."""

    looked_for = LookedFor(in_tables=True)
    names_rows = True
    narrows_blocks = True

    def field_depends_on(self, current: Any, choices: Choices) -> bool:
        return True

    def options(self, choices: Choices) -> Choices:
        return ()

    def example(self, field: Any, number: int) -> Any:
        """Return that it names no row: one would have to be made first."""
        return [] if self.several else None


class ReferenceKind(RowsKind):
    """Cell: {"uid": str, "text": str} | None."""

    code = "reference"
    rule = "登録してある名称を1つ"
    says_which_row = True
    model_fields = (models.ForeignKey,)
    narrows_lists = True
    found_by_search = True

    def filled_text(self, value: CellValue, choices: Mapping[str, str], style: DateStyle) -> str:
        return str(value["text"])

    def read(self, row: Any, field: Any) -> CellValue:
        target = getattr(row, field.name)
        return reference(target) if target else None

    def targets(self, row: Any, name: str) -> Sequence[Any]:
        target = getattr(row, name)
        return [target] if target else []

    def field(self, making: FieldMaking) -> forms.Field:
        return making.rows(many=False)

    def initial(self, current: Any, *, in_grid: bool) -> Any:
        if in_grid:
            return current
        return str(current.pk) if current else ""

    def dropdown(self, choices: Choices, names: Sequence[str]) -> Sequence[str]:
        return names


class ReferencesKind(RowsKind):
    """Cell: a list of what one reference holds."""

    code = "references"
    rule = hint = f"登録してある名称を書きます。{SEVERAL}"
    several = True
    model_fields = (models.ManyToManyField,)
    sortable = False
    printed = PrintLook(need=6.0)

    def filled_text(self, value: CellValue, choices: Mapping[str, str], style: DateStyle) -> str:
        return "、".join(item["text"] for item in value)

    def read(self, row: Any, field: Any) -> CellValue:
        return references(getattr(row, field.name).all())

    def targets(self, row: Any, name: str) -> Sequence[Any]:
        return list(getattr(row, name).all())

    def stored_in(self, field: Any) -> list[str]:
        return []

    def form_value(self, row: Any, field: Any) -> Any:
        return list(getattr(row, field.name).all()) if row.pk else []

    def assign(self, row: Any, field: Any, value: Any) -> None:
        row.pending[field.name] = list(value)

    def field(self, making: FieldMaking) -> forms.Field:
        return making.rows(many=True)

    def initial(self, current: Any, *, in_grid: bool) -> Any:
        return current if in_grid else [str(target.pk) for target in current]


def reference(target: Any) -> CellValue:
    """Return the cell that names a row (or an account, which has no uid)."""
    return {"uid": str(getattr(target, "uid", target.pk)), "text": str(target)}


def references(targets: Iterable[Any]) -> list[CellValue]:
    """Return the cell that names several rows, in the order of their table."""
    in_order = sorted(targets, key=lambda target: (getattr(target, "row_no", 0), target.pk))
    return [reference(target) for target in in_order]

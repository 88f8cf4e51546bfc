"""The grid at the cost of a table: its cells are what Django's widgets would write, without their templates."""

from html import escape
from typing import Any

import pytest
from django.http import QueryDict

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.build import rows_of
from bcp_portal.annex.choice_fields import ReferenceTextField
from bcp_portal.annex.form_factory import Mode
from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.grid import Grid
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.sheet import Item, Sheet
from bcp_portal.annex.spec import AnnexSpec
from tests.rows import make_full_rows

AWKWARD = '\n<b title="\'">＆&amp;\n'


def columns(sheet: Sheet) -> list[Item]:
    return [item for item in sheet.editable_items if item.column.kind is not Kind.FILE]


def as_widgets(form: AnnexForm, where: str) -> list[str]:
    """Return the cells of a line as Django's own widgets write them."""
    cells = []
    for cell in (form[name] for name in form.items):
        attrs: dict[str, Any] = {"aria-label": f"{where} {cell.label}", "class": "grid-input"}
        if cell.errors:
            attrs |= {"aria-invalid": "true", "aria-describedby": f"{cell.auto_id}-error"}
        if isinstance(cell.field, ReferenceTextField) and not cell.field.many:
            attrs["list"] = f"names-{cell.name}"
        ids = (f"{cell.auto_id}-error{f'-{n}' if n > 1 else ''}" for n in range(1, 99))
        told = [
            f'<div class="cell-error" id="{each}">{escape(str(message))}</div>'
            for each, message in zip(ids, cell.errors, strict=False)
        ]
        mark = ' class="has-error"' if told else ""
        # Between options no space is shown.
        control = cell.as_widget(attrs=attrs).replace("</option>\n", "</option>")
        cells.append(f"<td{mark}>{control}{''.join(told)}</td>")
    return cells


def alone(grid: Grid, row: Any, prefix: str, data: QueryDict | None = None) -> AnnexForm:
    """Return a form that shares nothing with others."""
    return AnnexForm(
        data, sheet=grid.sheet, row=row, items=grid.items, mode=Mode.GRID, prefix=prefix
    )


def rows_with_oddities(spec: AnnexSpec, municipality: Municipality) -> list[Any]:
    """Return a full row, and one with a choice that is gone and text that is markup."""
    sheet = Sheet.of(spec, municipality)
    make_full_rows([spec], municipality)
    made = list(spec.model.objects.order_by("pk")[:2])
    for item in columns(sheet):
        if item.column.kind is Kind.CHOICE and item.name != "row_status":
            setattr(made[1], item.name, "gone")
        elif item.column.kind is Kind.LONG_TEXT:
            setattr(made[1], item.name, AWKWARD)
    made[1].save()
    return list(rows_of(sheet).filter(pk__in=[row.pk for row in made]))


@pytest.mark.parametrize("part", range(4))
def test_cells_are_what_widgets_write(part: int, in_scope: Municipality) -> None:
    for spec in registry.specs()[part::4]:
        rows, sheet = rows_with_oddities(spec, in_scope), Sheet.of(spec, in_scope)
        grid = Grid(sheet=sheet, items=columns(sheet), rows=rows, new_lines=1)
        for line in grid.lines:
            row = line.form.row if line.is_new else rows_of(sheet).get(pk=line.form.row.pk)
            known = as_widgets(alone(grid, row, line.key), f"{line.number}行目")
            assert grid.writer.line(line.form, line.number) == "\n".join(known), spec.code
        copied = as_widgets(alone(grid, grid.template_line.form.row, "new-__n__"), "新しい行")
        assert grid.writer.line(grid.template_line.form, 0) == "\n".join(copied)


@pytest.mark.parametrize("part", range(4))
def test_refused_cells_are_what_widgets_write(part: int, in_scope: Municipality) -> None:
    for spec in registry.specs()[part::4]:
        rows, sheet = rows_with_oddities(spec, in_scope)[:1], Sheet.of(spec, in_scope)
        data = QueryDict(mutable=True)
        for item in columns(sheet):
            data[f"{rows[0].uid}-{item.name}"] = AWKWARD
        data[f"{rows[0].uid}-version"] = str(rows[0].version)
        grid = Grid(sheet=sheet, items=columns(sheet), rows=rows, data=data)
        [line] = grid.changed_lines
        assert not grid.is_valid()
        form = alone(grid, rows_of(sheet).get(pk=rows[0].pk), line.key, data)
        assert grid.writer.line(line.form, 1) == "\n".join(as_widgets(form, "1行目")), spec.code

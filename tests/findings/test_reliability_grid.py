"""The grid at the cost of a table: its cells are what Django's widgets would write, without their templates."""

import re
from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.choice_fields import ReferenceTextField
from bcp_portal.annex.form_factory import Mode
from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.grid import Grid
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.sheet import Item, Sheet
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.annex.table_builder import rows_of
from tests.conftest import ClientFactory
from tests.rows import make_full_rows

SHOWN_FIELD = re.compile(r'<input type="hidden" name="[^"]+-shown" value="[0-9a-f]{32}">')
AWKWARD = '\n<b title="\'">＆&amp;\n'


def columns(sheet: Sheet) -> list[Item]:
    return [item for item in sheet.editable_items if item.column.kind is not Kind.FILE]


def as_widgets(grid: Grid, form: AnnexForm, where: str) -> list[str]:
    """Return the cells of a line as Django's own widgets write them."""
    tags = {column.name: column.cell_attributes for column in grid.columns}
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
        # Between options no space is shown.
        control = cell.as_widget(attrs=attrs).replace("</option>\n", "</option>")
        cells.append(f"<td{tags[cell.name]}>{control}{''.join(told)}</td>")
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
            known = as_widgets(grid, alone(grid, row, line.key), f"{line.number}行目")
            written = grid.writer.line(line.form, line.number)
            assert SHOWN_FIELD.sub("", written) == "\n".join(known), spec.code
        copied = as_widgets(grid, alone(grid, grid.template_line.form.row, "new-__n__"), "新しい行")
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
        assert grid.writer.line(line.form, 1) == "\n".join(as_widgets(grid, form, "1行目")), (
            spec.code
        )


class Fields(HTMLParser):
    """Reads what a browser without JavaScript posts of a page: every field, untouched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.data: dict[str, Any] = {"row": []}
        self._text, self._select = "", ""
        self.feed(
            page[page.index('<form method="post" class="grid-form"') : page.index("<template")]
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input" and name == "row":
            self.data["row"].append(given["value"])
        elif tag == "input" and name not in {"", "new"}:
            self.data[name] = given.get("value") or ""
        elif tag == "textarea":
            self._text, self.data[name] = name, ""
        elif tag == "select":
            self._select = name
        elif (
            tag == "option"
            and self._select
            and (self._select not in self.data or "selected" in given)
        ):
            self.data[self._select] = given["value"]

    def handle_data(self, data: str) -> None:
        if self._text:
            self.data[self._text] += data.removeprefix("\n").replace("\n", "\r\n")

    def handle_endtag(self, tag: str) -> None:
        self._text = "" if tag == "textarea" else self._text


def test_without_javascript_only_touched_lines_are_saved(
    in_scope: Municipality, client_for: ClientFactory
) -> None:
    names = ("総務課", "税務課", "福祉課", "土木課")
    rows = [
        Department.objects.create(municipality=in_scope, name=n, row_no=i)
        for i, n in enumerate(names, 1)
    ]
    client = client_for("editor")
    address = reverse("annex:grid", args=[in_scope.code, "departments"])
    posted = Fields(client.get(address).content.decode()).data
    for row in rows[1:3]:
        Department.objects.filter(pk=row.pk).update(note="同僚", version=row.version + 1)
    rows[3].delete()
    mine = posted | {f"{rows[0].uid}-note": "私"}
    response = client.post(address, mine, follow=True)
    assert "1行を保存しました。" in response.content.decode()
    notes = Department.objects.order_by("row_no").values_list("note", flat=True)
    assert list(notes) == ["私", "同僚", "同僚"]


def test_a_line_that_both_changed_is_a_conflict_without_javascript(
    in_scope: Municipality, client_for: ClientFactory
) -> None:
    row = Department.objects.create(municipality=in_scope, name="総務課", row_no=1)
    client = client_for("editor")
    address = reverse("annex:grid", args=[in_scope.code, "departments"])
    posted = Fields(client.get(address).content.decode()).data
    Department.objects.filter(pk=row.pk).update(note="同僚", version=row.version + 1)
    response = client.post(address, posted | {f"{row.uid}-note": "私"})
    assert response.status_code == 409
    # The refused line posts again what was typed: it is asked, although nobody touches it now.
    again = Fields(response.content.decode()).data
    assert client.post(address, again).status_code == 302
    assert Department.objects.get().note == "私"

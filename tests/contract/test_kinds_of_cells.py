"""A kind of cell is one declaration: every room shows, reads and looks for it without knowing it."""

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.db import models
from django.urls import reverse
from openpyxl import load_workbook

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.cells import kind_of
from bcp_portal.annex.excel.placement import NAMES_ROW
from bcp_portal.annex.form_fields import TextParsedField
from bcp_portal.annex.kinds import CellValue, Kind, all_kinds
from bcp_portal.annex.kinds.declaration import FieldMaking, declare, withdraw
from bcp_portal.annex.kinds.looks import Align, CountsAsName, ExcelLook, LookedFor, PrintLook
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.annex.table import Column, Public, Table, TableRow
from bcp_portal.annex.table_builder import build_table
from bcp_portal.audit.models import Entry
from bcp_portal.ui.eras import DateStyle
from plans.comparison.tables import compare_tables
from plans.document.document import AnnexPart, Cover, Document
from plans.document.public_choices import PublicChoices
from plans.document.redaction import redact
from plans.printing.annex_parts import annex_part
from plans.printing.geometry import A4
from plans.printing.table_layout import fitted
from plans.public_edition.hidden_value_collection import hidden_values
from plans.word.outward.fields import Bookmarks
from plans.word.outward.tables import TableStyles, TableWriter
from systems.models import ReferenceDocument
from tests.conftest import ClientFactory, MemberFactory
from tests.importing.desk import Desk

CODE, COLUMN = "20", "edition"
STORED, SHOWN = "37.94,139.11", "北緯37.94度、東経139.11度"
_DEGREES = re.compile(r"(?:北緯)?([\d.]+)度?[,、]\s*(?:東経)?([\d.]+)度?")


class PositionField(models.CharField):
    """A place on the map, kept as 37.94,139.11."""


class PositionTextField(TextParsedField):
    def parse(self, text: str) -> str:
        found = _DEGREES.fullmatch(text)
        if found is None:
            raise ValueError(f"「{text}」を位置として読めません。")
        return f"{found[1]},{found[2]}"


class Position(Kind):
    """Cell: {"north": str, "east": str} | None. Declared here alone, as the 21st kind."""

    code = "position"
    rule = hint = "「北緯37.94、東経139.11」のように書きます。"
    looked_for = LookedFor(in_rows=True, in_tables=True)
    model_fields = (PositionField,)
    searched = True
    excel = ExcelLook("位置", width=31.0)
    printed = PrintLook(need=11.0, unbroken=9.5, align=Align.RIGHT)

    def filled_text(self, value: CellValue, choices: Mapping[str, str], style: DateStyle) -> str:
        return f"北緯{value['north']}度、東経{value['east']}度"

    def read(self, row: Any, field: Any) -> CellValue:
        north, _, east = getattr(row, field.name).partition(",")
        return {"north": north, "east": east} if east else None

    def field(self, making: FieldMaking) -> forms.Field:
        return making.text(PositionTextField, empty_value="")

    def as_typed(self, text: str) -> str:
        """In files people write N37.94 E139.11."""
        return re.sub(r"N([\d.]+)\s+E([\d.]+)", r"\1,\2", text)

    def example(self, field: Any, number: int) -> str:
        return f"{number % 90}.94,139.11"


@pytest.fixture
def position(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kind]:
    """Let a column of 様式20 be of the 21st kind."""
    kind = declare(Position())
    field: Any = ReferenceDocument._meta.get_field(COLUMN)
    with monkeypatch.context() as patch:
        patch.setattr(field, "__class__", PositionField)
        kind_of.cache_clear()
        yield kind
    withdraw(kind)
    kind_of.cache_clear()


@pytest.fixture
def row(position: Kind, in_scope: Municipality) -> ReferenceDocument:
    row = ReferenceDocument(
        municipality=in_scope, row_no=1, title="浸水想定図", publisher="県", edition=STORED
    )
    row.save()
    return row


@pytest.fixture
def desk(in_scope: Municipality, member: MemberFactory, tmp_path: Path) -> Desk:
    return Desk(in_scope, member(Role.EDITOR), tmp_path)


def spec() -> AnnexSpec:
    found = registry.spec(CODE)
    assert found is not None
    return found


def table_of(municipality: Municipality) -> Table:
    return build_table(spec(), municipality=municipality)


def column_of(table: Table) -> Column:
    found = table.column(COLUMN)
    assert found is not None
    return found


def stored(row: ReferenceDocument) -> str:
    row.refresh_from_db()
    return row.edition


def test_pages_show_and_find_it(
    row: ReferenceDocument, in_scope: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    rows = reverse("annex:list", args=[in_scope.code, CODE])
    assert SHOWN in client.get(rows).content.decode()
    assert SHOWN in client.get(rows, {"q": "37.94"}).content.decode()
    assert SHOWN not in client.get(rows, {"q": "35.00"}).content.decode()
    assert f"sort={COLUMN}" in client.get(rows).content.decode()
    other = ReferenceDocument(municipality=in_scope, row_no=2, title="地図", publisher="国")
    other.edition = "35.00,135.00"
    other.save()
    for sign, first in (("", other), ("-", row)):
        listed = client.get(rows, {"sort": f"{sign}{COLUMN}"}).content.decode()
        assert min(listed.index(f"/{each.uid}/") for each in (row, other)) == listed.index(
            f"/{first.uid}/"
        )
    one = reverse("annex:row", args=[in_scope.code, CODE, row.uid])
    assert SHOWN in client.get(one).content.decode()


def test_a_form_reads_it_or_says_what_is_wrong(
    row: ReferenceDocument, in_scope: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    edit = reverse("annex:edit", args=[in_scope.code, CODE, row.uid])
    assert f'value="{STORED}"' in client.get(edit).content.decode()
    values = {
        "title": row.title,
        "publisher": row.publisher,
        "row_status": "active",
        "confidentiality": "internal",
        "version": "1",
    }
    refused = client.post(edit, {**values, COLUMN: "あちら"})
    assert refused.status_code == 422
    assert "「あちら」を位置として読めません。" in refused.content.decode()
    assert client.post(edit, {**values, COLUMN: "北緯38度、東経140度"}).status_code == 302
    assert stored(row) == "38,140"
    changes = Entry.objects.filter(municipality=in_scope).order_by("pk").last()
    assert changes is not None
    assert SHOWN in json.dumps(changes.changes, ensure_ascii=False)


def test_the_grid_saves_it(
    row: ReferenceDocument, in_scope: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    grid = reverse("annex:grid", args=[in_scope.code, CODE])
    assert f">\n{STORED}</textarea>" in client.get(grid).content.decode()
    line = {
        f"{row.uid}-title": row.title,
        f"{row.uid}-publisher": row.publisher,
        f"{row.uid}-row_status": "active",
        f"{row.uid}-confidentiality": "internal",
        f"{row.uid}-version": "1",
        f"{row.uid}-{COLUMN}": "35.1、136.9",
    }
    assert client.post(grid, {"row": [str(row.uid)], **line}).status_code == 302
    assert stored(row) == "35.1,136.9"


def test_excel_takes_it_out_and_in(row: ReferenceDocument, desk: Desk) -> None:
    workbook = load_workbook(BytesIO(desk.export(CODE)))
    sheet = next(each for each in workbook if each.title.startswith("様式20"))
    names = [cell.value for cell in sheet[NAMES_ROW]]
    place = names.index(COLUMN)
    (cell,) = [cell for line in sheet.iter_rows() for cell in line if cell.value == SHOWN]
    assert (cell.column, cell.style) == (place + 1, "様式の位置")
    assert sheet.column_dimensions[cell.column_letter].width == 31.0
    hints = [each.prompt for each in sheet.data_validations.dataValidation]
    assert Position.hint in hints
    cell.value = "N38.1 E140.2"
    changed = BytesIO()
    workbook.save(changed)
    desk.bring_in(changed.getvalue(), CODE)
    assert stored(row) == "38.1,140.2"
    desk.bring_in(desk.export(CODE), CODE)
    assert stored(row) == "38.1,140.2"


def test_a_file_that_says_none_is_refused_at_its_cell(row: ReferenceDocument, desk: Desk) -> None:
    content = desk.export(CODE)
    workbook = load_workbook(BytesIO(content))
    sheet = next(each for each in workbook if each.title.startswith("様式20"))
    (cell,) = [cell for line in sheet.iter_rows() for cell in line if cell.value == SHOWN]
    cell.value = "あちら"
    changed = BytesIO()
    workbook.save(changed)
    checked = desk.check(changed.getvalue(), CODE)
    problems = [p.reason for line in checked.plan.entries for p in line.problems]
    assert problems == ["「あちら」を位置として読めません。"]


def test_print_and_word_set_it_as_it_says(row: ReferenceDocument, in_scope: Municipality) -> None:
    table = table_of(in_scope)
    assert column_of(table).kind is kind_of(ReferenceDocument._meta.get_field(COLUMN))
    part = annex_part(AnnexPart("annex-20", 20, "様式20 参考資料一覧", tables=(table,)))
    assert f'<td class="n">{SHOWN}</td>' in "".join(flow.html() for flow in part.flows)
    shown, layout = fitted(table, A4.annex)
    widths = dict(zip(layout.bands[0], layout.setting(0).widths_em, strict=True))
    assert widths[column_of(shown)] >= 9.5 - 0.01
    (word,) = TableWriter(TableStyles("t", "c"), Bookmarks()).bands(shown, layout)
    (paragraph,) = [each for each in word.split("<w:p>") if SHOWN in each]
    assert '<w:jc w:val="right"/>' in paragraph


def test_a_comparison_tells_its_change(row: ReferenceDocument, in_scope: Municipality) -> None:
    old = table_of(in_scope)
    row.edition = "38,140"
    row.save()
    (change,) = compare_tables(old, table_of(in_scope)).rows
    told = [(cell.column, cell.old_text, cell.new_text) for cell in change.cells]
    assert told == [(COLUMN, SHOWN, "北緯38度、東経140度")]


def test_the_leak_check_looks_for_it(row: ReferenceDocument, in_scope: Municipality) -> None:
    table = table_of(in_scope)
    part = AnnexPart("annex-20", 20, "様式20 参考資料一覧", tables=(table,))
    internal = Document(Cover("見本市", "計画", "初版", "", "総務課"), annexes=(part,))
    raw = {"uid": str(row.uid), "row_no": 1, COLUMN: STORED}
    public = redact(internal, PublicChoices())
    hidden = {each.text for each in hidden_values(internal, {"tables": {CODE: [raw]}}, public)}
    assert {SHOWN, STORED} <= hidden
    open_row = replace(table.rows[0], confidentiality="public")
    shown = replace(column_of(table), public=Public.SHOW)
    columns = tuple(shown if each.name == COLUMN else each for each in table.columns)
    open_part = replace(
        part, confidentiality="public", tables=(replace(table, columns=columns, rows=(open_row,)),)
    )
    told = redact(replace(internal, annexes=(open_part,)), PublicChoices())
    still = {each.text for each in hidden_values(internal, {"tables": {CODE: [raw]}}, told)}
    assert SHOWN not in still


def test_what_is_frozen_comes_back_and_a_kind_that_is_gone_is_text(position: Kind) -> None:
    cells = {COLUMN: {"north": "37.94", "east": "139.11"}}
    table = Table("x", "表", (Column(COLUMN, "位置", position),), (TableRow("1", cells),))
    frozen = json.loads(json.dumps(table.to_json()))
    assert frozen["columns"][0]["kind"] == "position"
    assert Table.from_json(frozen) == table
    frozen["columns"][0]["kind"] = "of a later release"
    assert Table.from_json(frozen).columns[0].kind is Kind.TEXT


def test_codes_are_those_that_editions_were_frozen_with() -> None:
    assert [str(kind) for kind in all_kinds()] == [
        *("text", "long_text", "telephone", "words", "integer", "money", "decimal", "percent"),
        *("boolean", "choice", "choices", "date", "month", "datetime"),
        *("fiscal_year", "fiscal_years", "duration", "reference", "references", "file"),
    ]
    assert all(getattr(Kind, kind.upper()) is kind for kind in all_kinds())
    assert all(deepcopy(kind) is kind for kind in all_kinds())


def test_the_leak_check_looks_for_each_kind_or_says_why_not() -> None:
    """A day, an option or 72時間 stands in every plan for much else; what is typed or named is looked for."""
    assert {kind for kind in all_kinds() if kind.looked_for.in_rows} == {
        *(Kind.TEXT, Kind.LONG_TEXT, Kind.TELEPHONE, Kind.WORDS, Kind.FILE, Kind.INTEGER)
    }
    assert {kind for kind in all_kinds() if kind.looked_for.in_tables} == {
        *(Kind.TEXT, Kind.LONG_TEXT, Kind.TELEPHONE, Kind.WORDS, Kind.FILE, Kind.INTEGER),
        *(Kind.MONEY, Kind.DECIMAL, Kind.REFERENCE, Kind.REFERENCES),
    }
    names = {kind for kind in all_kinds() if kind.looked_for.naming is not CountsAsName.NEVER}
    assert names == {Kind.TEXT, Kind.WORDS}


def test_a_kind_that_leaves_a_question_open_cannot_be_declared() -> None:
    class Silent(Kind):
        code = "silent"
        rule = ""

    with pytest.raises(TypeError, match=r"looked_for.*example.*field"):
        declare(Silent())
    with pytest.raises(TypeError, match="twice"):
        declare(type(Kind.TEXT)())

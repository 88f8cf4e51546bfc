"""What holds for every annex: pages of 0, 1 and 3 rows, constant queries, JSON, grid, history."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import is_blank
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import AnnexSpec, Need
from bcp_portal.annex.table import Table
from bcp_portal.annex.table_builder import build_table
from plans.document.annex_numbers import ANNEX_NUMBERS
from tests.rows import make_row

ROOT = Path(__file__).parents[2]
SPECS = registry.specs()
every_annex = pytest.mark.parametrize("spec", SPECS, ids=[spec.code for spec in SPECS])
ClientFor = Callable[..., Client]


def test_all_annexes_are_there() -> None:
    assert tuple(annex.number for annex in registry.annexes()) == ANNEX_NUMBERS
    assert all(registry.specs_of(number) for number in ANNEX_NUMBERS)
    assert len(ANNEX_NUMBERS) >= 20 and len(SPECS) >= 45


def test_how_many_annexes_there_are_is_written_once() -> None:
    written_out = re.compile(rf"range\(1, {len(ANNEX_NUMBERS) + 1}\)|range\({len(ANNEX_NUMBERS)}\)")
    rooms = (ROOT / room for room in ("bcp_portal", "systems", "plans", "drills"))
    files = [file for room in rooms for file in room.rglob("*.py")]
    found = [file.name for file in files if written_out.search(file.read_text(encoding="utf-8"))]
    assert found == ["annex_numbers.py"]


@every_annex
def test_declaration_is_complete(spec: AnnexSpec, in_scope: Municipality) -> None:
    sheet = Sheet.of(spec, in_scope)
    assert sheet.heading
    for item in sheet.all_items:
        assert item.column.label, item.name
        if item.editable and item.name not in {
            "note",
            "row_status",
            "confidentiality",
            "evidence",
            "verified_on",
        }:
            assert item.help, f"{spec.code}.{item.name} has no 記入要領"
    concrete = {f.name for f in spec.model._meta.concrete_fields} | {
        f.name for f in spec.model._meta.many_to_many
    }
    technical = {"id", "uid", "row_no", "municipality", "verified_by", "created_at", "created_by"}
    technical |= {"updated_at", "updated_by", "version"}
    units = {
        f.name
        for f in spec.model._meta.concrete_fields
        if f.name.endswith("_unit") and not f.editable
    }
    missing = concrete - technical - units - {item.name for item in sheet.all_items}
    assert not missing, f"{spec.code} does not show {sorted(missing)}"


@every_annex
def test_a_full_row_survives_json(spec: AnnexSpec, in_scope: Municipality) -> None:
    make_row(spec, in_scope, full=True)
    table = build_table(spec, municipality=in_scope, include_personal=True)
    assert len(table.rows) == 1
    assert Table.from_json(json.loads(json.dumps(table.to_json()))) == table
    assert any(not is_blank(value) for value in table.rows[0].cells.values())


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return len(captured)


@every_annex
@pytest.mark.parametrize("page", ["list", "grid"])
def test_queries_do_not_grow_with_rows(
    spec: AnnexSpec, page: str, municipality: Municipality, client_for: ClientFor
) -> None:
    client = client_for(Role.EDITOR)
    url = reverse(f"annex:{page}", args=[municipality.code, spec.code])
    assert client.get(url).status_code == 200, "an annex without rows"
    with scope(municipality=municipality):
        make_row(spec, municipality, 1, full=True)
    one = _queries(client, url)
    with scope(municipality=municipality):
        make_row(spec, municipality, 2, full=True)
        make_row(spec, municipality, 3, full=True)
    assert _queries(client, url) <= one


@every_annex
def test_grid_saves_nothing_when_nothing_changed(
    spec: AnnexSpec, municipality: Municipality, client_for: ClientFor
) -> None:
    client = client_for(Role.EDITOR)
    with scope(municipality=municipality):
        row = make_row(spec, municipality, full=True)
    url = reverse("annex:grid", args=[municipality.code, spec.code])
    grid = client.get(url).context["grid"]
    data: dict[str, object] = {"row": [str(row.uid)]}
    for line in grid.lines[:1]:
        for bound in [*line.cells, line.form["version"]]:
            data[bound.html_name] = bound.value()
    data = {name: _posted(value) for name, value in data.items()}
    response = client.post(url, data, follow=True)
    assert "変更はありませんでした。" in response.content.decode()
    with scope(municipality=municipality):
        row.refresh_from_db()
    assert row.version == 1


def _posted(value: object) -> object:
    return "" if value is None else value


@every_annex
def test_row_pages_open(spec: AnnexSpec, municipality: Municipality, client_for: ClientFor) -> None:
    client = client_for(Role.EDITOR)
    with scope(municipality=municipality):
        row = make_row(spec, municipality, full=True)
    for page in ("row", "edit", "history", "delete"):
        response = client.get(
            reverse(f"annex:{page}", args=[municipality.code, spec.code, row.uid])
        )
        assert response.status_code == 200, page
    assert client.get(reverse("annex:add", args=[municipality.code, spec.code])).status_code == 200


@every_annex
def test_saving_an_empty_form_names_what_is_required(
    spec: AnnexSpec, municipality: Municipality, client_for: ClientFor
) -> None:
    with scope(municipality=municipality):
        required = [
            item.column.label
            for item in Sheet.of(spec, municipality).editable_items
            if item.need is Need.SAVE and item.name not in {"row_status", "confidentiality"}
        ]
    response = client_for(Role.EDITOR).post(
        reverse("annex:add", args=[municipality.code, spec.code]), {}
    )
    assert response.status_code == 422
    text = response.content.decode()
    assert required, f"{spec.code} requires nothing"
    for label in required:
        assert label in text
    with scope(municipality=municipality):
        assert spec.model.objects.count() == 0

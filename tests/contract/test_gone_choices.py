"""A chosen row that is no longer offered is refused at its field in every annex, and nothing typed is lost."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.sheet import Item, Sheet
from bcp_portal.annex.spec import AnnexSpec
from tests.rows import make_row

ClientFor = Callable[..., Client]
CHOSEN = {Kind.REFERENCE, Kind.REFERENCES, Kind.CHOICE, Kind.CHOICES}
NOTE = "書きかけの備考"


def chosen_items(spec: AnnexSpec, municipality: Municipality) -> list[Item]:
    """Return the columns of an annex whose value is chosen from a list."""
    with scope(municipality=municipality):
        items = Sheet.of(spec, municipality).editable_items
    return [item for item in items if item.column.kind in CHOSEN]


@pytest.mark.parametrize("spec", registry.specs(), ids=[s.code for s in registry.specs()])
def test_what_cannot_be_chosen_is_named_at_its_field(
    spec: AnnexSpec,
    municipality: Municipality,
    other_municipality: Municipality,
    client_for: ClientFor,
) -> None:
    items = chosen_items(spec, municipality)
    client = client_for(Role.EDITOR, Role.ADMIN, Role.CONTACT_STEWARD)
    with scope(municipality=municipality):
        row = make_row(spec, municipality)
        elsewhere = _rows_elsewhere(items, other_municipality)
    add = reverse("annex:add", args=[municipality.code, spec.code])
    edit = reverse("annex:edit", args=[municipality.code, spec.code, row.uid])
    for url in (add, edit):
        for bad in ("999999", "zzz") if url == add else ("9" * 40,):
            _refused(client, url, {item.name: bad for item in items}, items)
    _refused(client, add, {i.name: elsewhere.get(i.name, "zzz") for i in items}, items)
    grid = reverse("annex:grid", args=[municipality.code, spec.code])
    lines = {f"{row.uid}-{item.name}": "zzz" for item in items}
    response = client.post(grid, {"row": [str(row.uid)], f"{row.uid}-version": "1", **lines})
    assert response.status_code == 422
    assert response.content.decode().count("zzz") >= len(items)


def _refused(client: Client, url: str, values: dict[str, str], items: list[Item]) -> None:
    response = client.post(url, {**values, "version": "1", "note": NOTE})
    assert response.status_code == 422, url
    form = response.context["form"]
    for item in items:
        if item.name not in form.fields:
            continue
        said = "".join(form.errors[item.name])
        bad = values[item.name].replace("\0", "")
        assert bad[:19] in said, (item.name, said)
        if item.column.kind in (Kind.REFERENCE, Kind.REFERENCES):
            assert "（選べません）" in str(form[item.name]), item.name
    if "note" in form.fields:
        assert NOTE in response.content.decode()


def _rows_elsewhere(items: list[Item], other: Municipality) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in items:
        if item.column.kind in (Kind.REFERENCE, Kind.REFERENCES):
            target = registry.spec_of_model(item.model_field.related_model)
            if target is not None:
                with scope(municipality=other):
                    there = target.model.objects.first() or make_row(target, other)
                    found[item.name] = str(there.pk)
    return found


def test_the_row_that_was_retired_is_called_by_its_name(
    municipality: Municipality, client_for: ClientFor
) -> None:
    spec = registry.spec("departments")
    assert spec is not None
    with scope(municipality=municipality):
        department = make_row(spec, municipality)
        department.row_status = "retired"
        department.save()
    url = reverse("annex:add", args=[municipality.code, "people"])
    response = client_for(Role.EDITOR, Role.CONTACT_STEWARD).post(
        url, {"department": department.pk}
    )
    assert response.status_code == 422
    assert f"「{department}」は、選べません" in response.context["form"].errors["department"][0]

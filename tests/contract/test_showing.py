"""Each person who sees a personal value is in the log, on every page and file: one entry that names the row."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import is_blank
from bcp_portal.annex.personal_rows import rows_with_values
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.audit.models import Entry, ShownRow
from bcp_portal.audit.viewing_log import SHOWING
from tests.conftest import ClientFactory
from tests.contract.visits import Answer
from tests.rows import make_row, value_for

SPECS = [spec for spec in registry.specs() if any(c.personal for c in spec.columns)]
every_personal_annex = pytest.mark.parametrize("spec", SPECS, ids=[s.code for s in SPECS])

# Whether a way shows what is stored, in an annex with personal columns.
WAYS = {
    "list": False,
    "search": False,
    "sorted": False,
    "row": False,
    "delete": False,
    "history": False,
    "lookers": False,
    "blind edit": False,
    "reveal": True,
    "edit": True,
    "grid": True,
    "blind grid": True,
    "excel": True,
    "workbook": True,
}


class Annex:
    """One annex with a row that is full and one that has nothing personal."""

    def __init__(self, spec: AnnexSpec, municipality: Municipality) -> None:
        self.spec, self.municipality = spec, municipality
        with scope(municipality=municipality):
            self.full = make_row(spec, municipality, 1, full=True)
            self.bare = make_row(spec, municipality, 2)
            sheet = Sheet.of(spec, municipality)
            items = [item for item in sheet.all_items if item.column.personal]
            for number, item in enumerate(items, start=7001):
                # Apart from what other columns hold, so that it can be found on a page.
                if item.editable and not item.model_field.is_relation:
                    setattr(self.full, item.name, value_for(item.model_field, number))
            self.full.save()
            for item in items:
                if item.editable and not item.model_field.many_to_many:
                    setattr(self.bare, item.name, None if item.model_field.null else "")
            self.bare.save()
            for item in items:
                if item.editable and item.model_field.many_to_many:
                    getattr(self.bare, item.name).clear()
            assert [row.uid for row in rows_with_values(sheet, [self.full, self.bare], items)] == [
                str(self.full.uid)
            ]
            # What no drop-down offers: a name of a person stands in every form to be chosen.
            self.values = [
                str(getattr(self.full, item.name))
                for item in items
                if item.editable
                and not item.model_field.is_relation
                and not is_blank(getattr(self.full, item.name))
            ]

    def ask(self, client: Client, way: str, *, head: bool = False) -> HttpResponseBase:
        """Go the way, blindly where it is meant to be: nothing of the row was seen before."""
        uid = str(self.full.uid)
        address = self.url("list")
        if way == "blind edit":
            return client.post(self.url("edit", uid), {"version": 0})
        if way == "blind grid":
            return client.post(
                self.url("grid"),
                {
                    "row": [uid, str(self.bare.uid)],
                    "new": "new-0",
                    "new-0-version": 0,
                    "new-0-note": "何か",
                },
            )
        if way == "reveal":
            return client.post(self.url("reveal", uid))
        if way == "workbook":
            asked = client.post(reverse("annex:workbook", args=[self.municipality.code]))
            address = f"{asked.headers['Location']}file/"
        elif way in {"grid", "excel"}:
            address = self.url(way)
        elif way in {"row", "delete", "history", "lookers", "edit"}:
            address = self.url(way, uid)
        elif way == "search":
            address += f"?q={self.values[0] if self.values else '氏名'}"
        elif way == "sorted":
            personal = next(c.name for c in self.spec.columns if c.personal)
            address += f"?sort=-{personal}"
        return client.head(address) if head else client.get(address)

    def url(self, name: str, *args: str) -> str:
        return reverse(f"annex:{name}", args=[self.municipality.code, self.spec.code, *args])


@pytest.fixture
def annex(spec: AnnexSpec, municipality: Municipality) -> Annex:
    return Annex(spec, municipality)


@contextmanager
def noted(municipality: Municipality) -> Iterator[dict[str, int]]:
    """Tell how many entries of showing named each row meanwhile."""
    counts: dict[str, int] = {}
    with scope(municipality=municipality):
        before = Entry.objects.count()
    yield counts
    with scope(municipality=municipality):
        entries = Entry.objects.filter(sequence__gt=before, action=SHOWING)
        numbers = list(entries.values_list("sequence", flat=True))
        named = ShownRow.objects.filter(sequence__in=numbers)
        for uid in named.values_list("row_uid", flat=True):
            counts[uid] = counts.get(uid, 0) + 1


def test_the_annexes_with_personal_columns_are_known() -> None:
    assert {spec.code for spec in SPECS} >= {"8", "8-deputies", "9"}


@every_personal_annex
def test_each_way_that_shows_a_value_is_one_entry_that_names_the_row(
    annex: Annex, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    for way, shows in WAYS.items():
        with noted(annex.municipality) as counts:
            answer = Answer.of(annex.ask(client, way))
        assert answer.status in {200, 409, 422}, way
        seen = [value for value in annex.values if value in answer.text]
        if annex.values and way != "search":
            assert bool(seen) == shows, (way, seen)
        assert counts.get(str(annex.full.uid), 0) == shows, way
        assert str(annex.bare.uid) not in counts, way


@every_personal_annex
def test_an_answer_without_content_shows_nothing_and_is_no_entry(
    annex: Annex, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    with scope(municipality=annex.municipality):
        before = Entry.objects.count()
    for way in ("edit", "grid", "history", "excel", "workbook"):
        response = annex.ask(client, way, head=True)
        assert response.status_code == 200 and not getattr(response, "content", b"")
    with scope(municipality=annex.municipality):
        assert Entry.objects.count() == before


@every_personal_annex
def test_who_may_not_see_personal_values_leaves_no_entry(
    annex: Annex, client_for: ClientFactory
) -> None:
    client = client_for(Role.VIEWER)
    for way in ("list", "search", "row", "history", "excel", "workbook", "reveal"):
        with noted(annex.municipality) as counts:
            text = Answer.of(annex.ask(client, way)).text
        assert not counts, way
        assert way == "search" or not any(value in text for value in annex.values), way


@every_personal_annex
def test_no_search_filter_or_order_tells_a_personal_value(
    annex: Annex, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    for column in annex.spec.columns:
        if not column.personal:
            continue
        value: Any = getattr(annex.full, column.name, "")
        target = getattr(value, "uid", None)
        asked = f"f.{column.name}={target}" if target else f"q={value}"
        if not value or hasattr(value, "all"):
            continue
        page = client.get(f"{annex.url('list')}?{asked}").content.decode()
        grid = client.get(f"{annex.url('grid')}?sort={column.name}")
        assert grid.status_code == 200
        if not target:
            rows = [str(row.uid) for row in (annex.full, annex.bare)]
            assert not any(f"row-{uid}" in page for uid in rows), column.name
        assert f'name="f.{column.name}"' not in page
        assert f"sort={column.name}" not in page

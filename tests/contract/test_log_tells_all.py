"""For every annex: all that a save changes stands in history and log."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.fields import MonthField
from bcp_portal.annex.form_factory import Mode
from bcp_portal.annex.forms import AnnexForm, items_for
from bcp_portal.annex.services import save_row
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.audit.models import Entry
from tests.conftest import ClientFactory, MemberFactory
from tests.findings.workbooks import Book
from tests.importing.desk import Desk
from tests.rows import make_row

SPECS = registry.specs()
every_annex = pytest.mark.parametrize("spec", SPECS, ids=[spec.code for spec in SPECS])
KEPT_BESIDE = {"version", "updated_at", "updated_by", "verified_by"}


@pytest.fixture
def desk(in_scope: Municipality, member: MemberFactory, tmp_path: Path) -> Desk:
    return Desk(in_scope, member(Role.EDITOR), tmp_path)


@pytest.fixture(autouse=True)
def without_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Accept rows as they are: the rules of a row have tests of their own."""
    monkeypatch.setattr(AnnexForm, "_ask_rules", lambda form: None)


def stored(row: Any) -> dict[str, Any]:
    """Return every column of a row as it is stored, without what only notes the saving."""
    found = type(row).objects.filter(pk=row.pk).values().get()
    many = {field.name: list(getattr(row, field.name).all()) for field in row._meta.many_to_many}
    return {name.removesuffix("_id"): value for name, value in (found | many).items()}


def told_of(row: Any, before: dict[str, Any]) -> set[str]:
    """Return the columns that the log names of the last change: all that differ, and no others."""
    entry = Entry.objects.filter(target_uid=str(row.uid), action="変更").latest("sequence")
    names = {change["name"] for change in entry.changes}
    after = stored(row)
    assert {n for n in after if after[n] != before[n]} - KEPT_BESIDE == names
    return names


def confirmed(row: Any) -> dict[str, Any]:
    """Confirm a row, and let months begin on their first day, as they are typed."""
    months = [f.name for f in row._meta.concrete_fields if isinstance(f, MonthField)]
    first = {name: getattr(row, name).replace(day=1) for name in months if getattr(row, name)}
    type(row).objects.filter(pk=row.pk).update(verified_on=timezone.localdate(), **first)
    row.refresh_from_db()
    return stored(row)


@every_annex
def test_whatever_changes_is_told(spec: AnnexSpec, desk: Desk) -> None:
    row = make_row(spec, desk.municipality, full=True)
    sheet = Sheet.of(spec, desk.municipality)
    for mode in (Mode.PAGE, Mode.GRID):
        before = confirmed(row)
        items = items_for(sheet, desk.membership, mode)
        empty = AnnexForm(sheet=sheet, row=row, items=items, mode=mode)
        values = {name: empty[name].value() for name in empty.fields}
        typed = {name: value for name, value in values.items() if value is not None}
        typed["note"] = f"備考だけを{mode}で直した"
        form = AnnexForm(typed, sheet=sheet, row=row, items=items, mode=mode)
        assert form.is_valid(), form.errors
        actor = desk.membership.user
        save_row(sheet=sheet, actor=actor, row=row, expected_version=row.version)
        assert told_of(row, before) == {"note", "verified_on"} and form.cancels_confirmation
    before = confirmed(row)
    book = Book(desk.export(spec.code))
    page = book.sheet(spec.code)
    [line] = [line for line in page.rows if page.get(line, "uid") == str(row.uid)]
    page.put(line, "note", "備考だけをExcelで直した")
    checked = desk.bring_in(book.content)
    [entry] = [each for each in checked.plan.entries if each.uid == str(row.uid)]
    assert told_of(row, before) == {"note", "verified_on"}, entry.problems
    note, date = entry.changes
    assert note.label == "備考" and date.label == "最終確認日" and date.old and not date.new


@pytest.mark.parametrize("page", ["edit", "grid"])
def test_a_page_says_that_it_took_back_a_confirmation(
    page: str, municipality: Municipality, client_for: ClientFactory
) -> None:
    client, spec = client_for(Role.EDITOR), registry.spec("people")
    assert spec is not None
    with scope(municipality=municipality):
        row = make_row(spec, municipality)
        confirmed(row)
    own = [row.uid] if page == "edit" else []
    url = reverse(f"annex:{page}", args=[municipality.code, spec.code, *own])
    context = client.get(url).context
    form = context["form"] if page == "edit" else context["grid"].lines[0].form
    data = {form[name].html_name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value is not None}
    response = client.post(
        url, {**data, "row": [str(row.uid)], form["note"].html_name: "直した"}, follow=True
    )
    assert "「最終確認日」を空欄にしました" in response.content.decode()

"""写しを作る copies the lines below, cuts no letter, and says what it does not take."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import models
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.copying import copy_row, finish_lines
from bcp_portal.annex.row_changes import stored_items
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.table_builder import cells_of
from bcp_portal.audit.models import Entry
from bcp_portal.ui.counted_letters import letter_count
from systems.models import EmergencyContact, EquipmentLocation, Site
from tests.rows import make_row

WITH_LINES = [spec for spec in registry.specs() if registry.children(spec)]


@pytest.fixture
def actor(db: None) -> User:
    return User.objects.create_user(username="copier", display_name="写す人")


@pytest.mark.parametrize("spec", WITH_LINES, ids=lambda spec: spec.code)
def test_every_line_below_is_copied_and_noted(
    spec: Any, in_scope: Municipality, actor: User
) -> None:
    row = make_row(spec, in_scope, full=True)
    below = registry.children(spec)
    for child in below:
        line = make_row(child, in_scope, 1, full=True)
        type(line).objects.filter(pk=line.pk).update(**{child.parent: row})
    entries = Entry.objects.count()
    copied = copy_row(sheet=Sheet.of(spec, in_scope), actor=actor, row=row)
    for child in below:
        sheet = Sheet.of(child, in_scope)
        items = [
            item for item in stored_items(sheet) if item.name not in {child.parent, "row_status"}
        ]
        [original] = child.model.objects.filter(**{child.parent: row})
        [copy] = child.model.objects.filter(**{child.parent: copied.row})
        assert cells_of(items, [copy]) == cells_of(items, [original])
        assert copy.row_status == RowStatus.DRAFT
        assert Entry.objects.filter(target_uid=str(copy.uid), action="追加").count() == 1
    assert copied.lines >= len(below)
    assert Entry.objects.count() == entries + 1 + copied.lines


@pytest.mark.parametrize("code", ["6-1", "15"])
def test_the_page_says_how_many_lines_were_copied(
    code: str, municipality: Municipality, client_for: Callable[..., Client]
) -> None:
    with scope(municipality=municipality):
        spec = registry.spec(code)
        assert spec is not None
        row = make_row(spec, municipality, full=True)
        children = registry.children(spec)
        for child in children:
            line = make_row(child, municipality, 1, full=True)
            type(line).objects.filter(pk=line.pk).update(**{child.parent: row})
        lines = sum(child.model.objects.filter(**{child.parent: row}).count() for child in children)
    address = reverse("annex:copy", args=[municipality.code, code, row.uid])
    page = client_for(Role.EDITOR).post(address, follow=True).content.decode()
    assert f"の写しを追加しました。下の行{lines}件も写しました。" in page


def test_retired_lines_stay_with_the_original(in_scope: Municipality, actor: User) -> None:
    spec = registry.spec("6-1")
    assert spec is not None
    [years, *_] = registry.children(spec)
    line = make_row(years, in_scope, full=True)
    type(line).objects.filter(pk=line.pk).update(row_status=RowStatus.RETIRED)
    row = getattr(line, years.parent)
    assert copy_row(sheet=Sheet.of(spec, in_scope), actor=actor, row=row).lines == 0


def test_a_finished_copy_takes_its_complete_lines_along(
    in_scope: Municipality, actor: User
) -> None:
    spec = registry.spec("6-1")
    assert spec is not None
    [years, *_] = [each for each in registry.children(spec) if each.code == "6-1-years"]
    line = make_row(years, in_scope, full=True)
    sheet = Sheet.of(spec, in_scope)
    copied = copy_row(sheet=sheet, actor=actor, row=getattr(line, years.parent))
    assert finish_lines(sheet=sheet, actor=actor, row=copied.row) == (copied.lines, 0)
    assert not years.model.objects.filter(row_status=RowStatus.DRAFT).exists()


def test_nothing_is_copied_when_one_line_cannot_be(
    in_scope: Municipality, actor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = registry.spec("6-1")
    assert spec is not None
    [years, *_] = [each for each in registry.children(spec) if each.code == "6-1-years"]
    line = make_row(years, in_scope, full=True)

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("bcp_portal.annex.copying.save_rows", broken)
    before = (spec.model.objects.count(), Entry.objects.count())
    with pytest.raises(RuntimeError):
        copy_row(sheet=Sheet.of(spec, in_scope), actor=actor, row=getattr(line, years.parent))
    assert (spec.model.objects.count(), Entry.objects.count()) == before


def test_a_contact_gets_the_next_free_order_and_says_so(
    in_scope: Municipality, actor: User
) -> None:
    spec = registry.spec("9")
    assert spec is not None
    first = make_row(spec, in_scope, full=True)
    EmergencyContact.objects.filter(pk=first.pk).update(order=1)
    first.refresh_from_db()
    sheet = Sheet.of(spec, in_scope)
    second = copy_row(sheet=sheet, actor=actor, row=first)
    third = copy_row(sheet=sheet, actor=actor, row=first)
    assert [second.row.order, third.row.order] == [2, 3]
    assert second.row.organisation == first.organisation
    assert any("1は元の行が使っているため、2にしました。" in said for said in second.told)


@pytest.mark.parametrize(
    "name", ["葛\U000e0100" * 80, "あ" * 79 + "葛\U000e0100", "か\u309a" * 80, "長" * 80]
)
def test_the_name_of_a_copy_is_cut_between_letters(
    in_scope: Municipality, actor: User, name: str
) -> None:
    spec = registry.spec_of_model(Site)
    assert spec is not None
    limit = Site._meta.get_field("name").max_length or 0
    row = make_row(spec, in_scope)
    Site.objects.filter(pk=row.pk).update(name=name)
    row.refresh_from_db()
    sheet = Sheet.of(spec, in_scope)
    names = [copy_row(sheet=sheet, actor=actor, row=row).row.name for _ in range(11)]
    assert len(set(names)) == 11
    assert names[0].endswith("…（写し）") and names[10].endswith("…（写し11）")
    for each in names:
        assert letter_count(each) == limit
        kept = each.split("…")[0]
        after = name[len(kept)]
        assert name.startswith(kept) and after not in {"\U000e0100", "\u309a"}


def test_files_are_copied_under_their_name_and_a_lost_one_is_told(
    in_scope: Municipality, actor: User
) -> None:
    spec = registry.spec("4")
    assert spec is not None
    row = make_row(spec, in_scope)
    row.layout_file.save("配置図（本庁）.pdf", ContentFile(b"plan"))
    sheet = Sheet.of(spec, in_scope)
    copied = copy_row(sheet=sheet, actor=actor, row=row)
    copy = EquipmentLocation.objects.get(pk=copied.row.pk)
    assert copy.layout_file.name != row.layout_file.name
    assert copy.layout_file.name.endswith("/配置図（本庁）.pdf")
    with copy.layout_file.open("rb") as stored:
        assert stored.read() == b"plan"
    row.layout_file.storage.delete(row.layout_file.name)
    again = copy_row(sheet=sheet, actor=actor, row=row)
    assert again.row.layout_file.name == ""
    assert again.told == (
        "添付ファイル「配置図（本庁）.pdf」は、本体が見つからないため写していません。",
    )


def test_what_may_stand_only_once_is_known(in_scope: Municipality) -> None:
    """A constraint without plain columns would be one that the copying cannot free."""
    for spec in registry.specs():
        for constraint in spec.model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint):
                assert constraint.fields, f"{spec.code}: {constraint.name}"

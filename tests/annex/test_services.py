"""Rows are written once, by one path, with nobody's work overwritten and everything recorded."""

from typing import Any

import pytest

from bcp_portal.accounts.models import User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry, services
from bcp_portal.annex.copying import copy_row
from bcp_portal.annex.row_order import move_row
from bcp_portal.annex.sheet import Sheet
from bcp_portal.audit.models import Entry
from bcp_portal.ui.errors import DomainError
from systems.models import EquipmentLocation, Site
from tests.rows import make_row


def reread(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def test_insert_numbers_the_row_and_records_it(sites: Sheet, hall: Any, actor: User) -> None:
    assert (hall.row_no, hall.version, hall.created_by) == (1, 1, actor)
    entry = Entry.objects.get()
    assert (entry.action, entry.target_uid) == ("追加", str(hall.uid))
    assert {c["label"]: c["after"] for c in entry.changes}["庁舎（建物）名"] == "本庁舎"


def test_change_records_before_and_after_as_text(sites: Sheet, hall: Any, actor: User) -> None:
    row = reread(hall)
    row.site_kind = "branch"
    services.save_row(sheet=sites, actor=actor, row=row, expected_version=1)
    assert reread(hall).version == 2
    change = Entry.objects.order_by("-sequence")[0].changes[0]
    assert (change["label"], change["before"], change["after"]) == (
        "拠点区分",
        "本庁舎",
        "支所・事務所",
    )


def test_second_save_of_the_same_version_is_refused(sites: Sheet, hall: Any, actor: User) -> None:
    first, second = reread(hall), reread(hall)
    first.address = "一丁目"
    second.address = "二丁目"
    services.save_row(sheet=sites, actor=actor, row=first, expected_version=1)
    with pytest.raises(services.Conflict) as refused:
        services.save_row(sheet=sites, actor=actor, row=second, expected_version=1)
    assert refused.value.current.address == "一丁目"
    assert reread(hall).address == "一丁目"


def test_saving_without_a_change_writes_nothing(sites: Sheet, hall: Any, actor: User) -> None:
    services.save_row(sheet=sites, actor=actor, row=reread(hall), expected_version=1)
    assert reread(hall).version == 1
    assert Entry.objects.count() == 1


def test_a_change_takes_back_the_confirmation(sites: Sheet, hall: Any, actor: User) -> None:
    services.confirm_row(sheet=sites, actor=actor, row=hall)
    row = reread(hall)
    assert row.verified_on is not None and row.verified_by == actor
    row.address = "三丁目"
    services.save_row(sheet=sites, actor=actor, row=row, expected_version=2)
    assert reread(hall).verified_on is None
    assert reread(hall).verified_by is None


def test_copy_is_a_draft_with_a_free_name(sites: Sheet, hall: Any, actor: User) -> None:
    first = copy_row(sheet=sites, actor=actor, row=hall).row
    second = copy_row(sheet=sites, actor=actor, row=hall).row
    assert [first.name, second.name] == ["本庁舎（写し）", "本庁舎（写し2）"]
    assert first.row_status == RowStatus.DRAFT
    assert first.uid != hall.uid


@pytest.mark.parametrize("spec", registry.specs(), ids=lambda spec: spec.code)
def test_every_row_can_be_copied_or_says_why_not(spec: Any, in_scope: Any, actor: User) -> None:
    sheet = Sheet.of(spec, in_scope)
    row = make_row(spec, in_scope, full=True)
    try:
        copy = copy_row(sheet=sheet, actor=actor, row=row).row
    except DomainError as refusal:
        assert "行を追加" in refusal.message
    else:
        assert copy.pk != row.pk and copy.row_status == RowStatus.DRAFT


def test_move_swaps_with_the_neighbour_and_stops_at_the_ends(
    sites: Sheet, hall: Any, actor: User
) -> None:
    other = services.save_row(
        sheet=sites, actor=actor, row=Site(name="分庁舎", site_kind="annex"), expected_version=0
    )
    move_row(sheet=sites, actor=actor, row=other, up=True)
    names = list(Site.objects.order_by("row_no").values_list("name", flat=True))
    assert names == ["分庁舎", "本庁舎"]
    move_row(sheet=sites, actor=actor, row=reread(other), up=True)
    assert list(Site.objects.order_by("row_no").values_list("name", flat=True)) == names


def test_deleting_what_is_used_names_its_users(sites: Sheet, hall: Any, actor: User) -> None:
    EquipmentLocation.objects.create(
        municipality=sites.municipality, name="電算室", site=hall, floor=2, equipment=["server"]
    )
    with pytest.raises(DomainError) as refused:
        services.delete_row(sheet=sites, actor=actor, row=hall)
    assert "「電算室」" in refused.value.message
    assert Site.objects.filter(pk=hall.pk).exists()


def test_deleting_an_unused_row_keeps_its_content_in_the_log(
    sites: Sheet, hall: Any, actor: User
) -> None:
    services.delete_row(sheet=sites, actor=actor, row=hall)
    assert not Site.objects.filter(pk=hall.pk).exists()
    entry = Entry.objects.order_by("-sequence")[0]
    assert entry.action == "削除"
    assert {c["label"]: c["before"] for c in entry.changes}["庁舎（建物）名"] == "本庁舎"


def test_retired_row_can_come_back(sites: Sheet, hall: Any, actor: User) -> None:
    services.set_status(sheet=sites, actor=actor, row=hall, status=RowStatus.RETIRED)
    assert reread(hall).row_status == RowStatus.RETIRED
    services.set_status(sheet=sites, actor=actor, row=hall, status=RowStatus.ACTIVE)
    assert reread(hall).row_status == RowStatus.ACTIVE


def test_the_log_calls_a_row_by_what_tells_it_apart(in_scope: Any, actor: User) -> None:
    spec = registry.spec("17")
    sheet, target = Sheet.of(spec, in_scope), make_row(spec, in_scope)
    name = f"{target.system.name}・代替拠点を設置する場合"
    target.note = "見直した"
    services.save_row(sheet=sheet, actor=actor, row=target, expected_version=target.version)
    services.delete_row(sheet=sheet, actor=actor, row=target)
    assert list(Entry.objects.values_list("target_label", flat=True)) == [name, name]

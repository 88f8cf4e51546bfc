"""様式7: what a backup must say, and whether it would be lost together with the original."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from systems.annexes.backups import BACKUPS
from systems.models import BackupItem, SystemItem
from tests.systems.business_rows import DAY, computed
from tests.systems.facilities import (
    make_department,
    make_measure,
    make_site,
    make_system,
    required,
    said,
)

BACKED_UP = "「バックアップの有無」が「有」のときは"
ELSEWHERE = "バックアップを原本と別の場所に保管しているときは"
WEAK = "バックアップが「無」か「不明」、原本と同時に被災する、または復元テストが「失敗」のときは"


@pytest.fixture
def main(in_scope):
    return make_site(in_scope, "本庁舎", disaster_group="市中心部")


@pytest.fixture
def remote(in_scope):
    return make_site(in_scope, "県外データセンター", disaster_group="県外")


def new_backup(main, backup_site=None, **values):
    owner = main.municipality
    values = {
        "name": "住民記録データ",
        "data_kind": "data",
        "system": SystemItem.objects.first() or make_system(owner),
        "owner_department": make_department(owner),
        "primary_site": main,
        "media": "tape",
        "backed_up": "yes",
        "method": "media",
        "frequency_minutes": DAY,
        "frequency_unit": "day",
        "backup_site": backup_site,
        "retrieval": "職員が車で取りに行く。",
        "retrieval_time_minutes": 360,
        **values,
    }
    return BackupItem(municipality=owner, **values)


def test_a_backup_far_away_is_accepted(main, remote):
    assert said(BACKUPS, new_backup(main, remote), measures=[]) == []


def test_a_backup_needs_method_interval_and_place(main):
    row = new_backup(main, method="", frequency_minutes=None)
    assert said(BACKUPS, row, measures=[]) == [
        ("method", required(BACKED_UP)),
        ("frequency_minutes", required("「バックアップの有無」が「有」で、随時取得でないときは")),
        ("backup_site", required(BACKED_UP)),
    ]


def test_taken_whenever_something_changes_needs_no_interval_and_may_have_none(main, remote):
    row = new_backup(main, remote, frequency_minutes=None, on_demand=True)
    assert said(BACKUPS, row, measures=[]) == []
    both = new_backup(main, remote, on_demand=True)
    assert said(BACKUPS, both, measures=[]) == [
        ("on_demand", "「取得の頻度」と「随時取得」は、どちらか一方だけを入力してください。")
    ]


def test_an_interval_of_nothing_is_refused(main, remote):
    row = new_backup(main, remote, frequency_minutes=0, frequency_unit="immediate")
    [(column, message)] = said(BACKUPS, row, measures=[])
    assert column == "frequency_minutes"
    assert message.startswith("「取得の頻度」は0より長い期間で入力してください。")


def test_only_paper_needs_no_system(main, remote):
    paper = new_backup(main, remote, data_kind="paper", system=None)
    assert said(BACKUPS, paper, measures=[]) == []
    drawing = new_backup(main, remote, data_kind="drawing", system=None)
    assert said(BACKUPS, drawing, measures=[]) == [
        ("system", required("「種別」が「文書（紙）」でないときは"))
    ]


def test_a_backup_elsewhere_must_say_how_it_is_fetched(main, remote):
    row = new_backup(main, remote, retrieval="", retrieval_time_minutes=None)
    assert said(BACKUPS, row, measures=[]) == [
        ("retrieval", required(ELSEWHERE)),
        ("retrieval_time_minutes", required(ELSEWHERE)),
    ]


def test_a_backup_in_the_same_building_needs_a_measure_but_no_fetching(main):
    row = new_backup(main, main, retrieval="", retrieval_time_minutes=None)
    assert said(BACKUPS, row, measures=[]) == [("measures", required(WEAK))]
    assert said(BACKUPS, row, measures=[make_measure(main.municipality)]) == []


@pytest.mark.parametrize(
    ("values", "weak"),
    [
        ({"backed_up": "no"}, True),
        ({"backed_up": "unknown"}, True),
        ({"restore_result": "failure"}, True),
        ({"restore_result": "partial"}, False),
        ({"restore_result": "success"}, False),
    ],
)
def test_a_weak_backup_needs_a_measure(main, remote, values, weak):
    found = said(BACKUPS, new_backup(main, remote, **values), measures=[])
    assert found == ([("measures", required(WEAK))] if weak else [])


def test_no_protection_excludes_protection(main, remote):
    row = new_backup(main, remote, protection=["encrypted", "none"])
    assert said(BACKUPS, row, measures=[]) == [
        ("protection", "「なし」と「暗号化」を同時には選べません。どちらかを外してください。")
    ]


def test_an_offline_copy_says_in_which_form_and_where(main, remote):
    row = new_backup(main, remote, offline_copy="available")
    assert said(BACKUPS, row, measures=[]) == [
        ("offline_copy_place", required("「端末だけで見られる形の写し」が「あり」のときは"))
    ]


def test_fewer_than_one_generation_is_refused(main, remote):
    with pytest.raises(ValidationError, match="世代数は1以上で入力してください。"):
        new_backup(main, remote, generations=0).clean_fields()


def test_the_chance_of_a_common_loss_is_derived_in_one_query(main, remote, in_scope):
    annex = make_site(in_scope, "第二分館", disaster_group="市中心部")
    unsurveyed = make_site(in_scope, "元気館")
    rows = []
    for number, site in enumerate((main, annex, remote, unsurveyed, None)):
        row = new_backup(main, site, name=f"情報{number}", system=None, data_kind="paper")
        row.save()
        rows.append(row)
    with CaptureQueriesContext(connection) as captured:
        found = computed(BACKUPS, "same_disaster", *rows)
    assert found == ["あり", "あり", "なし", "不明", ""]
    assert len(captured) == 1

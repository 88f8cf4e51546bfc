"""様式3: buildings."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from systems.annexes.sites import SITES
from systems.models import Site
from tests.systems.facilities import (
    make_department,
    make_site,
    make_vendor,
    required,
    said,
)


def new_site(owner, name="本庁舎", **values):
    return Site(municipality=owner, name=name, site_kind="main", **values)


def test_an_ordinary_building_is_accepted(in_scope):
    assert said(SITES, new_site(in_scope)) == []


def test_a_building_is_registered_once_whatever_the_spelling(in_scope):
    make_site(in_scope, "第２庁舎")
    assert [column for column, _ in said(SITES, new_site(in_scope, "第2 庁舎"))] == ["name"]


def test_a_building_has_one_manager(in_scope):
    row = new_site(
        in_scope,
        manager_department=make_department(in_scope),
        manager_vendor=make_vendor(in_scope),
    )
    assert said(SITES, row) == [
        (
            "manager_vendor",
            "「管理部門（部署）」と「管理部門（事業者）」は、どちらか一方だけを入力してください。",
        )
    ]


def test_a_building_is_not_built_in_the_future(in_scope):
    assert said(SITES, new_site(in_scope, built_on=date(2100, 4, 1))) == [
        ("built_on", "「建築時期」（令和82年4月）が今日より後です。年月を確かめてください。")
    ]
    this_month = timezone.localdate().replace(day=1)
    assert said(SITES, new_site(in_scope, built_on=this_month)) == []
    next_month = (this_month + timedelta(days=32)).replace(day=1)
    assert said(SITES, new_site(in_scope, built_on=next_month)) != []


def test_a_reinforced_building_tells_the_diagnosis(in_scope):
    row = new_site(in_scope, new_seismic="reinforced")
    assert said(SITES, row) == [
        ("diagnosis", required("「新耐震基準対応の有無」が「診断・補強済み」のときは"))
    ]


def test_a_flood_zone_has_a_depth(in_scope):
    assert said(SITES, new_site(in_scope, flood_risk="yes")) == [
        ("flood_depth_m", required("「洪水ハザードマップによる危険の有無」が「有」のときは"))
    ]
    assert said(SITES, new_site(in_scope, flood_risk="unknown")) == []


@pytest.mark.parametrize("depth", ["0.1", "30", "30.0"])
def test_a_depth_up_to_thirty_metres_is_possible(in_scope, depth):
    assert said(SITES, new_site(in_scope, flood_depth_m=Decimal(depth))) == []


@pytest.mark.parametrize("depth", ["0", "-0.5", "30.1"])
def test_other_depths_are_not(in_scope, depth):
    assert said(SITES, new_site(in_scope, flood_depth_m=Decimal(depth))) == [
        (
            "flood_depth_m",
            f"「想定浸水深」（{depth}m）は、0より大きく30以下の数で入力してください。",
        )
    ]


def test_no_hazard_stands_alone(in_scope):
    assert said(SITES, new_site(in_scope, other_hazard=["none"])) == []
    assert said(SITES, new_site(in_scope, other_hazard=["tsunami", "snow", "none"])) == [
        (
            "other_hazard",
            "「なし」と「津波、雪害」を同時には選べません。どちらかを外してください。",
        )
    ]


def test_the_place_to_move_to_is_not_hit_together(in_scope):
    near = make_site(in_scope, "別館", disaster_group="市中心部")
    assert said(SITES, new_site(in_scope, disaster_group="市中心部", fallback_site=near)) == [
        (
            "fallback_site",
            "「別館」は「同時被災区分」が同じ「市中心部」のため、代替拠点になりません。別の区分の建物を選んでください。",
        )
    ]
    assert said(SITES, new_site(in_scope, disaster_group="山間部", fallback_site=near)) == []
    assert said(SITES, new_site(in_scope, fallback_site=near)) == []


def test_a_building_does_not_replace_itself(in_scope):
    row = make_site(in_scope)
    row.fallback_site = row
    assert said(SITES, row) == [
        ("fallback_site", "「立入不可時の代替拠点」に自分自身「本庁舎」は選べません。")
    ]

"""様式1: what a row must respect, and the columns nobody types."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope

from bcp_portal.annex.table_builder import build_table
from systems.annexes.systems import SYSTEMS
from systems.models import Business, BusinessSystemNeed, RecoveryTarget
from tests.systems.facilities import (
    make_department,
    make_dependency,
    make_location,
    make_site,
    make_system,
    make_vendor,
    new_system,
    required,
    said,
)


def cells(owner, name):
    table = build_table(SYSTEMS, municipality=owner)
    return next(row.cells for row in table.rows if row.cells["name"] == name)


def computed(column, row):
    spec = SYSTEMS.column(column)
    assert spec is not None
    assert spec.compute is not None
    return spec.compute([row])[row.pk]


def test_an_ordinary_row_is_accepted(in_scope):
    assert said(SYSTEMS, new_system(in_scope)) == []


def test_a_name_that_differs_only_in_width_spaces_and_dots_is_taken(in_scope):
    make_system(in_scope, "Active Directory")
    assert said(SYSTEMS, new_system(in_scope, "Ａctive・directory")) == [
        (
            "name",
            "「Ａctive・directory」は、登録済みの「Active Directory」の名称または別名と同じです。"
            "空白、中点、全角と半角、大文字と小文字の違いは区別しません。",
        )
    ]


def test_a_name_may_not_be_the_alias_of_another_nor_an_alias_its_name(in_scope):
    make_system(in_scope, "市内LAN", aliases=["庁内LAN"])
    [(column, message)] = said(SYSTEMS, new_system(in_scope, "庁内ＬＡＮ"))
    assert (column, message[:16]) == ("name", "「庁内ＬＡＮ」は、登録済みの「市")
    [(column, message)] = said(SYSTEMS, new_system(in_scope, "LGWAN", aliases=["市内 LAN"]))
    assert column == "aliases"
    assert message.startswith(
        "別名「市内 LAN」は、登録済みの「市内LAN」の名称または別名と同じです。"
    )


def test_an_alias_may_not_repeat_the_name_of_its_own_row(in_scope):
    assert said(SYSTEMS, new_system(in_scope, "GIS", aliases=["ＧＩＳ"])) == [
        ("aliases", "別名「ＧＩＳ」は、この行の名称と同じです。")
    ]


def test_saving_a_row_again_does_not_clash_with_itself(in_scope):
    assert said(SYSTEMS, make_system(in_scope, aliases=["総合"])) == []


def test_another_municipality_may_use_the_same_name(in_scope, other_municipality):
    with scope(municipality=other_municipality):
        make_system(other_municipality, "総合行政")
    assert said(SYSTEMS, new_system(in_scope, "総合行政")) == []


def test_the_database_refuses_the_same_name_too(in_scope):
    make_system(in_scope)
    with pytest.raises(ValidationError) as caught:
        new_system(in_scope).validate_constraints()
    assert caught.value.messages == ["同じ名称の情報システムがすでにあります。"]


def test_the_overview_holds_five_hundred_characters(in_scope):
    new_system(in_scope, overview="あ" * 500).clean_fields()
    with pytest.raises(ValidationError) as caught:
        new_system(in_scope, overview="あ" * 501).clean_fields()
    assert list(caught.value.message_dict) == ["overview"]


def test_a_subsystem_may_not_have_subsystems(in_scope):
    whole = make_system(in_scope, "総合行政")
    part = make_system(in_scope, "総合行政（住記）", parent=whole)
    assert said(SYSTEMS, part) == []
    assert said(SYSTEMS, new_system(in_scope, "印鑑", parent=part)) == [
        (
            "parent",
            "「総合行政（住記）」にも親システムがあるため選べません。親子は2段までです。",
        )
    ]
    whole.parent = make_system(in_scope, "全体")
    assert said(SYSTEMS, whole) == [
        (
            "parent",
            "「総合行政」は「総合行政（住記）」の親システムのため、親を選べません。親子は2段までです。",
        )
    ]


def test_a_system_is_not_its_own_parent_nor_in_a_circle(in_scope):
    whole = make_system(in_scope, "総合行政")
    part = make_system(in_scope, "住記", parent=whole)
    whole.parent = whole
    assert said(SYSTEMS, whole) == [
        ("parent", "「親システム」に自分自身「総合行政」は選べません。")
    ]
    whole.parent = part
    assert said(SYSTEMS, whole) == [
        ("parent", "「親システム」が循環しています：総合行政→住記→総合行政。")
    ]


def test_the_owner_must_not_have_been_abolished(in_scope):
    yesterday = timezone.localdate() - timedelta(days=1)
    gone = make_department(in_scope, "電算課", valid_to=date(2020, 3, 31))
    assert said(SYSTEMS, new_system(in_scope, owner_department=gone)) == [
        (
            "owner_department",
            "「電算課」は令和2年3月31日に廃止されています。現在の部署を選んでください。",
        )
    ]
    last_day = make_department(in_scope, "広報課", valid_to=timezone.localdate())
    assert said(SYSTEMS, new_system(in_scope, owner_department=last_day)) == []
    over = make_department(in_scope, "企画課", valid_to=yesterday)
    assert said(SYSTEMS, new_system(in_scope, owner_department=over)) != []


def test_department_and_vendor_do_not_both_operate_a_system(in_scope):
    row = new_system(
        in_scope,
        operator_department=make_department(in_scope),
        operator_vendor=make_vendor(in_scope),
    )
    assert said(SYSTEMS, row) == [
        (
            "operator_vendor",
            "「運用管理主体（部署）」と「運用管理主体（事業者）」は、どちらか一方だけを入力してください。",
        )
    ]


def test_a_system_out_of_scope_says_why(in_scope):
    row = new_system(in_scope, in_scope=False)
    assert said(SYSTEMS, row) == [
        ("out_of_scope_reason", required("「本計画の対象」が「いいえ」のときは"))
    ]
    row.out_of_scope_reason = "学校教育課が定める"
    assert said(SYSTEMS, row) == []


def test_only_networks_are_chosen_as_networks(in_scope):
    lan = make_system(in_scope, "庁内LAN", kind="network", hosting="line")
    gis = make_system(in_scope, "GIS")
    assert said(SYSTEMS, gis, networks=[lan]) == []
    assert said(SYSTEMS, make_system(in_scope, "戸籍"), networks=[lan, gis]) == [
        (
            "networks",
            "「GIS」は種別が「ネットワーク」ではないため、利用ネットワークに選べません。",
        )
    ]
    assert said(SYSTEMS, lan, networks=[lan]) == [
        ("networks", "「利用ネットワーク」に自分自身「庁内LAN」は選べません。")
    ]


def test_stored_networks_are_checked_when_the_column_was_not_typed(in_scope):
    gis, family = make_system(in_scope, "GIS"), make_system(in_scope, "戸籍")
    family.networks.add(gis)
    assert [column for column, _ in said(SYSTEMS, family)] == ["networks"]


def test_equipment_in_the_own_building_has_a_place_and_an_answer_on_fixing(in_scope):
    row = new_system(in_scope, hosting="onprem", seismic_fixed="not_applicable")
    assert said(SYSTEMS, row) == [
        (
            "seismic_fixed",
            "「提供形態」が「庁舎内」のときは、「該当なし」を選べません。有・無・不明から選んでください。",
        ),
        ("location", required("「提供形態」が「庁舎内」のときは")),
    ]
    row.location, row.seismic_fixed = make_location(in_scope, make_site(in_scope)), "unknown"
    assert said(SYSTEMS, row) == []
    assert said(SYSTEMS, new_system(in_scope, seismic_fixed="not_applicable")) == []


def test_maintenance_by_a_vendor_names_it_and_by_staff_names_none(in_scope):
    row = new_system(in_scope, maintenance="vendor")
    assert said(SYSTEMS, row) == [("vendor", required("「保守の担い手」が「事業者」のときは"))]
    row.vendor = make_vendor(in_scope)
    assert said(SYSTEMS, row) == []
    row.maintenance = "staff"
    assert said(SYSTEMS, row) == [
        (
            "vendor",
            "「保守の担い手」が「なし（職員対応）」なのに、保守事業者「見本システムズ」が選ばれています。",
        )
    ]


def test_a_backup_says_where_and_when(in_scope):
    row = new_system(in_scope, osapp_backup="yes")
    because = required("「バックアップの有無」が「有」のときは")
    assert said(SYSTEMS, row) == [
        ("osapp_backup_site", because),
        ("osapp_backup_timing", because),
    ]
    assert said(SYSTEMS, new_system(in_scope, osapp_backup="unknown")) == []


def weak_room(owner):
    site = make_site(owner, new_seismic="no", flood_risk="yes", flood_depth_m=Decimal("3.0"))
    return make_location(owner, site, floor=1)


def test_a_judgement_against_the_proposal_needs_its_reason(in_scope):
    room = weak_room(in_scope)
    row = new_system(
        in_scope, hosting="onprem", location=room, building_weak="sound", flood_weak="none"
    )
    assert said(SYSTEMS, row) == [
        ("building_weak_reason", required("「庁舎の弱さ」が提案と違うときは")),
        ("flood_weak_reason", required("「場所の弱さ」が提案と違うときは")),
    ]
    row.building_weak_reason, row.flood_weak_reason = "区画のみ補強済み", "床から4m上げて設置"
    assert said(SYSTEMS, row) == []
    follows = new_system(
        in_scope, hosting="onprem", location=room, building_weak="weak", flood_weak="possible"
    )
    assert said(SYSTEMS, follows) == []


def test_the_proposals_stand_beside_the_judgements_and_are_not_printed(in_scope):
    row = make_system(in_scope, hosting="onprem", location=weak_room(in_scope))
    assert computed("building_proposal", row) == "弱い"
    assert computed("flood_proposal", row) == "可能性あり"
    printed = build_table(SYSTEMS, municipality=in_scope)
    assert printed.column("building_weak") is not None
    assert printed.column("building_proposal") is None


def test_without_a_place_nothing_is_proposed_and_elsewhere_is_offsite(in_scope):
    nowhere = make_system(in_scope, "GIS", hosting="terminal")
    assert computed("building_proposal", nowhere) == ""
    assert computed("flood_proposal", nowhere) == ""
    assert computed("flood_proposal", make_system(in_scope, "HP", hosting="cloud")) == "庁外"


def test_a_system_is_critical_when_form_17_has_a_row_in_use(in_scope):
    critical, retired, plain = (make_system(in_scope, name) for name in ("戸籍", "住記", "GIS"))
    values = {"municipality": in_scope, "rlo": "full", "rto_minutes": 4320, "rto_unit": "day"}
    RecoveryTarget.objects.create(system=critical, **values)
    RecoveryTarget.objects.create(system=retired, row_status="retired", **values)
    assert cells(in_scope, "戸籍")["is_critical"] is True
    assert cells(in_scope, "住記")["is_critical"] is False
    assert computed("is_critical", plain) is False


def test_businesses_and_dependencies_show_where_they_were_entered_once(in_scope):
    lan, family = make_system(in_scope, "庁内LAN", kind="network"), make_system(in_scope, "戸籍")
    make_dependency(family, lan, kind="network")
    make_dependency(family, make_system(in_scope, "旧認証"), row_status="retired")
    business = Business.objects.create(
        municipality=in_scope,
        name="戸籍の届出",
        owner_department=make_department(in_scope),
        biz_class=["counter"],
    )
    BusinessSystemNeed.objects.create(municipality=in_scope, business=business, system=family)
    row = cells(in_scope, "戸籍")
    assert row["depends_on"] == [{"uid": str(lan.uid), "text": "庁内LAN"}]
    assert row["businesses"] == [{"uid": str(business.uid), "text": "戸籍の届出"}]
    assert cells(in_scope, "庁内LAN")["depends_on"] == []


def test_queries_do_not_grow_with_the_rows(in_scope):
    room = weak_room(in_scope)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            build_table(SYSTEMS, municipality=in_scope)
        return len(captured)

    make_system(in_scope, "一", hosting="onprem", location=room)
    alone = queries()
    for name in ("二", "三"):
        other = make_system(
            in_scope, name, hosting="onprem", location=weak_room_named(in_scope, name)
        )
        make_dependency(other, make_system(in_scope, f"{name}の先"))
    assert queries() == alone


def weak_room_named(owner, name):
    return make_location(owner, make_site(owner, f"{name}号館"), name=f"{name}室")

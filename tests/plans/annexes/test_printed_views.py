"""Muster, roles, deputies, manuals, reviews, copies and clauses in the columns the plans print."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.table import Table
from plans.models import (
    ClauseReference,
    Manual,
    ManualMaterial,
    MusterPlace,
    MusterRule,
    ReviewItem,
    RoleDeputy,
    StorageCopy,
)
from systems.models import ReferenceDocument
from tests.plans.rows import a_role, a_site, built
from tests.rows import make_row

SOURCES = {
    "c-7-list": "c-7",
    "b-5-list": "b-5",
    "8-members": "8",
    "c-6-disaster": "8-deputies",
    "c-12-matrix": "c-12-materials",
    "c-16-list": "13-1",
    "b-12-triggers": "13-1",
    "b-12-items": "13-1",
    "c-18-list": "c-18",
    "c-19-list": "c-19",
}


def heads(table: Table) -> list[str]:
    return [column.label for column in table.columns]


def test_a_muster_rule_is_one_line_of_five_columns(in_scope: Municipality) -> None:
    chief = a_role(in_scope, "電算機管理者")
    law = ReferenceDocument.objects.create(
        municipality=in_scope, title="実施要綱", publisher="市", kind="regulation"
    )
    rule = {"municipality": in_scope}
    MusterRule.objects.create(
        event_detail="earthquake",
        condition_kind="intensity",
        threshold="震度5強以上",
        with_headquarters="set_up",
        trigger="automatic",
        who="part",
        ratio=40,
        authority=law,
        **rule,
    )
    MusterRule.objects.create(
        event_detail="cyber_attack",
        condition_kind="outage",
        trigger="instructed",
        who="all",
        decider=chief,
        mode=["on_site", "online"],
        row_no=2,
        **rule,
    )
    table = built("c-7-list", in_scope)
    assert heads(table) == ["事象", "条件", "参集者・割合", "方法", "根拠"]
    assert table.texts() == [
        [
            "地震",
            "震度5強以上\n災害対策本部が設置されたとき",
            "職員の40%",
            "自動参集",
            "実施要綱",
        ],
        [
            "サイバー攻撃",
            "システム停止・検知",
            "全職員",
            "指示により参集（現地・オンライン）\n電算機管理者の指示",
            "",
        ],
    ]
    assert len(built("c-7-earthquake", in_scope).rows) == 1
    assert [line[0] for line in built("c-7-security", in_scope).texts()] == ["サイバー攻撃"]
    assert built("c-7-storm-flood", in_scope).rows == ()
    assert built("c-7-other", in_scope).rows == ()


def test_places_stand_in_one_cell_by_order_of_choice(in_scope: Municipality) -> None:
    office, branch = a_site(in_scope), a_site(in_scope, "分館")
    role = a_role(in_scope, "作業の責任者")
    MusterPlace.objects.create(
        municipality=in_scope,
        role=role,
        place1=office,
        place1_room="会議室",
        place2=branch,
        online=True,
        online_means="電話会議",
    )
    away = a_role(in_scope, "代替拠点の担当者")
    MusterPlace.objects.create(municipality=in_scope, role=away, place1=branch, row_no=2)
    table = built("b-5-list", in_scope)
    assert heads(table) == ["参集要員", "参集場所"]
    assert table.texts() == [
        ["作業の責任者", "第1順位：本庁舎 会議室\n第2順位：分館\nオンライン：電話会議"],
        ["代替拠点の担当者", "分館"],
    ]


def test_roles_bear_their_post_and_the_clause_that_gives_the_duty(in_scope: Municipality) -> None:
    a_role(
        in_scope,
        "最高責任者",
        post="副市長",
        duties="全体を統括する。",
        authority_ref="対策基準第4条",
        hq_post="副本部長",
    )
    members = built("8-members", in_scope)
    assert heads(members) == ["名称", "役割又は権限の概要", "災害対策本部"]
    assert members.texts() == [
        ["最高責任者（副市長）", "全体を統括する。\n対策基準第4条", "副本部長"]
    ]
    assert heads(built("8-normal", in_scope)) == ["組織", "役割の概要", "災害対策本部との関係"]
    assert heads(built("8-security", in_scope)) == ["組織", "役割の概要"]


def test_deputies_stand_below_their_principal(in_scope: Municipality) -> None:
    chief = a_role(in_scope, "電算機管理者", post="情報システム課長")
    deputy = {"municipality": in_scope, "role": chief}
    RoleDeputy.objects.create(order=1, post="調整係長", **deputy)
    RoleDeputy.objects.create(order=2, post="管理係長", **deputy)
    table = built("c-6-disaster", in_scope)
    assert heads(table) == ["役割", "職"]
    assert table.texts() == [
        ["電算機管理者", "情報システム課長"],
        ["代行者1", "調整係長"],
        ["代行者2", "管理係長"],
    ]
    assert built("c-6-security", in_scope).rows == ()
    other = a_role(in_scope, "本部長", post="市長", row_no=2)
    RoleDeputy.objects.create(municipality=in_scope, role=other, order=1, post="副市長")
    lines = [line[0] for line in built("c-6-disaster", in_scope).texts()]
    assert lines[1] == "電算機管理者の代行者1" and lines[-1] == "本部長の代行者1"


def test_manuals_stand_against_five_kinds_of_material(in_scope: Municipality) -> None:
    quake = Manual.objects.create(
        municipality=in_scope, name="地震編", event_details=["earthquake"]
    )
    Manual.objects.create(municipality=in_scope, name="風水害編", event_details=["storm_flood"])
    for name, kind in [("連絡先一覧", "list"), ("参集予測票", "list"), ("配置図", "figure")]:
        material = ManualMaterial.objects.create(municipality=in_scope, name=name, kind=kind)
        material.manuals.add(quake)
    table = built("c-12-matrix", in_scope)
    assert heads(table) == ["事象別マニュアル", "リスト（一覧）", "手順", "図", "帳票", "その他"]
    assert table.texts() == [
        ["地震編", "・連絡先一覧\n・参集予測票", "", "・配置図", "", ""],
        ["風水害編", "", "", "", "", ""],
    ]


def test_reviews_are_told_by_time_by_occasion_and_by_part(in_scope: Municipality) -> None:
    item = {"municipality": in_scope}
    ReviewItem.objects.create(
        item="人事の変更", cycle=["occasional"], trigger="personnel", group="response", **item
    )
    ReviewItem.objects.create(
        item="連絡先は最新か", cycle=["annual"], group="response", row_no=2, **item
    )
    ReviewItem.objects.create(
        item="対策は進んだか", cycle=["annual", "quarterly"], group="measures", row_no=3, **item
    )
    times = built("c-16-list", in_scope)
    assert heads(times) == ["時期", "内容"]
    assert times.texts() == [
        ["随時", "・人事の変更"],
        ["四半期", "・対策は進んだか"],
        ["年次", "・連絡先は最新か\n・対策は進んだか"],
    ]
    occasions = built("b-12-triggers", in_scope)
    assert heads(occasions) == ["No", "契機", "実施内容"]
    assert occasions.texts() == [["1", "人事・組織機構の変更", "・人事の変更"]]
    yearly = built("b-12-items", in_scope)
    assert heads(yearly) == ["見直し事項", "見直し内容"]
    assert [line[1] for line in yearly.texts()] == ["対策は進んだか", "連絡先は最新か"]


def test_copies_are_numbered_once_and_clauses_named_with_their_regulation(
    in_scope: Municipality,
) -> None:
    for edition in ("第1版", "第2版"):
        StorageCopy.objects.create(
            municipality=in_scope, edition=edition, medium="paper", place_or_person="課の書庫"
        )
    StorageCopy.objects.create(
        municipality=in_scope, edition="第2版", medium="device", place_or_person="課長の端末"
    )
    copies = built("c-18-list", in_scope)
    assert heads(copies) == ["番号", "場所・方法"]
    assert copies.texts() == [
        ["1", "印刷：課の書庫"],
        ["2", "電子データ（端末保存）：課長の端末"],
    ]
    law = ReferenceDocument.objects.create(
        municipality=in_scope, title="対策基準", publisher="市", kind="regulation"
    )
    ClauseReference.objects.create(
        municipality=in_scope, document=law, clause="第10条", content="委員会"
    )
    clauses = built("c-19-list", in_scope)
    assert heads(clauses) == ["関連条項", "内容"]
    assert clauses.texts() == [["対策基準 第10条", "委員会"]]


@pytest.mark.parametrize(("code", "source"), SOURCES.items())
def test_views_survive_json_and_more_rows_cost_no_more_queries(
    in_scope: Municipality, code: str, source: str
) -> None:
    spec = registry.spec(source)
    assert spec is not None
    assert Table.from_json(built(code, in_scope).to_json()) == built(code, in_scope)
    counts = []
    for number in (1, 2, 3):
        make_row(spec, in_scope, number=number, full=True)
        with CaptureQueriesContext(connection) as queries:
            built(code, in_scope)
        counts.append(len(queries))
    assert counts[1] == counts[2]

"""What the outline after the Katsushika plan draws from which table; its lines are in `expected_…`."""

from bcp_portal.accounts.models import Municipality
from plans.models import Plan
from plans.outlines import KATSUSHIKA as OUTLINE
from plans.working_copy.builder import build_document
from tests.plans.outlines.printed import codes, new_plan


def test_revisions_and_the_storage_notice_come_first_and_the_colophon_last(
    in_scope: Municipality,
) -> None:
    document = new_plan(in_scope, OUTLINE)
    assert document.revisions is not None
    revision_columns = [column.label for column in document.revisions.columns]
    assert revision_columns == ["版数", "制定／改訂年月日", "計画の新規制定／改訂内容"]
    [notice] = document.front
    assert notice.heading == "本計画の保管について"
    assert codes(document)["本計画の保管について"] == ["c-18-list"]
    assert document.chapters[0].heading == "1 計画の目的・基本方針"
    # Printed: 発行日 (which an edition has), 発行 with address and telephone, 編集.
    Plan.objects.update(
        postal_address="見本市中央1-1", telephone="03-0000-0000", department="情報システム課"
    )
    assert build_document(in_scope, include_personal=False).colophon == (
        ("発行", "見本市"),
        ("所在地", "見本市中央1-1"),
        ("電話", "03-0000-0000"),
        ("編集", "情報システム課"),
    )


def test_risks_are_told_for_six_kinds_of_event(in_scope: Municipality) -> None:
    found = codes(new_plan(in_scope, OUTLINE))
    places = {
        "現状におけるリスク": None,
        "想定される脅威とリスク": None,
        "甚大な自然災害（異常気象・火山噴火等）の場合": ["c-13-nature"],
        "大規模事故（爆発・危険物事故等）、武力攻撃事態、緊急対処事態（テロ等）の場合": [
            "c-13-accident"
        ],
        "新型インフルエンザ等、健康危機（食中毒、感染症等）の場合": ["c-13-infection"],
    }
    assert {title: found.get(title) for title in places} == places
    # The same heading stands above risks (2(3)) and above rules of muster (5(1)ア).
    assert found["地震の場合"] == ["c-13-earthquake", "c-7-earthquake"]
    assert found["風水害の場合"] == ["c-13-storm-flood", "c-7-storm-flood"]
    assert found["情報セキュリティ事象の場合"] == [
        "c-13-security",
        "c-7-security",
        "c-6-disaster",
        "b-10-security",
    ]


def test_roles_rules_manuals_training_and_glossary_stand_where_the_plan_prints_them(
    in_scope: Municipality,
) -> None:
    found = codes(new_plan(in_scope, OUTLINE))
    assert found["平常時の体制と役割"] == ["8-normal"]
    assert found["災害時（地震・風水害等）の体制と役割"] == ["8-disaster"]
    assert found["情報セキュリティ事象発生時の体制と役割"] == ["8-security"]
    assert found["計画の基本方針"] == ["c-1"]
    assert "参集ルール" not in found, "chart and deputies stand behind the rule of the third event"
    assert found["本計画を踏まえたマニュアルの整備"] == ["c-12-list", "c-12-kinds", "c-12-matrix"]
    assert found["用語集"] == ["c-11-alphabet", "c-11-gojuon"]
    assert found["訓練"] == ["c-17"]

"""The outline after the Katsushika plan against that plan's own contents, copied here by hand."""

from bcp_portal.accounts.models import Municipality
from plans.document_builder import build_document
from plans.models import Plan
from plans.outlines.katsushika import OUTLINE
from tests.plans.outlines.printed import codes, columns, headings, lines, new_plan

CONTENTS = """
前付 本計画の保管について
1 計画の目的・基本方針
1(1) 計画の目的と位置付け
1(2) 見直しの背景
1(3) 計画の基本方針
1(4) 計画策定の前提
1(4)ア 計画の対象範囲
1(4)イ 見本市における被害想定
1(4)ウ 計画の構成
2 情報システム環境の現状とリスク
2(1) 情報システムに係るインフラ環境の現状
2(2) 情報システムに係る利用環境（端末環境）の現状
2(3) 現状におけるリスク
2(3)ア 地震の場合
2(3)イ 風水害の場合
2(3)ウ 情報セキュリティ事象の場合
3 その他の脅威への対応
3(1) その他の脅威への対応の重要性
3(2) 想定される脅威とリスク
3(2)ア 甚大な自然災害（異常気象・火山噴火等）の場合
3(2)イ 大規模事故（爆発・危険物事故等）、武力攻撃事態、緊急対処事態（テロ等）の場合
3(2)ウ 新型インフルエンザ等、健康危機（食中毒、感染症等）の場合
3(3) 対処方針
4 計画の運用体制と役割
4(1) 平常時の体制と役割
4(2) 災害時（地震・風水害等）の体制と役割
4(3) 情報セキュリティ事象発生時の体制と役割
5 緊急時対応・復旧計画
5(1) 参集ルール等
5(1)ア 参集ルール
5(1)ア(ア) 地震の場合
5(1)ア(イ) 風水害の場合
5(1)ア(ウ) 情報セキュリティ事象の場合
5(1)ア(エ) その他の脅威の場合
5(1)イ 運用・保守事業者への復旧協力依頼
5(2) 行動計画
5(2)ア 地震・風水害の場合
5(2)イ 情報セキュリティ事象の場合
6 計画の運用
6(1) 本計画を踏まえたマニュアルの整備
6(2) 本計画及びマニュアルの見直し
6(3) 承認ルール
6(4) 訓練
7 用語集
"""

RISKS = ("事象（原因）", "想定されるリスク（被害と影響）")


def test_headings_and_numbers_are_those_of_the_plan(in_scope: Municipality) -> None:
    assert headings(in_scope, OUTLINE) == lines(CONTENTS)


def test_revisions_and_the_storage_notice_come_first_and_the_colophon_last(
    in_scope: Municipality,
) -> None:
    document = new_plan(in_scope, OUTLINE)
    assert document.revisions is not None
    revision_columns = [column.label for column in document.revisions.columns]
    # Printed: 版数／制定／改訂年月日／計画の新規制定／改訂内容.
    assert revision_columns == ["版数", "制定・改訂年月日", "制定・改訂の内容"]
    [notice] = document.front
    assert notice.heading == "本計画の保管について"
    assert codes(document)["本計画の保管について"] == ["c-18"]
    assert document.chapters[0].heading == "1 計画の目的・基本方針"
    # Printed: 発行日／発行／所在地／電話.
    Plan.objects.update(postal_address="見本市中央1-1", telephone="03-0000-0000")
    colophon = dict(build_document(in_scope, include_personal=False).colophon)
    assert colophon == {"発行": "見本市", "所在地": "見本市中央1-1", "電話": "03-0000-0000"}


def test_risks_are_told_for_six_kinds_of_event_in_the_printed_columns(
    in_scope: Municipality,
) -> None:
    document = new_plan(in_scope, OUTLINE)
    places = [
        ("地震の場合", "c-13-earthquake"),
        ("風水害の場合", "c-13-storm-flood"),
        ("情報セキュリティ事象の場合", "c-13-security"),
        ("甚大な自然災害（異常気象・火山噴火等）の場合", "c-13-nature"),
        (
            "大規模事故（爆発・危険物事故等）、武力攻撃事態、緊急対処事態（テロ等）の場合",
            "c-13-accident",
        ),
        ("新型インフルエンザ等、健康危機（食中毒、感染症等）の場合", "c-13-infection"),
    ]
    for title, code in places:
        assert columns(document, title, code) == RISKS


def test_roles_are_told_for_three_kinds_of_time(in_scope: Municipality) -> None:
    document = new_plan(in_scope, OUTLINE)
    # Printed: 組織（職）／役割の概要／災害対策本部との関係, the last in 平常時 only.
    everyday = columns(document, "平常時の体制と役割", "8")
    assert everyday == ("役割名", "充てる職", "役割の概要・権限", "災害対策本部での位置付け")
    for title in ("災害時（地震・風水害等）の体制と役割", "情報セキュリティ事象発生時の体制と役割"):
        assert columns(document, title, "8") == everyday[:3]


def test_rules_manuals_training_and_glossary_stand_where_the_plan_prints_them(
    in_scope: Municipality,
) -> None:
    document = new_plan(in_scope, OUTLINE)
    found = codes(document)
    assert found["計画の基本方針"] == ["c-1"]
    assert found["参集ルール"] == ["c-6"]
    assert found["本計画を踏まえたマニュアルの整備"] == ["c-12-list", "c-12-kinds"]
    assert found["用語集"] == ["c-11-alphabet", "c-11-gojuon"]
    assert found["訓練"] == ["c-17"]
    # Printed: 種類／名称／概要, 用語／解説等, 訓練名称／訓練の概要／実施者／時期.
    manuals = columns(document, "本計画を踏まえたマニュアルの整備", "c-12-kinds")
    assert manuals == ("種類", "名称", "概要")
    assert columns(document, "用語集", "c-11-gojuon") == ("用語", "解説等")
    drills = columns(document, "訓練", "c-17")
    assert drills == ("訓練名称", "訓練の概要", "実施者", "時期")

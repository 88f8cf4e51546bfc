"""What the outline after the Kashiwazaki plan draws from which table; its lines are in `expected_…`."""

from bcp_portal.accounts.models import Municipality
from plans.document.annex_numbers import ANNEX_NUMBERS
from plans.outlines import KASHIWAZAKI as OUTLINE
from tests.plans.outlines.printed import codes, new_plan

PRINTED_TABLES = {
    "用語の定義": ["c-11-definitions"],
    "基本方針": ["c-1"],
    "策定にあたっての前提条件": ["c-2"],
    "情報セキュリティ委員会の役割": ["c-19-list"],
    "想定脅威": ["c-3"],
    "想定する最大の災害規模等（様式14）": ["14-1-facts"],
    "起こりうる二次災害（様式14）": ["14-2-list"],
    "庁舎等の想定被害（様式14）": ["14-3-list"],
    "代替拠点の選定要素": ["c-9-factors", "c-9-matrix"],
    "必要最小資源（様式18）": ["18-list"],
    "必要なサーバ、媒体及び専用回線（様式1）": ["c-15"],
    "重要情報システム一覧（様式17）": ["17"],
    "業務別に必要な重要情報システム（様式15・16）": [
        "c-14-network",
        "c-14-info",
        "c-14-emergency",
        "c-14-payment",
        "c-14-counter",
    ],
    "業務間に複雑な依存関係（3階層以上）が発生する業務": ["rank-depth"],
    "添付書類を伴う処理数（2,000件以上）の多い業務": ["rank-volume"],
    "ICT部門関係者の参集可能状況": ["c-8"],
    "運用体制": ["c-5-list"],
    "参考資料（様式20）": ["c-4-references"],
}


def test_the_tables_of_the_plan_stand_where_it_prints_them(in_scope: Municipality) -> None:
    found = codes(new_plan(in_scope, OUTLINE))
    assert {title: found.get(title) for title in PRINTED_TABLES} == PRINTED_TABLES
    listed = found["文書の概要"]
    assert listed[:4] == ["c-4-documents", "c-4-annexes", "c-4-others", "c-4-related"]


def test_the_plan_prints_all_twenty_annexes(in_scope: Municipality) -> None:
    assert [annex.number for annex in new_plan(in_scope, OUTLINE).annexes] == list(ANNEX_NUMBERS)

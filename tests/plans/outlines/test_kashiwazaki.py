"""The outline after the Kashiwazaki plan against that plan's own contents, copied here by hand.

Where our heading differs from the printed one, the list shows ours: chapter 1 bears the name of the
municipality, 3(3)ア and イ are not bound to a first edition, 3(3)エ and chapter 7 are shortened.
"""

from bcp_portal.accounts.models import Municipality
from plans.outlines.kashiwazaki import OUTLINE
from tests.plans.outlines.printed import codes, columns, headings, lines, new_plan

CONTENTS = """
1 見本市 ICT業務継続計画の構成
2 用語の定義
3 ICT業務継続計画の策定にあたって
3(1) ICT業務継続計画の趣旨
3(2) 基本方針
3(3) 策定にあたっての留意事項
3(3)ア 策定にあたっての前提条件
3(3)イ 初動版の策定
3(3)ウ 応急対策業務への対応
3(3)エ 番号制度に係る情報連携への対応
4 文書管理
4(1) 目的
4(2) 文書体系図
4(3) 文書の概要
5 運用体制と役割
5(1) 目的
5(2) 運用体制図
5(3) 情報セキュリティ委員会の役割
5(4) 情報セキュリティ委員会における構成員の役割又は権限（様式8）
6 想定脅威
6(1) 想定する最大の災害規模等（様式14）
6(2) 起こりうる二次災害（様式14）
6(3) 庁舎等の想定被害（様式14）
7 市役所の代替拠点設置
7(1) 代替拠点の選定要素
7(2) 必要最小資源（様式18）
7(3) 必要なサーバ、媒体及び専用回線（様式1）
8 重要情報システム
8(1) 重要情報システム一覧（様式17）
8(2) 業務別に必要な重要情報システム（様式15・16）
9 窓口等実態調査結果に基づく優先業務（様式15・16）
9(1) 業務間に複雑な依存関係（3階層以上）が発生する業務
9(2) 添付書類を伴う処理数（2,000件以上）の多い業務
10 緊急時における行動計画（復旧計画）
10(1) 緊急時対応体制
10(2) 緊急時における行動計画（様式10・11・16・17・18・19）
10(2)ア 代替拠点設置計画立案までの行動計画（様式10・11・18・19）
10(2)イ 代替拠点設置後の通常業務復旧までの行動計画（様式10・16・17）
11 情報資産等の現状（脆弱性）
11(1) 庁舎（建物）の新耐震基準、電力供給及び通信手段の状況（様式3・5）
11(2) 情報システム及びネットワークの現状（様式1）
11(3) 重要情報システム機器設置場所（様式4）
11(4) 重要情報の保管及びバックアップの状況（様式7）
11(5) ICT部門関係者の参集可能状況
11(6) 主要な外部事業者との関係（様式2）
12 被害を受ける可能性と事前対策
12(1) 現状の脆弱性とリスク改善計画（様式6）
12(2) 事前対策が未決定の問題点（様式6）
12(3) ICT管理部門が用意しておくべき必要最小資源（様式18）
13 計画の運用体制及び見直し方法
13(1) 運用体制
13(2) 計画の点検及び見直し（様式13）
13(3) 訓練計画（様式12）
14 計画の改定
15 参考資料（様式20）
"""

PRINTED_TABLES = {
    "用語の定義": ["c-11"],
    "基本方針": ["c-1"],
    "策定にあたっての前提条件": ["c-2"],
    "情報セキュリティ委員会の役割": ["c-19"],
    "想定脅威": ["c-3"],
    "想定する最大の災害規模等（様式14）": ["14-1"],
    "起こりうる二次災害（様式14）": ["14-2"],
    "庁舎等の想定被害（様式14）": ["14-3"],
    "代替拠点の選定要素": ["c-9"],
    "必要最小資源（様式18）": ["18"],
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


def test_headings_and_numbers_are_those_of_the_plan(in_scope: Municipality) -> None:
    assert headings(in_scope, OUTLINE) == lines(CONTENTS)


def test_the_tables_of_the_plan_stand_where_it_prints_them(in_scope: Municipality) -> None:
    found = codes(new_plan(in_scope, OUTLINE))
    assert {title: found.get(title) for title in PRINTED_TABLES} == PRINTED_TABLES
    listed = found["文書の概要"]
    assert listed[:4] == ["c-4-documents", "c-4-annexes", "c-4-others", "c-4-related"]


def test_columns_of_the_plan_s_tables(in_scope: Municipality) -> None:
    document = new_plan(in_scope, OUTLINE)
    # Printed: 部門／必要人数／10km圏内／想定参集率／想定参集人数.
    muster = columns(document, "ICT部門関係者の参集可能状況", "c-8")
    assert muster == ("部門", "必要人数", "10km圏内", "想定参集率", "想定参集人数")
    # Printed: 重要システム／目標復旧レベル／目標復旧時間; we add from when it is counted.
    targets = columns(document, "重要情報システム一覧（様式17）", "17")
    assert targets == ("重要システム", "目標復旧レベル", "目標復旧時間", "起算点")
    # Printed: 必要資源／即時／3日／1週間.
    servers = columns(document, "必要なサーバ、媒体及び専用回線（様式1）", "c-15")
    assert servers == ("必要資源", "即時", "3日", "1週間")
    # Printed: 権限者等／役割内容.
    assert columns(document, "運用体制", "c-5-list")[::2] == ("権限者等", "役割内容")
    # Printed: 資料名／機関名／公表日.
    references = columns(document, "参考資料（様式20）", "c-4-references")
    assert references == ("資料名", "機関名", "公表日")
    # Printed: 脅威度／事象／事例 and 関連条項／内容.
    assert columns(document, "想定脅威", "c-3") == ("脅威度", "事象", "事例")
    assert columns(document, "情報セキュリティ委員会の役割", "c-19")[1:] == (
        "関連条項",
        "条項の内容",
    )


def test_the_plan_prints_all_twenty_annexes(in_scope: Municipality) -> None:
    assert [annex.number for annex in new_plan(in_scope, OUTLINE).annexes] == list(range(1, 21))

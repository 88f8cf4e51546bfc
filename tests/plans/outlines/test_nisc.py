"""The outline after the NISC appendix against the appendix's own contents, copied here by hand.

The appendix puts a full stop behind each number (2.1.1.) and speaks to ministries; the numbers are
compared without it. Its second table behind the chapters, the carry card, is printed card by card.
"""

from bcp_portal.accounts.models import Municipality
from plans.document import TextBlock
from plans.outlines.nisc import OUTLINE
from tests.plans.outlines.printed import codes, columns, headings, lines, new_plan

CONTENTS = """
前付 政府機関等のガイドラインとの対応
1 本計画の目的と基本方針
1.1 本計画の策定趣旨
1.2 基本方針
1.3 本計画の適用範囲
1.4 情報システム運用継続計画の策定・運用推進体制
2 危機的事象発生時の対応計画
2.1 危機的事象発生時の基本方針
2.1.1 対象事象
2.1.2 参集要員
2.1.3 参集基準
2.1.4 参集場所
2.2 危機的事象発生時の対応体制
2.2.1 対応体制・指揮命令系統図
2.2.2 関係部局・関係企業連絡先一覧
2.3 危機的事象発生時における対応手順
2.3.1 全体フロー
2.3.2 対応手順
3 事前対策計画
3.1 情報システムを支える構成要素ごとの現状対策レベルとリスク
3.2 事前対策の実施計画
4 教育訓練計画・維持改善計画
4.1 教育訓練計画
4.2 維持改善計画
4.2.1 計画の実施に伴う維持改善
4.2.2 危機的事象の発生に伴う維持改善
4.2.3 定期的な見直しによる維持改善
5 計画策定の根拠とした調査・分析・検討
5.1 想定する危機的事象
5.2 想定する被害状況
5.3 情報システムの復旧優先度の設定
5.4 情報システムを支える構成要素の関連整理
5.4.1 情報システムを支える構成要素の整理
5.4.2 情報システムを支える構成要素ごとの目標対策レベルの設定
別表1 業務システム関連表
"""

PRINTED_TABLES = {
    "本計画の適用範囲": ["b-1"],
    "情報システム運用継続計画の策定・運用推進体制": ["b-2", "b-3"],
    "参集要員": ["b-4"],
    "参集場所": ["b-5"],
    "関係部局・関係企業連絡先一覧": ["b-8", "b-9"],
    "教育訓練計画": ["b-11"],
    "計画の実施に伴う維持改善": ["c-16"],
    "定期的な見直しによる維持改善": ["13-1"],
    "想定する被害状況": ["b-13-disaster", "b-13-security", "b-13-infection"],
    "情報システムの復旧優先度の設定": ["15-systems", "b-15"],
    "業務システム関連表": ["b-17a"],
}


def test_headings_and_numbers_are_those_of_the_appendix(in_scope: Municipality) -> None:
    assert headings(in_scope, OUTLINE) == lines(CONTENTS)


def test_the_tables_of_the_appendix_stand_where_it_prints_them(in_scope: Municipality) -> None:
    found = codes(new_plan(in_scope, OUTLINE))
    assert {title: found.get(title) for title in PRINTED_TABLES} == PRINTED_TABLES


def test_columns_of_chapters_one_and_two(in_scope: Municipality) -> None:
    document = new_plan(in_scope, OUTLINE)
    # 表1.3-1, 1.4-1, 1.4-2, 2.1-1 as printed.
    assert columns(document, "本計画の適用範囲", "b-1") == ("項", "情報システム名", "運用管理主体")
    carried = "情報システム運用継続計画の策定・運用推進体制"
    assert columns(document, carried, "b-2") == ("担当者", "所属・氏名", "役割の概要")
    assert columns(document, carried, "b-3") == ("区分", "部署・氏名", "役割の概要")
    assert columns(document, "参集要員", "b-4") == ("担当者", "所属・氏名", "役割の概要")
    # 表2.2-1 as printed; the appendix says 責任者・担当者 for departments, 担当者 for companies.
    contacts = columns(document, "関係部局・関係企業連絡先一覧", "b-8")
    assert contacts[0] == "部局名"
    assert contacts[2:] == ("役割", "電話", "代替拠点の電話", "携帯電話", "メール")
    # 表2.3-1 printed: 項番／対応内容／参照文書類; ours names the plan first.
    steps = columns(document, "対応手順", "b-10-disaster")
    assert steps == ("行動計画", "項番", "対応内容", "参照文書類")
    assert columns(document, "対応手順", "b-10-infection") == steps


def test_columns_of_chapters_three_to_five(in_scope: Municipality) -> None:
    document = new_plan(in_scope, OUTLINE)
    # 表3.1-1 printed: 構成要素／現状対策レベル／目標対策レベル／構成要素ごとのリスク.
    levels = columns(document, "情報システムを支える構成要素ごとの現状対策レベルとリスク", "6-1")
    assert levels == ("対象システム", "構成要素", "現状レベル", "目標対策レベル", "リスクの内容")
    assert codes(document)["事前対策の実施計画"] == ["6-1", "6-1"]
    # 表5.2-1 to 5.2-3 printed: 被害想定対象 in two columns／被害想定概要.
    damage = columns(document, "想定する被害状況", "b-13-security")
    assert damage == ("大区分", "小区分", "被害想定の概要")
    # 表5.3-2 as printed.
    assert columns(document, "情報システムの復旧優先度の設定", "b-15") == (
        "情報システム名",
        "システム概要",
        "RTO（目標復旧時間）",
        "RLO（目標復旧レベル）",
        "復旧優先度",
        "情報システム管理部署",
    )


def test_fixed_tables_hold_six_bands_seven_components_and_four_ladders(
    in_scope: Municipality,
) -> None:
    document = new_plan(in_scope, OUTLINE)
    html = {
        section.title: "".join(b.html for b in section.blocks if isinstance(b, TextBlock))
        for section in document.sections()
    }
    bands = html["情報システムの復旧優先度の設定"]
    assert bands.count("<tr>") == 1 + 6 and "<th>復旧優先度</th>" in bands
    components = html["情報システムを支える構成要素の整理"]
    assert components.count("<tr>") == 1 + 7 and "<td>委託先</td>" in components
    ladders = html["情報システムを支える構成要素ごとの目標対策レベルの設定"]
    assert ladders.count("<thead>") == 4
    assert ladders.count("<tr>") == 4 + 3 * 4 + 3

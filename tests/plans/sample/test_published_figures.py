"""The figures of the published Kashiwazaki plan, with the names of places replaced."""

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.sheet import Presentation
from tests.plans.sample.reading import printed, view

FULL, OFFLINE = "通常業務で利用可能な状態／完全復旧", "オフラインで利用可能な状態"
TARGETS = [
    ("ホームページ", FULL, "即時", "S"),
    ("グループウェア", FULL, "即時", "S"),
    ("Office", OFFLINE, "即時", "S"),
    ("インターネット", FULL, "即時", "S"),
    ("市内LAN", FULL, "72時間", "B"),
    ("LGWAN", FULL, "72時間", "B"),
    ("住基ネット", FULL, "72時間", "B"),
    ("見本県国保連合会ネットワーク", FULL, "72時間", "B"),
    ("ActiveDirectory", FULL, "72時間", "B"),
    ("ファイルサーバ", FULL, "72時間", "B"),
    ("財務会計・認証基盤", FULL, "72時間", "B"),
    ("総合行政（住記/税/保険/福祉/保育）", FULL, "72時間", "B"),
    ("総合行政（障害福祉）", FULL, "72時間", "B"),
    ("総合行政（健康管理）", FULL, "72時間", "B"),
    ("総合行政（農家台帳）", FULL, "72時間", "B"),
    ("戸籍", FULL, "72時間", "B"),
    ("県単医療", FULL, "72時間", "B"),
    ("電子帳票", FULL, "72時間", "B"),
    ("GIS", FULL, "72時間", "B"),
    ("人給庶務", FULL, "72時間", "B"),
]
RESOURCES = [
    ("庁舎", "代替拠点", "箇所", 0, 1, 1),
    ("要員", "職員", "人", 3, 3, 3),
    ("要員", "包括OS受託者（再委託先含む）", "人", 5, 15, 15),
    ("要員", "その他外部事業者", "人", 1, 3, 3),
    ("機器・設備・備品", "サーバ", "台", 0, 29, 30),
    ("機器・設備・備品", "ディスク装置", "台", 0, 3, 3),
    ("機器・設備・備品", "タブレット", "台", 10, 10, 10),
    ("機器・設備・備品", "パソコン", "台", 10, 30, 50),
    ("機器・設備・備品", "プリンタ", "台", 0, 10, 10),
    ("機器・設備・備品", "大量帳票印刷機", "台", 0, 0, 1),
    ("機器・設備・備品", "バックアップ媒体", "個", 3, 3, 3),
    ("インフラ", "LANケーブル", "m", 15, 40, 100),
    ("インフラ", "スイッチHUB", "台", 3, 5, 10),
    ("インフラ", "インターネット回線", "回線", 1, 1, 1),
    ("インフラ", "専用回線", "回線", 0, 3, 3),
]
SERVERS_AT_3_DAYS = {
    "外部DNS": 1,
    "グループウェア": 1,
    "電子メール": 1,
    "LGWANメール": 1,
    "ウイルス対策": 1,
    "ActiveDirectory": 1,
    "ファイルサーバ": 1,
    "財務会計認証基盤": 1,
    "総合行政": 4,
    "戸籍": 2,
    "住基ネット": 2,
    "仮想": 8,
    "電子帳票": 1,
    "GIS": 3,
    "人給庶務": 1,
}
DAMAGE = [
    ("庁舎", "教育分館", "被害なし"),
    ("庁舎", "本庁舎", "被害なし"),
    ("庁舎", "第二分館", "被害なし"),
    ("庁舎", "東みほん町事務所", "被害なし"),
    ("庁舎", "西みほん町事務所", "被害なし"),
    ("庁舎", "図書館", "被害なし"),
    ("庁舎", "健康センター", "被害なし"),
    ("庁舎", "包括OS受託者データセンター", "被害なし"),
    ("要員", "市", "対応可能"),
    ("要員", "包括OS受託者", "一部対応可能"),
    ("要員", "外部事業者", "対応不可能"),
    ("ライフライン・インフラ", "電力", "供給途絶"),
    ("ライフライン・インフラ", "水道", "供給途絶"),
    ("ライフライン・インフラ", "下水道", "使用不可"),
    ("ライフライン・インフラ", "固定電話", "通話可能"),
    ("ライフライン・インフラ", "携帯電話", "輻輳により通話困難"),
    ("ライフライン・インフラ", "道路", "高速道路・国道999号線通行不可"),
    ("ライフライン・インフラ", "鉄道", "見本本線・みほん海岸線不通"),
]
DEPTHS = [
    ("市県民税", 8),
    ("保育料", 8),
    ("介護保険給付管理", 6),
    ("児童クラブ", 6),
    ("収納消込", 5),
    ("介護保険賦課管理", 5),
    ("口座", 4),
    ("後期高齢", 4),
    ("介護保険国保連合会管理", 4),
    ("児童手当", 4),
    ("二次予防事業", 4),
    ("農家台帳", 4),
    ("県単医療", 4),
    ("人事給与", 4),
    ("印鑑登録", 3),
    ("戸籍", 3),
    ("選挙", 3),
    ("農業委員会選挙", 3),
    ("教育", 3),
    ("軽自動車税", 3),
    ("固定資産税", 3),
    ("国民健康保険賦課", 3),
    ("介護受給者管理", 3),
    ("検診票作成", 3),
    ("特別児童扶養手当", 3),
    ("福祉手当3種", 3),
    ("下水道受益者負担金", 3),
]
VOLUMES = [
    ("住民記録", 63_105, 3),
    ("戸籍", 36_101, 5),
    ("印鑑登録", 27_728, 2),
    ("市県民税", 15_756, 2),
    ("総合証明", 13_726, 3),
    ("口座", 8_000, 1),
    ("国保資格", 5_800, 1),
    ("固定資産税", 5_000, 1),
    ("日常生活", 3_900, 3),
    ("県単医療", 2_800, 4),
    ("乳幼児管理", 2_460, 3),
    ("障害福祉", 2_160, 4),
]
MUSTER = [("ICT部門", 3, 3, 100, 3), ("包括OS受託者", 15, 5, 33, 5), ("外部事業者", 3, 0, 33, 1)]
TITLES = [
    "情報システム一覧",
    "外部事業者との関係整理",
    "庁舎（建物）の状況把握結果",
    "システム機器設置場所の状況把握結果",
    "電力供給、通信手段に関するリスクの把握結果",
    "現状の脆弱性とリスク改善計画（年度別計画）",
    "重要情報のバックアップの状況と対策",
    "緊急時対応体制",
    "緊急連絡先一覧",
    "緊急時における行動計画",
    "被害チェックシート 簡易版",
    "訓練計画",
    "点検及び見直し項目",
    "被害想定の整理結果",
    "窓口業務等実態調査結果",
    "重要業務一覧",
    "重要情報システムとその目標復旧時間",
    "必要最小資源の整理一覧",
    "被害チェックシート 詳細版",
    "参考資料一覧",
]
SYSTEMS_BY_CLASS = {
    "info": {"ホームページ", "グループウェア"},
    "emergency": {"Office", "ActiveDirectory", "ファイルサーバ", "総合行政", "GIS"},
    "payment": {"財務会計・認証基盤", "総合行政", "県単医療", "人給庶務"},
    "counter": {"総合行政", "戸籍", "電子帳票"},
}


def number(text: str) -> int:
    return int(text.replace(",", "").removesuffix("%"))


def test_recovery_targets(town: Municipality) -> None:
    rows = printed("17", town)
    assert [
        (row["重要システム"], row["目標復旧レベル"], row["目標復旧時間"], row["復旧優先度"])
        for row in rows
    ] == TARGETS
    assert {row["起算点"] for row in rows} == {"代替拠点の設置を災害対策本部が決定した時"}
    assert {row["前提"] for row in rows} == {"代替拠点を設置する場合"}


def test_resources(town: Municipality) -> None:
    found = [
        (row["区分"], row["必要資源"], row["単位"], *(number(row[at]) for at in TIMES))
        for row in printed("18", town)
    ]
    assert found == RESOURCES


TIMES = ("即時", "3日", "1週間")


def test_breakdown_of_resources(town: Municipality) -> None:
    items: dict[tuple[str, str], dict[str, int]] = {}
    for row in printed("18-breakdown", town):
        units = items.setdefault((row["必要資源"], row["必要になる時点"]), {})
        units[row["内訳の名称"]] = number(row["数量"])
    assert items == {
        ("サーバ", "即時"): {"ホームページ": 1},
        ("サーバ", "3日"): SERVERS_AT_3_DAYS,
        ("サーバ", "1週間"): {"資産管理": 1},
        ("バックアップ媒体", "3日"): {"財務会計認証基盤": 1, "総合行政": 1, "人給庶務": 1},
        ("専用回線", "3日"): {"LGWAN": 1, "住基ネット": 1, "国保連合会": 1},
    }


def test_only_the_backup_media_do_not_add_up(town: Municipality) -> None:
    differences = {row["必要資源"]: row["内訳との不一致"] for row in printed("18", town)}
    assert {name: text for name, text in differences.items() if text} == {
        "バックアップ媒体": "即時：必要数量3、内訳の合計0"
    }


def test_damage_of_the_greatest_event(town: Municipality) -> None:
    greatest = printed("14-1", town)[0]
    assert greatest["発生時期"] == "7月16日 22時13分"
    assert (greatest["勤務時間の内外"], greatest["庁舎周辺震度"]) == ("勤務時間外", "6強")
    assert greatest["想定する脅威度"].startswith("レベル3")
    found = [
        (row["大項目"], row["項目"], row["想定被害状況"])
        for row in printed("14-3", town)
        if row["想定"] == greatest["想定の名称"]
    ]
    assert [row for row in found if row in DAMAGE] == DAMAGE


def test_seventy_businesses_and_the_two_rankings(town: Municipality) -> None:
    assert len(printed("15", town)) == 70
    deep = view("rank-depth", town)
    assert [(row["業務名"], number(row["依存関係の階層数"])) for row in deep] == DEPTHS
    frequent = view("rank-volume", town)
    assert [
        (row["業務名"], number(row["年間処理件数"]), number(row["添付書類数"])) for row in frequent
    ] == VOLUMES


def test_every_ranked_business_is_selected(town: Municipality) -> None:
    ranked = {name for name, _ in DEPTHS} | {name for name, _, _ in VOLUMES}
    assert len(ranked) == 33
    selected = {row["業務名"]: row["選定理由の自動判定"] for row in printed("16", town)}
    assert ranked <= set(selected)
    assert all("3階層以上" in selected[name] for name, _ in DEPTHS)
    assert all("2,000件以上" in selected[name] for name, _, _ in VOLUMES)


def test_systems_each_class_of_business_needs(town: Municipality) -> None:
    for biz_class, systems in SYSTEMS_BY_CLASS.items():
        rows = view(f"c-14-{biz_class}", town)
        found = {row["情報システム"] for row in rows}
        whole = {"総合行政" if name.startswith("総合行政") else name for name in found}
        assert whole == systems, biz_class
        assert all(row["内容"] for row in rows), biz_class


def test_networks(town: Municipality) -> None:
    assert [row["ネットワーク"] for row in view("c-14-network", town)] == [
        "インターネット",
        "市内LAN",
        "LGWAN",
        "住基ネット",
        "見本県国保連合会ネットワーク",
    ]


def test_muster(town: Municipality) -> None:
    found = [
        (
            row["部門"],
            number(row["必要人数"]),
            number(row["10km圏内"]),
            number(row["想定参集率"]),
            number(row["想定参集人数"]),
        )
        for row in printed("c-8", town)
    ]
    assert found == MUSTER


def test_titles_of_the_twenty_annexes(town: Municipality) -> None:
    presentation = Presentation.load(town)
    assert [presentation.annex_title(number) for number in range(1, 21)] == TITLES

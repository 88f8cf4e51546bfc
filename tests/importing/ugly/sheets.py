"""Ugly sheets as towns keep them, most of buildings (様式3), and what each line becomes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.styles import PatternFill

from tests.importing.desk import bytes_of, csv_of, workbook_of

HEADS = ("庁舎（建物）名", "拠点区分", "所在地")


@dataclass(frozen=True)
class Ugly:
    """One file: its bytes, the outcome of each line by number, and stored values by name of row.

    It is brought in for the table `code`, after these departments.
    """

    name: str
    make: Callable[[], bytes]
    outcomes: Mapping[int, str]
    stored: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    reason: str = ""
    code: str = "3"
    departments: tuple[str, ...] = ()


def titles_and_notes() -> bytes:
    return workbook_of(
        ("令和8年度　庁舎台帳（総務課）",),
        (),
        ("作成日：令和8年4月1日", None, "取扱注意"),
        ("No.", *HEADS),
        (1, "本庁舎", "本庁舎", "中央1-1"),
        (2, "東支所", "支所・事務所", "東町2-2"),
        (3,),
        ("※ 指定管理の施設を除く。",),
        ("以下余白",),
    )


def two_head_rows() -> bytes:
    return workbook_of(
        ("", "建物", None, "災害への備え", None, "拠点区分"),
        ("№", "名称", "住所", "浸水深", "耐えられる震度", None),
        (1, "本庁舎", "中央1-1", "０．５", "６強", "本庁舎"),
        merged=("B1:C1", "D1:E1"),
    )


def merged_body() -> bytes:
    return workbook_of(
        HEADS,
        ("本庁舎", "本庁舎", "中央1-1"),
        ("別館", None, None),
        ("新館", None, "中央1-3"),
        merged=("B2:B4", "C2:C3"),
    )


def dates_of_all_kinds() -> bytes:
    return workbook_of(
        ("建物名", "建築年月", "地上階数", "拠点区分"),
        ("本庁舎", "昭和56年6月", "５階", "本庁舎"),
        ("別館", datetime(1999, 4, 1), 3, "その他"),
        ("新館", 43831, "４", "その他"),
        ("車庫", "Ｒ２．１", 1, "その他"),
        ("倉庫", "昭和99年13月", 1, "その他"),
    )


def ditto_marks() -> bytes:
    return workbook_of(
        HEADS,
        ("〃", "本庁舎", "中央1-1"),
        ("本庁舎", "本庁舎", "中央1-1"),
        ("別館", "〃", "同上"),
        ("新館", "″", "中央1-9"),
    )


def circles_and_words() -> bytes:
    return workbook_of(
        ("施設名", "基幹系システムの稼働", "洪水ハザードマップによる危険", "区分"),
        ("本庁舎", "○", "有", "本庁舎"),
        ("別館", "×", "×", "その他"),
        ("新館", "はい", "不明", "その他"),
        ("車庫", True, "－", "その他"),
        ("倉庫", "たぶん", "有", "その他"),
    )


def line_breaks_in_heads_and_cells() -> bytes:
    return workbook_of(
        ("庁舎（建物）\n名", "所 在 地", "地上\n階数", "拠点\n区分"),
        ("本庁舎", "中央1-1\n（西側入口）", " 5 ", "本庁舎"),
        ("　別館　", "中央1-2", "5\n", "その他"),
    )


def repeated_heads_and_totals() -> bytes:
    return workbook_of(
        HEADS,
        ("本庁舎", "本庁舎", "中央1-1"),
        HEADS,
        ("別館", "本庁舎", "中央1-2"),
        ("合計", None, "2棟"),
        ("【支所】",),
        ("東支所", "支所・事務所", "東町2-2"),
    )


def formulas_and_errors() -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(HEADS)
    sheet.append(("本庁舎", "本庁舎", '=HYPERLINK("http://198.51.100.1/","中央")'))
    sheet.append(("別館", "本庁舎", "#REF!"))
    sheet["C3"].data_type = "e"
    sheet.append(("新館", "本庁舎", '="中央"&"1-3"'))
    sheet.append(("車庫", "本庁舎", '=IF(A5="","","")'))
    # As Excel saves them: with their results, of which the last is an empty text.
    results = {"C4": "中央1-3", "C5": ""}
    return with_results(bytes_of(workbook), results)


def with_results(content: bytes, results: Mapping[str, str]) -> bytes:
    """Return a workbook whose formulas in these cells of the first sheet were calculated."""
    stored = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(stored, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                for cell, result in results.items():
                    pattern = rf'<c r="{cell}">(<f>.*?</f>)<v></v>'
                    filled = rf'<c r="{cell}" t="str">\1<v>{result}</v>'
                    text = re.sub(pattern, filled, text.decode()).encode()
            new.writestr(name, text)
    return stored.getvalue()


def shift_jis() -> bytes:
    lines = (HEADS, ("本庁舎①", "本庁舎", "髙町1-1"), ("別館", "本庁舎", "東町\n2-2"))
    return csv_of(*lines, encoding="cp932")


def utf8_with_bom_and_tabs() -> bytes:
    text = "\t".join(HEADS) + "\r\n" + "本庁舎\t本庁舎\t葛\U000e0100飾町\r\n"
    return text.encode("utf-8-sig")


def twice_the_same() -> bytes:
    return workbook_of(
        HEADS, ("本庁舎", "本庁舎", "甲"), ("本 庁 舎", "本庁舎", "乙"), ("別館", "本庁舎", "丙")
    )


def unknown_columns_and_gaps() -> bytes:
    return workbook_of(
        (None, None, None),
        (None, "建物名", None, "固定資産番号", "住所", "拠点区分"),
        (),
        (None, "本庁舎", None, "A-1", "中央1-1", "本庁舎"),
        (),
        (None, "別館", None, None, None, "その他"),
    )


def formatted_to_the_bottom() -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("庁舎")
    sheet.append(HEADS)
    sheet.append(("本庁舎", "本庁舎", "中央1-1"))
    for _ in range(20_000):
        sheet.append((None, None, None, ""))
    sheet.append(("遠くの行", "本庁舎", "下"))
    return bytes_of(workbook)


def hidden_sheets_and_colours() -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "庁舎一覧（最新）"
    sheet.append(HEADS)
    sheet.append(("本庁舎", "本庁舎", "中央1-1"))
    sheet["A2"].fill = PatternFill("solid", fgColor="FFFF0000")
    sheet.row_dimensions[2].hidden = True
    old = workbook.create_sheet("旧版")
    old.append(HEADS)
    old.append(("昔の庁舎", "本庁舎", "中央1-1"))
    old.sheet_state = "hidden"
    return bytes_of(workbook)


def numbers_kept_as_text() -> bytes:
    return workbook_of(
        ("建物名", "地上階数", "想定浸水深（m）", "所在地", "拠点区分"),
        ("本庁舎", "'5", "0.5", "1-2-3", "本庁舎"),
        ("別館", "５", "１．５", date(2026, 1, 2), "その他"),
        ("新館", "五階", "0", "x", "その他"),
    )


def headings_across_and_subtotals() -> bytes:
    return workbook_of(
        HEADS,
        ("１　本庁関係", None, None),
        ("本庁舎", "本庁舎", "中央1-1"),
        ("本庁関係　小計", "1棟", None),
        ("支所等", None, None),
        ("東支所", "支所", "東町2-2"),
        (None, "合計", "2棟"),
        merged=("A2:C2", "A5:C5"),
    )


def two_tables_on_a_sheet() -> bytes:
    return workbook_of(
        HEADS,
        ("本庁舎", "本庁舎", "中央1-1"),
        (),
        ("■支所",),
        HEADS,
        ("東支所", "支所・事務所", "東町2-2"),
        (),
        ("協力業者一覧",),
        ("会社名", "担当者", "電話番号"),
        ("甲社", "鈴木", "03-1111-2222"),
    )


def filtered_rows_and_hidden_columns() -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(("建物名", None, "拠点区分", "所在地", "階数", "浸水深（cm）"))
    sheet.append(("本庁舎", None, "本庁舎", "中央1-1", "5F", 50))
    sheet.append(("別館", None, "分館", "中央1-2", "３階建", "120"))
    sheet.auto_filter.ref = "A1:F3"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    return bytes_of(workbook)


def amounts_in_yen() -> bytes:
    return workbook_of(
        ("リスク改善計画（案）",),
        (None, None, None, "（単位：円）"),
        ("対象項目", "対策内容", "実施年度", "必要予算"),
        ("サーバ室", "免震台", "R8～R10", 1_500_000),
        ("通信", "二重化", "令和８年度", "500万円"),
        ("電源", "UPS", "2026", "1,200千円"),
        ("端末", "固定具", "R8", 1_500_500),
        merged=("A1:D1",),
    )


def times_in_words_and_units_in_heads() -> bytes:
    return workbook_of(
        ("所管", "業務", None, "復旧の目標", "区分"),
        (None, "名称", "概要", "RTO（時間）", None),
        ("市民課", "住民票", "発行", 72, "窓口業務"),
        (None, "印鑑", "発行", 1.5, "窓口業務"),
        (None, "市民課　小計", "2業務", None, None),
        ("税務課", "賦課", "計算", "約3日", "その他"),
        (None, "収納", "入金", "24h以内", "支払業務"),
        (None, "証明", "発行", "３日（72時間）", "窓口業務"),
        (None, "督促", "発送", "即日", "その他"),
        merged=("B1:C1", "A1:A2", "E1:E2", "A3:A4", "A6:A9"),
    )


def formulas_never_calculated() -> bytes:
    return workbook_of(HEADS, ("本庁舎", "本庁舎", '="中央"&"1-1"'), ("別館", "分館", "中央1-2"))


NEW = "new"
UGLY = (
    Ugly(
        "titles and notes",
        titles_and_notes,
        {5: NEW, 6: NEW, 7: "skipped", 8: "skipped", 9: "skipped"},
        {"東支所": {"address": "東町2-2", "site_kind": "branch"}},
    ),
    Ugly(
        "two head rows",
        two_head_rows,
        {3: NEW},
        {"本庁舎": {"address": "中央1-1", "flood_depth_m": "0.5"}},
    ),
    Ugly(
        "merged body",
        merged_body,
        {2: NEW, 3: NEW, 4: NEW},
        {"別館": {"address": "中央1-1", "site_kind": "main"}, "新館": {"site_kind": "main"}},
    ),
    Ugly(
        "dates of all kinds",
        dates_of_all_kinds,
        {2: NEW, 3: NEW, 4: NEW, 5: NEW, 6: "refused"},
        {
            "本庁舎": {"built_on": "1981-06-01", "floors_above": "5"},
            "別館": {"built_on": "1999-04-01"},
            "新館": {"built_on": "2020-01-01", "floors_above": "4"},
            "車庫": {"built_on": "2020-01-01"},
        },
        "「昭和99年13月」",
    ),
    Ugly(
        "ditto marks",
        ditto_marks,
        {2: "refused", 3: NEW, 4: NEW, 5: NEW},
        {"別館": {"address": "中央1-1", "site_kind": "main"}, "新館": {"site_kind": "main"}},
        "上の行に値がありません",
    ),
    Ugly(
        "circles and words",
        circles_and_words,
        {2: NEW, 3: NEW, 4: NEW, 5: NEW, 6: "refused"},
        {
            "本庁舎": {"runs_core": "True", "flood_risk": "yes"},
            "別館": {"runs_core": "False", "flood_risk": "no"},
            "新館": {"runs_core": "True", "flood_risk": "unknown"},
            "車庫": {"runs_core": "True", "flood_risk": ""},
        },
        "たぶん",
    ),
    Ugly(
        "line breaks",
        line_breaks_in_heads_and_cells,
        {2: NEW, 3: NEW},
        {
            "本庁舎": {"address": "中央1-1\n（西側入口）", "floors_above": "5"},
            "別館": {"floors_above": "5"},
        },
    ),
    Ugly(
        "repeated heads and totals",
        repeated_heads_and_totals,
        {2: NEW, 3: "skipped", 4: NEW, 5: "skipped", 6: "skipped", 7: NEW},
    ),
    Ugly(
        "formulas and errors",
        formulas_and_errors,
        {2: "refused", 3: "refused", 4: NEW, 5: NEW},
        {"新館": {"address": "中央1-3"}, "車庫": {"address": ""}},
        "#REF!",
    ),
    Ugly("Shift_JIS", shift_jis, {2: NEW, 3: NEW}, {"別館": {"address": "東町\n2-2"}}),
    Ugly(
        "UTF-8 with BOM, tabs and a name variant",
        utf8_with_bom_and_tabs,
        {2: NEW},
        {"本庁舎": {"address": "葛\U000e0100飾町"}},
    ),
    Ugly(
        "the same row twice",
        twice_the_same,
        {2: NEW, 3: "refused", 4: NEW},
        {"本庁舎": {"address": "甲"}},
        "2行目と",
    ),
    Ugly("unknown columns and gaps", unknown_columns_and_gaps, {4: NEW, 6: NEW}),
    Ugly("formatted to the bottom", formatted_to_the_bottom, {2: NEW}),
    Ugly("hidden sheets and colours", hidden_sheets_and_colours, {2: NEW}),
    Ugly(
        "numbers kept as text",
        numbers_kept_as_text,
        {2: "refused", 3: NEW, 4: "refused"},
        {"別館": {"flood_depth_m": "1.5", "address": "2026-01-02"}},
    ),
    Ugly(
        "headings across and subtotals",
        headings_across_and_subtotals,
        {2: "skipped", 3: NEW, 4: "skipped", 5: "skipped", 6: NEW, 7: "skipped"},
        {"東支所": {"site_kind": "branch"}},
    ),
    Ugly(
        "two tables on a sheet",
        two_tables_on_a_sheet,
        {2: NEW, 4: "skipped", 5: "skipped", 6: NEW, 8: "skipped", 9: "skipped", 10: "skipped"},
        reason="8行目から別の表が始まっている",
    ),
    Ugly(
        "filtered rows and hidden columns",
        filtered_rows_and_hidden_columns,
        {2: NEW, 3: NEW},
        {
            "本庁舎": {"floors_above": "5", "flood_depth_m": "0.5"},
            "別館": {"floors_above": "3", "flood_depth_m": "1.2", "address": "中央1-2"},
        },
    ),
    Ugly(
        "amounts in yen",
        amounts_in_yen,
        {4: NEW, 5: NEW, 6: NEW, 7: "refused"},
        {
            "サーバ室：免震台": {"budget_thousand_yen": "1500"},
            "通信：二重化": {"budget_thousand_yen": "5000"},
            "電源：UPS": {"budget_thousand_yen": "1200"},
        },
        "1,500,500円は、千円未満の端数がある",
        code="6-1",
    ),
    Ugly(
        "times in words and units in heads",
        times_in_words_and_units_in_heads,
        {3: NEW, 4: NEW, 5: "skipped", 6: NEW, 7: NEW, 8: NEW, 9: "refused"},
        {
            "住民票": {"biz_rto_minutes": "4320", "owner_department": "市民課"},
            "印鑑": {"biz_rto_minutes": "90", "owner_department": "市民課"},
            "賦課": {"biz_rto_minutes": "4320", "owner_department": "税務課"},
            "収納": {"biz_rto_minutes": "1440", "owner_department": "税務課"},
            "証明": {"biz_rto_minutes": "4320", "owner_department": "税務課"},
        },
        "「即日」は期間として読み取れません",
        code="15",
        departments=("市民課", "税務課"),
    ),
    Ugly(
        "formulas never calculated",
        formulas_never_calculated,
        {2: "refused", 3: NEW},
        {"別館": {"site_kind": "annex"}},
        "数式の結果がファイルに保存されていません",
    ),
)

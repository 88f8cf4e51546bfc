"""What the outline after the NISC appendix draws from which table, and what it does not print.

Its headings and table heads are in `expected_nisc`.
"""

from bcp_portal.accounts.models import Municipality
from plans.document.document import TableBlock
from plans.models import Chapter
from plans.outlines import NISC as OUTLINE
from plans.outlines.guideline import SECTIONS
from tests.plans.outlines.printed import codes, new_plan

PRINTED_TABLES = {
    "本計画の適用範囲": ["b-1", "b-1-reviews"],
    "情報システム運用継続計画の策定・運用推進体制": ["b-2", "b-3"],
    "参集要員": ["b-4"],
    "参集基準": ["c-7-list"],
    "参集場所": ["b-5-list"],
    "関係部局・関係企業連絡先一覧": ["b-8", "b-9"],
    "教育訓練計画": ["b-11"],
    "計画の実施に伴う維持改善": ["b-12-triggers"],
    "危機的事象の発生に伴う維持改善": ["b-12-reports", "b-12-systems"],
    "定期的な見直しによる維持改善": ["b-12-items"],
    "想定する被害状況": ["b-13-disaster", "b-13-security", "b-13-infection"],
    "情報システムの復旧優先度の設定": ["b-14", "b-15", "b-15-bands"],
    "対応手順": ["b-10-off-hours", "b-10-working-hours", "b-10-incident", "b-10-epidemic"],
    "情報システムを支える構成要素ごとの現状対策レベルとリスク": [
        "b-16-now-disaster",
        "b-16-now-security",
        "b-16-now-infection",
    ],
    "事前対策の実施計画": ["b-16-policy", "b-16-details"],
    "情報システムを支える構成要素の整理": [
        "b-16-components-disaster",
        "b-16-components-security",
        "b-16-components-infection",
    ],
    "情報システムを支える構成要素ごとの目標対策レベルの設定": [
        "b-16-ladder-hardware",
        "b-16-ladder-system_area",
        "b-16-ladder-data_area",
        "b-16-ladder-vendor",
        "b-16-ladder-own",
    ],
    "業務システム関連表": ["b-17a"],
}


def test_the_tables_of_the_appendix_stand_where_it_prints_them(in_scope: Municipality) -> None:
    found = codes(new_plan(in_scope, OUTLINE))
    assert {title: found.get(title) for title in PRINTED_TABLES} == PRINTED_TABLES


def test_bands_components_and_ladders_are_there_before_anything_is_typed(
    in_scope: Municipality,
) -> None:
    document = new_plan(in_scope, OUTLINE)
    rows = {
        block.table.code: len(block.table.rows)
        for section in document.sections()
        for block in section.blocks
        if isinstance(block, TableBlock) and block.table
    }
    assert rows["b-15-bands"] == 6
    assert rows["b-16-components-disaster"] == rows["b-16-components-infection"] == 7
    ladders = ["hardware", "system_area", "data_area", "vendor"]
    assert [rows[f"b-16-ladder-{component}"] for component in ladders] == [4, 4, 4, 3]


def test_notes_to_the_author_lead_to_the_guideline_and_are_not_printed(
    in_scope: Municipality,
) -> None:
    document = new_plan(in_scope, OUTLINE)
    notes = dict(Chapter.objects.exclude(guidance="").values_list("key", "guidance"))
    assert "ガイドラインの参照先：「2.8.1 危機的事象発生時の体制構築」" in notes["contacts"]
    assert set(SECTIONS) <= set(notes)
    printed = str(document.to_json())
    assert "ガイドラインの参照先" not in printed
    assert not any(note.splitlines()[0] in printed for note in notes.values())

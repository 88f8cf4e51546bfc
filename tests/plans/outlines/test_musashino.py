"""The outline after the Musashino summary against that summary's own contents, copied by hand."""

from bcp_portal.accounts.models import Municipality
from plans.document import TableBlock
from plans.markup import text_of
from plans.outlines.musashino import OUTLINE
from tests.plans.outlines.printed import codes, columns, headings, lines, new_plan

CONTENTS = """
1 計画の目的
2 ICT業務継続計画の位置づけ
3 計画の体系
3(1) ICT業務継続計画書
3(2) 行動手順書
3(3) 運用手順書
4 想定脅威
4(1) 災害
4(2) 非災害（セキュリティインシデント）
4(3) 感染症
5 脅威発生時の体制
6 優先業務と優先システム
6(1) 優先業務の選定
6(2) 優先システムの選定
7 ICT業務継続体制の確立
7(1) 初動対応手順
7(2) ICT業務継続対応手順
8 運用管理規定
"""


def test_headings_and_numbers_are_those_of_the_summary(in_scope: Municipality) -> None:
    assert headings(in_scope, OUTLINE) == lines(CONTENTS)


def test_its_tables_come_from_rows_alone_and_show_nobody_and_no_weakness(
    in_scope: Municipality,
) -> None:
    document = new_plan(in_scope, OUTLINE)
    assert codes(document) == {
        "ICT業務継続計画の位置づけ": ["c-4-related"],
        "脅威発生時の体制": ["8", "8", "8"],
        "優先業務の選定": ["c-20"],
        "優先システムの選定": ["b-15"],
        "運用管理規定": ["c-17"],
    }
    assert document.annexes == ()
    shown = [
        column
        for section in document.sections()
        for block in section.blocks
        if isinstance(block, TableBlock) and block.table
        for column in block.table.columns
    ]
    assert not any(column.personal for column in shown)
    # Printed in 6(1): the goal in a disaster and otherwise by which businesses were chosen.
    selection = columns(document, "優先業務の選定", "c-20")
    assert selection == ("優先業務", "災害時", "非災害時", "該当")


def test_it_stays_short(in_scope: Municipality) -> None:
    document = new_plan(in_scope, OUTLINE)
    texts = [getattr(block, "html", "") for part in document.sections() for block in part.blocks]
    assert sum(len(text_of([text])) for text in texts) < 2_000

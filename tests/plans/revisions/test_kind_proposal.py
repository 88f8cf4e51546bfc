"""The kind that follows from what changed, on real comparisons."""

from dataclasses import replace
from typing import Any

import pytest

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column, Table, TableRow
from plans.comparison.document_comparison import compare
from plans.document.document import AnnexPart, Cover, Document, Section, TableBlock, TextBlock
from plans.document.revision_kind import RevisionKind, is_lowered
from plans.revisions.kind_proposal import (
    FIRST_EDITION,
    NOTHING_CHANGED,
    ONLY_COVER,
    propose_kind,
)

K = RevisionKind


def table(code: str, title: str, /, **cells: Any) -> Table:
    columns = tuple(Column(name, name, Kind.TEXT) for name in cells)
    return Table(code, title, columns, (TableRow("r1", cells),))


def section(anchor: str, title: str, body: str, *tables: Table) -> Section:
    blocks = (TextBlock(f"<p>{body}</p>"), *(TableBlock(each) for each in tables))
    return Section(anchor, 1, "", title, blocks)


def annex(number: int, title: str, code: str, /, **cells: Any) -> AnnexPart:
    return AnnexPart(f"annex-{number}", number, title, tables=(table(code, title, **cells),))


DOCUMENT = Document(
    cover=Cover("見本市", "計画", "初版", "令和8年4月1日"),
    chapters=(
        section("c-1", "用語の説明", "電算課が管理する。"),
        section("c-2", "計画の前提条件", "震度6強の地震を想定する。"),
        section("c-3", "マニュアル", "次のとおりとする。", table("c-12", "一覧", name="手順書")),
    ),
    annexes=(
        annex(8, "体制", "8", role_name="責任者", person="山田", duties="指揮する"),
        annex(9, "連絡先", "9", person_name="山田", tel="0256-00-0001"),
        annex(12, "訓練", "12", name="安否確認訓練", actual_rto_minutes="3時間"),
        annex(17, "目標", "17", system="住民記録", rto_minutes="3日", note="メモ"),
    ),
)


def changed(number: int, **cells: Any) -> Document:
    """Return the document with some cells of one annex changed."""
    parts = []
    for part in DOCUMENT.annexes:
        if part.number == number:
            (old,) = part.tables
            row = replace(old.rows[0], cells={**old.rows[0].cells, **cells})
            part = replace(part, tables=(replace(old, rows=(row,)),))
        parts.append(part)
    return replace(DOCUMENT, annexes=tuple(parts))


def rewritten(anchor: str, body: str) -> Document:
    chapters = tuple(
        replace(each, blocks=(TextBlock(f"<p>{body}</p>"), *each.blocks[1:]))
        if each.anchor == anchor
        else each
        for each in DOCUMENT.chapters
    )
    return replace(DOCUMENT, chapters=chapters)


MANUAL = replace(
    DOCUMENT,
    chapters=(
        *DOCUMENT.chapters[:2],
        section("c-3", "マニュアル", "次のとおりとする。", table("c-12", "一覧", name="新手順書")),
    ),
)
CASES = {
    "a department is renamed in the text": (rewritten("c-1", "情報課が管理する。"), K.MINOR),
    "a premise is changed": (rewritten("c-2", "震度7の地震を想定する。"), K.MAJOR),
    "a telephone number": (changed(9, tel="0256-00-0002"), K.CONTACTS),
    "who holds a role": (changed(8, person="佐藤"), K.ANNEX),
    "what a role may do": (changed(8, duties="指揮し、発動する"), K.MAJOR),
    "a recovery target": (changed(17, rto_minutes="24時間"), K.MAJOR),
    "a note beside a target": (changed(17, note="別のメモ"), K.ANNEX),
    "a drill": (changed(12, name="参集訓練"), K.DRILL),
    "how a drill went": (changed(12, actual_rto_minutes="2時間"), K.DRILL),
    "a manual": (MANUAL, K.MANUAL),
    "a target is gone": (
        replace(
            DOCUMENT,
            annexes=(
                *DOCUMENT.annexes[:3],
                replace(
                    DOCUMENT.annexes[3],
                    tables=(replace(DOCUMENT.annexes[3].tables[0], rows=()),),
                ),
            ),
        ),
        K.MAJOR,
    ),
    "nothing but the date on the cover": (
        replace(DOCUMENT, cover=replace(DOCUMENT.cover, date_text="令和9年4月1日")),
        K.MINOR,
    ),
}


@pytest.mark.parametrize(("new", "kind"), CASES.values(), ids=CASES.keys())
def test_the_kind_follows_from_what_changed(new: Document, kind: RevisionKind) -> None:
    assert propose_kind(compare(DOCUMENT, new)).kind is kind


def test_the_reasons_name_the_place() -> None:
    both = replace(changed(17, rto_minutes="24時間"), chapters=rewritten("c-2", "別").chapters)
    assert propose_kind(compare(DOCUMENT, both)).reasons == (
        "「計画の前提条件」（前提）が変わります。",
        "「目標」で目標復旧時間・レベルが変わります。",
    )


@pytest.mark.parametrize(
    "body",
    [
        "<strong>電算課</strong>が管理する。",
        "<em>電算課が管理する。</em>",
        "電算課が</p><p>管理する。",
    ],
)
def test_another_form_of_the_same_words_is_a_change(body: str) -> None:
    proposal = propose_kind(compare(DOCUMENT, rewritten("c-1", body)))
    assert proposal.kind is K.MINOR
    assert NOTHING_CHANGED not in proposal.reasons
    assert "「用語の説明」では、書き方" in "".join(proposal.reasons)


def test_a_changed_cover_is_a_change_and_an_unchanged_plan_is_none() -> None:
    cover = replace(DOCUMENT, cover=replace(DOCUMENT.cover, department="総務課"))
    assert propose_kind(compare(DOCUMENT, cover)).reasons == (ONLY_COVER,)
    assert propose_kind(compare(DOCUMENT, DOCUMENT)).reasons == (NOTHING_CHANGED,)
    wide = rewritten("c-1", "電算課が 管理する。")
    assert propose_kind(compare(DOCUMENT, wide)).reasons == (NOTHING_CHANGED,)
    assert "文字の幅のほかに" in NOTHING_CHANGED


def test_before_the_first_edition_it_is_an_enactment() -> None:
    proposal = propose_kind(None)
    assert (proposal.kind, proposal.reasons) == (K.ENACTMENT, (FIRST_EDITION,))


@pytest.mark.parametrize(
    ("chosen", "proposed", "lowered"),
    [
        (K.MINOR, K.MAJOR, True),
        (K.MAJOR, K.MINOR, False),
        (K.ANNEX, K.DRILL, False),
        (K.CONTACTS, K.ANNEX, True),
        (K.MAJOR, K.ENACTMENT, True),
    ],
)
def test_raising_is_free_and_lowering_needs_a_reason(
    chosen: RevisionKind, proposed: RevisionKind, lowered: bool
) -> None:
    assert is_lowered(chosen, proposed) is lowered

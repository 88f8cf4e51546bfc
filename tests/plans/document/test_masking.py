"""Nothing personal is left in a frozen document when it is masked."""

import json
from dataclasses import replace

from plans.document.combination import combine
from plans.document.coverage import Coverage
from plans.document.document import Document, FigureBlock
from plans.document.masking import NOT_SHOWN, masked_document, masks_of
from tests.plans.editions.documents import (
    MASKED_NAME,
    SECRET_NAME,
    SECRET_NUMBER,
    annex,
    contacts,
    document,
    organisation,
    personal_document,
    section,
)


def said(document: Document) -> str:
    return json.dumps(document.to_json(), ensure_ascii=False)


def test_tables_texts_and_figures_lose_their_personal_values() -> None:
    internal = personal_document()
    assert SECRET_NUMBER in said(internal)
    assert SECRET_NAME in said(internal)
    plain = personal_document(MASKED_NAME, MASKED_NAME)
    masked = masked_document(internal, masks_of(internal, plain))
    assert masked == plain


def test_an_empty_personal_cell_stays_empty() -> None:
    masked = masked_document(personal_document(), {})
    assert masked.annexes[0].tables[0].rows[1].cells["phone"] == ""


def test_a_cell_without_a_column_is_left_out() -> None:
    table = contacts()
    hidden = replace(table, columns=table.columns[:1])
    internal = document(section("a", "1"), annexes=(annex(9, hidden),))
    assert SECRET_NUMBER in said(internal)
    assert SECRET_NUMBER not in said(masked_document(internal, {}))


def test_a_figure_without_a_second_form_is_not_shown() -> None:
    internal = personal_document()
    masked = masked_document(internal, {})
    assert SECRET_NAME not in said(masked).replace(f"責任者は{SECRET_NAME}", "")
    assert masked.chapters[0].blocks[2].message == NOT_SHOWN  # type: ignore[union-attr]


def test_a_figure_that_hides_nothing_is_shown_as_it_is() -> None:
    internal = document(section("a", "1"))
    blocks = (*internal.chapters[0].blocks, organisation("情報政策課長"))
    chapter = internal.chapters[0].__class__("chapter-a", 1, "1", "a", blocks)
    shown = document(chapter)
    masked = masked_document(shown, masks_of(shown, shown))
    assert isinstance(masked.chapters[0].blocks[1], FigureBlock)
    assert masked == shown


def test_a_block_whose_second_form_is_of_another_kind_is_not_shown() -> None:
    internal, plain = personal_document(), document(section("a", "1"), section("b", "2", "目的"))
    masked = masked_document(internal, masks_of(internal, plain))
    assert SECRET_NAME not in said(masked)
    assert NOT_SHOWN in said(masked)


def test_masks_survive_json_and_belong_to_renumbered_texts_too() -> None:
    link = '<a href="#chapter-b">第2章</a>'
    internal = document(section("a", "1", f"{SECRET_NAME}{link}"), section("b", "2"))
    plain = document(section("a", "1", f"{MASKED_NAME}{link}"), section("b", "2"))
    working = document(section("a", "1"), section("X", "2"), section("b", "3"))
    covered = Coverage.of(["chapter-X"])
    combined, second = combine(working, internal, covered), combine(working, plain, covered)
    assert "第3章" in said(combined)
    masks = json.loads(json.dumps(masks_of(combined, second)))
    assert masked_document(combined, masks) == second
    assert SECRET_NAME not in said(second)

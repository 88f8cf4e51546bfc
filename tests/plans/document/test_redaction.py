"""What is not said to be public is not in the public document, and numbers stay."""

import json

from bcp_portal.annex.kinds import MASK
from plans.document.document import Document, FigureBlock, TableBlock, TextBlock
from plans.document.public_choices import HiddenHeading, PublicChoices
from plans.document.redaction import (
    HIDDEN_FIGURE,
    HIDDEN_SECTION,
    HIDDEN_TABLE,
    public_table,
)
from tests.plans.public_edition.documents import (
    HIDDEN_SENTENCE,
    PERSON,
    PHONE,
    PLACE,
    SERVER,
    internal_document,
    public_document,
    sites,
)


def everything(document: Document) -> str:
    return json.dumps(document.to_json(), ensure_ascii=False)


def test_no_hidden_value_is_in_the_public_document() -> None:
    internal, public = everything(internal_document()), everything(public_document())
    for secret in (
        PHONE,
        PERSON,
        SERVER,
        PLACE,
        HIDDEN_SENTENCE,
        "旧電算棟",
        "desk-uid",
        "03-0000",
    ):
        assert secret in internal
        assert secret not in public


def test_columns_are_shown_masked_or_left_out_and_rows_vanish_or_keep_their_line() -> None:
    table = public_document().annexes[0].tables[0]
    assert [column.label for column in table.columns] == ["名称", "部屋", "担当", "携帯電話"]
    # 分庁舎 is 一部非公開: its line stays, so that the order can be read; 旧電算棟 is not there.
    assert table.texts() == [
        ["本庁舎", MASK, "情報政策課", MASK],
        [MASK, "", MASK, ""],
    ]


def test_a_personal_column_shows_a_mask_even_where_it_is_said_to_be_public() -> None:
    """Also where nobody masked the table before."""
    table = public_table(sites())
    assert table is not None and PHONE not in str(table.texts())
    assert [row.cells["phone"] for row in table.rows] == [MASK, None]


def test_hidden_chapters_keep_their_numbers() -> None:
    document = public_document()
    first, second, third, listed = document.chapters
    assert first.heading == "1 目的"
    assert (second.heading, second.children) == ("2 （非公開）", ())
    assert second.blocks == (TextBlock(f"<p>{HIDDEN_SECTION}</p>"),)
    assert third.heading == "3 訓練"
    assert third.blocks == (TextBlock(f"<p>{HIDDEN_SECTION}</p>"),)
    assert [child.heading for child in third.children] == ["3.1 公開の節"]
    assert listed.blocks == (
        TextBlock("<ul><li>様式3 庁舎の状況</li><li>様式9 （非公開）</li></ul>"),
    )
    assert [part.number for part in document.annexes] == [3]


def test_the_heading_of_a_hidden_part_follows_the_setting() -> None:
    titled = public_document(PublicChoices(HiddenHeading.TITLE))
    masked = public_document(PublicChoices(HiddenHeading.MASKED))
    assert titled.chapters[1].heading == "2 鍵の保管（非公開）"
    assert "様式9 緊急連絡先（非公開）" in str(titled.chapters[3].blocks)
    assert masked.chapters[1].heading == f"2 {MASK}（非公開）"


def test_tables_and_figures_of_a_chapter_follow_their_source() -> None:
    _, links, own, of_hidden_annex, public, hidden = public_document().chapters[0].blocks
    assert isinstance(own, TableBlock) and own.table and len(own.table.rows) == 2
    assert of_hidden_annex == TableBlock(None, HIDDEN_TABLE)
    assert isinstance(public, FigureBlock)
    assert hidden == TableBlock(None, HIDDEN_FIGURE)
    # What leads to hidden parts is plain text.
    assert isinstance(links, TextBlock)
    assert links.html == ('<p>詳しくは第2章と様式9、<a href="#annex-3">様式3</a>。</p>')


def test_the_colophon_shows_what_was_chosen() -> None:
    chosen = PublicChoices(colophon=frozenset({"電話"}))
    assert public_document().colophon == (("版数", "初版"), ("発行", "見本市"))
    assert public_document(chosen).colophon == (("版数", "初版"), ("電話", "03-0000-9999"))


def test_frozen_choices_come_back_and_unknown_ones_hide() -> None:
    choices = PublicChoices(HiddenHeading.MASKED, frozenset({"電話"}), True)
    assert PublicChoices.from_json(choices.to_json()) == choices
    assert PublicChoices.from_json({"heading": "x", "revision_reasons": "yes"}) == PublicChoices()


def test_a_document_of_an_older_release_is_hidden() -> None:
    data = internal_document().to_json()
    for chapter in data["chapters"]:
        del chapter["confidentiality"]
    document = Document.from_json(data)
    assert {chapter.confidentiality for chapter in document.chapters} == {"internal"}

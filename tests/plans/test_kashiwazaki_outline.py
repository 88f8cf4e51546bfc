"""The outline a municipality starts from: complete, printable at once, and naming real tables."""

import re
from collections.abc import Iterator

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Presentation
from plans.cleaning import clean_body
from plans.document import TableBlock
from plans.document_builder import build_document
from plans.live_blocks import LiveBlock, split_body
from plans.outlines.kashiwazaki import OUTLINE
from plans.outlines.template import ChapterTemplate, body_html, filled, guidance_text
from plans.plan_services import create_plan, names_of
from plans.table_source import TableSource


def walk(templates: tuple[ChapterTemplate, ...] = OUTLINE.chapters) -> Iterator[ChapterTemplate]:
    for template in templates:
        yield template
        yield from walk(template.sections)


def blocks() -> list[LiveBlock]:
    parts = [part for template in walk() for part in split_body(body_html(template.body))]
    return [part for part in parts if isinstance(part, LiveBlock)]


CODES = sorted({block.code for block in blocks()})


def test_it_has_the_fifteen_chapters_and_their_sections() -> None:
    assert len(OUTLINE.chapters) == 15
    sections = [len(chapter.sections) for chapter in OUTLINE.chapters]
    assert sections == [0, 0, 3, 3, 4, 3, 3, 2, 2, 2, 6, 3, 3, 0, 0]
    assert [len(part.sections) for part in OUTLINE.chapters[2].sections] == [0, 0, 4]
    assert [len(part.sections) for part in OUTLINE.chapters[9].sections] == [0, 2]


@pytest.mark.parametrize("template", list(walk()), ids=lambda template: template.title)
def test_every_place_without_sections_has_text_and_guidance(template: ChapterTemplate) -> None:
    if not template.sections:
        assert template.body.strip()
    if template.body:
        assert len(guidance_text(template.guidance)) > 40
        assert clean_body(body_html(template.body)) == body_html(template.body)
    assert "〇" not in template.body + template.guidance


@pytest.mark.parametrize("code", CODES)
def test_every_table_it_names_exists(code: str) -> None:
    assert registry.spec(code) or registry.derived_table(code)


def test_every_column_and_filter_it_names_exists(in_scope: Municipality) -> None:
    source = TableSource(Presentation.load(in_scope), include_personal=False)
    for block in blocks():
        table = source.table(block.code)
        assert table is not None
        names = {column.name for column in table.columns}
        assert set(block.columns) <= names, block
        for name, value in block.filters.items():
            column = table.column(name)
            assert column, block
            assert value in {text for choice in column.choices for text in choice}, block


def test_names_are_filled_in_for_any_kind_of_municipality() -> None:
    village = Municipality(code="154059", name="出雲崎町", ict_department_name="総務課")
    text = filled("{団体名}の{本団体}の{庁舎名}の{ICT部門}", names_of(village))
    assert text == "出雲崎町の本町の町役場の総務課"
    union = Municipality(code="154059", name="広域連合")
    assert filled("{本団体}の{庁舎名}", names_of(union)) == "本団体の庁舎"


def test_a_plan_made_from_it_can_be_printed_at_once(in_scope: Municipality) -> None:
    create_plan(municipality=in_scope, actor=None, outline=OUTLINE)
    document = build_document(in_scope, include_personal=False)
    assert [section.number for section in document.chapters] == [str(n) for n in range(1, 16)]
    text = str(document.to_json())
    assert not re.search(r"[{][^}']*(団体|庁舎|部門)", text), "a name was left unfilled"
    found = [block for part in document.sections() for block in part.blocks]
    missing = [b.message for b in found if isinstance(b, TableBlock) and b.table is None]
    assert missing == []
    assert '<a href="#annex-17">様式17</a>' in text
    assert 'class="' not in text

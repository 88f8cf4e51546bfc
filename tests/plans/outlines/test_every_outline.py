"""Every outline a municipality may start from: complete, printable at once, naming real tables."""

import re

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Presentation
from plans.annexes.drawn.figure_source import figure_parts, is_figure_code
from plans.chapters.models.plan import PlanProfile
from plans.document.annex_numbers import ANNEX_NUMBERS
from plans.document.document import TableBlock
from plans.outlines import OUTLINES
from plans.outlines.new_plan import names_of
from plans.outlines.template import (
    ChapterTemplate,
    OutlineTemplate,
    body_html,
    filled,
    guidance_text,
)
from plans.text.cleaning import clean_body
from plans.text.live_blocks import LiveBlock, split_body
from plans.text.numbering import MAX_DEPTH, STYLES
from plans.working_copy.table_source import TableSource
from tests.plans.outlines.printed import new_plan

EVERY = pytest.mark.parametrize("outline", OUTLINES.values(), ids=OUTLINES.keys())
TEMPLATES = [
    pytest.param(template, id=f"{code}-{template.title}")
    for code, outline in OUTLINES.items()
    for template in outline.walk()
]

CITED = re.compile(r"第[0-9]+章|[0-9]+\([0-9]\)|[0-9]+(\.[0-9])+[節項]|別表[0-9]")


def blocks(outline: OutlineTemplate) -> list[LiveBlock]:
    parts = [part for template in outline.walk() for part in split_body(body_html(template.body))]
    return [part for part in parts if isinstance(part, LiveBlock)]


def test_there_is_an_outline_for_every_profile_under_the_same_name() -> None:
    offered = {code: outline.label for code, outline in OUTLINES.items()}
    assert offered == dict(PlanProfile.choices)
    assert all(outline.profile == code for code, outline in OUTLINES.items())
    assert next(iter(OUTLINES)) == "simple", "a small office finds its way first"


@EVERY
def test_each_outline_says_what_it_is_and_how_it_counts(outline: OutlineTemplate) -> None:
    assert len(outline.description) > 40 and outline.description.endswith("。")
    assert outline.numbering in STYLES
    assert set(outline.annexes) <= set(ANNEX_NUMBERS)
    keys = [template.key for template in outline.walk()]
    assert all(keys), "a chapter without a key follows no other outline"
    assert len(set(keys)) == len(keys)


@EVERY
def test_no_outline_is_deeper_than_chapters_may_be(outline: OutlineTemplate) -> None:
    def depth(template: ChapterTemplate) -> int:
        return 1 + max(map(depth, template.sections), default=0)

    assert max(map(depth, outline.chapters)) <= MAX_DEPTH


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_place_without_sections_has_text_and_guidance(template: ChapterTemplate) -> None:
    if not template.sections:
        assert template.body.strip()
    if template.body:
        assert len(guidance_text(template.guidance)) > 40
        assert clean_body(body_html(template.body)) == body_html(template.body)
    assert "〇" not in template.body + template.guidance


@EVERY
def test_every_table_column_and_filter_it_names_exists(
    in_scope: Municipality, outline: OutlineTemplate
) -> None:
    source = TableSource(Presentation.load(in_scope), include_personal=False)
    for block in blocks(outline):
        if is_figure_code(block.code):
            assert set(block.columns) <= {name for name, _label in figure_parts(block.code)}, block
            continue
        assert registry.spec(block.code) or registry.derived_table(block.code), block
        table = source.table(block.code)
        assert table is not None
        assert set(block.columns) <= {column.name for column in table.columns}, block
        for name, value in block.filters.items():
            column = table.column(name)
            assert column, block
            choices = {text for choice in column.choices for text in choice}
            assert not choices or value in choices, block


def test_names_are_filled_in_for_any_kind_of_municipality() -> None:
    village = Municipality(code="154059", name="出雲崎町", ict_department_name="総務課")
    text = filled("{団体名}の{本団体}の{庁舎名}の{ICT部門}", names_of(village))
    assert text == "出雲崎町の本町の町役場の総務課"
    union = Municipality(code="154059", name="広域連合")
    assert filled("{本団体}の{庁舎名}", names_of(union)) == "本団体の庁舎"


@EVERY
def test_a_plan_without_a_single_row_can_be_printed_at_once(
    in_scope: Municipality, outline: OutlineTemplate
) -> None:
    document = new_plan(in_scope, outline)
    text = str(document.to_json())
    assert not re.search(r"[{][^}']*(団体|庁舎|部門|more)", text), "a name was left unfilled"
    found = [block for part in document.sections() for block in part.blocks]
    assert [b.message for b in found if isinstance(b, TableBlock) and b.table is None] == []
    assert [annex.number for annex in document.annexes] == list(outline.annexes)
    assert document.cover.title == filled(outline.plan_title, {"団体名": "見本市"})


@EVERY
def test_every_number_a_text_cites_leads_to_a_chapter(
    in_scope: Municipality, outline: OutlineTemplate
) -> None:
    document = new_plan(in_scope, outline)
    for part in document.sections():
        for block in part.blocks:
            unlinked = re.sub("<a .*?</a>", "", getattr(block, "html", ""))
            assert not CITED.search(unlinked), f"{part.heading}: {unlinked}"

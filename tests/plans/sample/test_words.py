"""The sample's plan shows what phrases and glossary marks are."""

from bcp_portal.accounts.models import Municipality
from plans.chapters.queries import load_outline
from plans.document.document import TextBlock
from plans.glossary.services import word_uses
from plans.models import Plan
from plans.outlines import OUTLINES
from plans.outlines.services import planned_change, report_of
from plans.phrases.placeholders import unset_placeholders, uses_of
from plans.sample.words import PLACES
from plans.working_copy.builder import build_document


def test_phrases_are_set_and_stand_in_the_text(town: Municipality) -> None:
    uses = uses_of(load_outline(Plan.objects.get()))
    assert {use.key: found.count for use, found in uses.items()} == {
        "org": 1,
        "hq": 1,
        "role_chief": 2,
        "role_owner": 3,
    }
    document = build_document(town, include_personal=False)
    assert unset_placeholders(document) == []


def test_of_the_whole_sample_only_phrases_count_as_written(town: Municipality) -> None:
    plan = Plan.objects.get()
    outline = OUTLINES["kts"]
    change = planned_change(plan, outline)
    report = report_of(change, plan, outline)
    written = {node.chapter.key for node, _slot in change.kept()}
    written |= {node.chapter.key for node in change.homeless()}
    assert written == set(PLACES)
    assert report.marks > 5, "who changes the outline is told that samples lose their marks"


def test_words_of_the_glossary_are_marked_once(town: Municipality) -> None:
    uses, strangers = word_uses(load_outline(Plan.objects.get()))
    assert strangers == []
    assert [use.word.term for use in uses if use.is_unmarked or use.is_marked_twice] == []
    assert sum(bool(use.marked) for use in uses) > 10
    document = build_document(town, include_personal=False)
    texts = [b.html for s in document.sections() for b in s.blocks if isinstance(b, TextBlock)]
    assert sum(text.count("（※）</a>") for text in texts) == sum(bool(u.marked) for u in uses)

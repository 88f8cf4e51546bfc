"""What holds for any two documents: nothing lost, nothing invented, the same from either side."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from bcp_portal.spelling.widths import fold
from plans.comparison.changes import Comparison, PartChange, Runs, Status, text_of_runs
from plans.comparison.document_comparison import compare
from plans.comparison.passages import mark_long
from plans.document.document import Document
from plans.text.markup import parse, text_of
from tests.plans.comparison.documents import annex, document, row, section, table

WORDS = (
    "市民会館",
    "中央公民館",
    "3日",
    "24時間",
    "職員",
    "は",
    "に",
    "の",
    "参集",
    "する",
    "、",
    "ＩＣＴ",
    "　",
    "サーバ",
)
SENTENCES = (
    "参集する。",
    "報告する。",
    "水を配る。",
    "安否を確かめる。",
    "市民会館に集まる。",
    "庁舎に集まる。",
)
texts = st.lists(st.sampled_from(WORDS), max_size=12).map("".join)
wild = st.text(st.sampled_from("市民会館本3日24時間は。、Ab -ｶﾞ\n　(（"), max_size=40)
paragraphs = st.lists(st.sampled_from(SENTENCES), max_size=6).map(lambda s: f"<p>{''.join(s)}</p>")
SWAPPED = {Status.ADDED: Status.REMOVED, Status.REMOVED: Status.ADDED}


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a plan of a few chapters with sentences, and an annex, in any order."""
    anchors = draw(st.permutations(["a", "b", "c", "d"]))[: draw(st.integers(0, 4))]
    leaves = [
        section(f"leaf-{a}", draw(st.sampled_from(SENTENCES)), draw(paragraphs)) for a in anchors
    ]
    at = draw(st.integers(0, 3))
    chapters = [
        section(anchor, f"章{anchor}", draw(paragraphs), children=tuple(leaves) if i == at else ())
        for i, anchor in enumerate(anchors)
    ]
    uids = draw(st.permutations(["1", "2", "3", "4", "5"]))[: draw(st.integers(0, 5))]
    rows = [row(uid, f"システム{uid}", draw(st.sampled_from([1, 24, 72]))) for uid in uids]
    return document(*chapters, annex(table(*rows)))


@given(st.one_of(texts, wild), st.one_of(texts, wild))
def test_marks_can_be_put_together_to_the_texts(old: str, new: str) -> None:
    before, after = mark_long(old, new)
    assert (text_of_runs(before), text_of_runs(after)) == (old, new)
    assert mark_long(new, old) == (after, before)


@given(st.one_of(texts, wild), st.one_of(texts, wild))
def test_what_is_not_marked_is_the_same_on_both_sides(old: str, new: str) -> None:
    before, after = mark_long(old, new)
    assert unmarked(before) == unmarked(after)


@given(documents())
@settings(max_examples=60)
def test_a_document_does_not_differ_from_itself(one: Document) -> None:
    assert compare(one, one).is_empty
    assert compare(one, Document.from_json(one.to_json())).is_empty


@given(documents(), documents())
@settings(max_examples=150)
def test_swapping_the_documents_swaps_everything_said(one: Document, other: Document) -> None:
    there, back = compare(one, other), compare(other, one)
    assert said(there) == Counter({swapped(item): n for item, n in said(back).items()})


@given(documents(), documents())
@settings(max_examples=150)
def test_the_text_of_a_changed_section_can_be_put_together(old: Document, new: Document) -> None:
    for part in compare(old, new).walk():
        if part.kind == "chapter" and part.contents:
            sides = [text_in(document, part.anchor) for document in (old, new)]
            assert [joined(part, "old"), joined(part, "new")] == sides


@given(documents(), documents())
@settings(max_examples=150)
def test_rows_of_both_tables_are_accounted_for(old: Document, new: Document) -> None:
    for part in compare(old, new).walk():
        for change in part.tables:
            kept = [r for r in change.rows if r.position_new]
            assert change.same_rows + len(kept) == len(new.annexes[0].tables[0].rows)


def unmarked(runs: Runs) -> str:
    return fold("".join(run.text for run in runs if not run.changed))


def text_in(document: Document, anchor: str) -> str:
    found = [s for s in document.sections() if s.anchor == anchor]
    return fold("".join(text_of(parse(block.html)) for s in found for block in s.blocks))


def joined(part: PartChange, side: str) -> str:
    return fold("".join(text_of_runs(getattr(passage, side)) for passage in part.texts))


Said = tuple[str, Status, Runs, Runs]


def said(comparison: Comparison) -> Counter[Said]:
    """Return everything said, wherever it stands."""
    found: Counter[Said] = Counter()
    for part in comparison.walk():
        found[part.anchor, part.status, part.title_old, part.title_new] += 1
        for passage in part.texts:
            if passage.status is not Status.SAME:
                found[part.anchor, passage.status, passage.old, passage.new] += 1
        for change in part.tables:
            for item in change.rows:
                found[item.uid, item.status, (), ()] += 1
                for cell in item.cells:
                    found[f"{item.uid} {cell.column}", Status.CHANGED, cell.old, cell.new] += 1
    return found


def swapped(item: Said) -> Said:
    name, status, old, new = item
    return name, SWAPPED.get(status, status), new, old

"""Each single edit of a chapter's text is told by the log, has an author and stands in the comparison."""

import pytest

from plans.chapters.plan_services import changes_of
from plans.comparison.changes import text_of_runs
from plans.comparison.document_comparison import compare
from plans.comparison.layout import NOTHING_CHANGED, note_of
from plans.comparison.line import LineKind
from plans.comparison.lines import lines_of
from plans.models import Chapter
from plans.revisions.authors import Printed, PrintedPlace, authors_of
from plans.text.cleaning import clean_body
from tests.findings.body_edits import MARKED, WRITTEN, edits_of
from tests.findings.security_decisions.test_authors import line
from tests.plans.comparison.documents import document, section

SHOWN = {LineKind.TEXT, LineKind.TABLE_ROW}
PLACE = Printed({"u": (PrintedPlace("1 目的", frozenset({"body"})),)})


@pytest.mark.parametrize("html", [WRITTEN, MARKED])
def test_the_log_shows_each_edit_and_names_its_author(html: str) -> None:
    before = clean_body(html)
    edits = list(edits_of(html))
    assert len(edits) > 20
    unseen = []
    for name, after in edits:
        [change] = changes_of(Chapter(body=before), {"body": after})
        written = authors_of([line("body", "", "", changes=[change.to_json()])], PLACE).authors
        if change.before == change.after or not written:
            unseen.append(name)
    assert unseen == []


def test_the_comparison_names_each_edit() -> None:
    before = clean_body(WRITTEN)
    edits = list(edits_of(WRITTEN))
    assert len(edits) > 150
    unseen = [name for name, after in edits if not is_told(before, after)]
    assert unseen == []


def is_told(before: str, after: str) -> bool:
    """Tell whether the comparison says that there is a difference, from either side."""
    old, new = (document(section("a", "目的", html)) for html in (before, after))
    notes = [note_of(compare(one, other)) for one, other in ((old, new), (new, old))]
    return NOTHING_CHANGED not in notes


LINK = '<p>詳しくは<a href="https://www.example.lg.jp/{}">手引き</a>を見る。</p>'
CELL = (
    '<table><tr><td><a href="https://www.example.lg.jp/{}">手引き</a></td><td>班</td></tr></table>'
)


@pytest.mark.parametrize("html", [LINK, CELL])
def test_a_link_that_leads_elsewhere_stands_in_the_table_with_both_addresses(html: str) -> None:
    old, new = (document(section("a", "目的", html.format(to))) for to in ("a", "zzz"))
    [line] = [each for each in lines_of(compare(old, new)) if each.kind in SHOWN]
    assert "〔リンク先：https://www.example.lg.jp/a〕" in text_of_runs(line.old)
    assert "〔リンク先：https://www.example.lg.jp/zzz〕" in text_of_runs(line.new)
    added = compare(document(section("a", "目的", "<p>参集する。</p>")), new)
    assert "https://www.example.lg.jp/zzz" in "".join(
        text_of_runs(each.new) for each in lines_of(added)
    )


def test_words_in_another_form_are_named_by_their_section() -> None:
    old, new = (
        document(section("a", "目的", f"<p>{text}</p>"), section("b", "体制", "<p>以上</p>"))
        for text in ("急ぐ", "<strong>急ぐ</strong>")
    )
    note = note_of(compare(old, new))
    assert note.startswith("文と図と、計画の外へのリンク先に違いはありません。")
    assert "「1 目的」では、書き方" in note and "体制" not in note
    other = document(section("a", "目的", "<p><strong>急ぐ</strong>。直ちに。</p>"))
    assert "「1 目的」では、書き方" in note_of(compare(old, other))

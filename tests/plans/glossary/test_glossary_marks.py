"""Where the words of the glossary stand in a plan, and setting their marks."""

import pytest
from django.test import Client

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from plans.chapters.queries import load_outline
from plans.chapters.services import add_chapter, save_chapter
from plans.glossary.marks import Word, WordFinder
from plans.glossary.services import word_uses
from plans.models import Chapter, GlossaryTerm, Plan
from plans.outlines.new_plan import create_plan
from plans.outlines.template import OutlineTemplate
from plans.working_copy.builder import build_document
from tests.conftest import ClientFactory

CIO, ADVISER, OS, DOS, DDOS = (Word(f"{n}", t) for n, t in enumerate(
    ("CIO", "CIO補佐官", "OS", "DoS攻撃", "DDoS攻撃")
))  # fmt: skip
FINDER = WordFinder([CIO, ADVISER, OS, DOS, DDOS])


def found(text: str) -> list[str]:
    return [occurrence.uid for occurrence in FINDER.occurrences(f"<p>{text}</p>")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CIOとCIO補佐官", [CIO, ADVISER]),
        ("ＤｄｏＳ攻撃", [DDOS]),
        ("DDoS攻撃、DoS攻撃", [DDOS, DOS]),
        ("サーバのOSやOSS、IOS", [OS]),
        ("包括OS受託者", [OS]),
        ("※ 注意", []),
    ],
)
def test_the_longest_word_counts_and_letters_stand_alone(text: str, words: list[Word]) -> None:
    assert found(text) == [word.uid for word in words]


def test_a_marked_word_is_no_unmarked_use_and_an_excerpt_shows_the_line() -> None:
    body = '<p><span data-term="0">CIO</span>は、<strong>CIO</strong>を兼ねる。</p>'
    [occurrence] = FINDER.occurrences(body)
    assert (occurrence.text, occurrence.after) == ("CIO", "を兼ねる。")
    assert occurrence.before.endswith("は、")


def test_only_the_first_use_of_each_chosen_word_is_marked() -> None:
    body = "<p>CIO補佐官はCIOを助ける。</p><ul><li>CIOとOSとOS</li></ul>"
    assert FINDER.mark_first(body, {CIO.uid, OS.uid}) == (
        f'<p>CIO補佐官は<span data-term="{CIO.uid}">CIO</span>を助ける。</p>'
        f'<ul><li>CIOと<span data-term="{OS.uid}">OS</span>とOS</li></ul>'
    )
    assert FINDER.mark_first(body, set()) == body
    assert WordFinder([]).mark_first(body, {"x"}) == body


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        (
            "<p>この<strong>CIO</strong>補佐官は</p>",
            '<p>この<span data-term="1"><strong>CIO</strong>補佐官</span>は</p>',
        ),
        (
            "<p><strong>当市のCIO</strong><em>補佐</em>官だ</p>",
            '<p><strong>当市の</strong><span data-term="1"><strong>CIO</strong><em>補佐</em>官</span>だ</p>',
        ),
        (
            "<p><strong>CIO<u>補佐官と</u>CIO</strong>と<strong>CIO</strong>補佐官</p>",
            '<p><strong><span data-term="1">CIO<u>補佐官</u></span><u>と</u>CIO</strong>'
            "と<strong>CIO</strong>補佐官</p>",
        ),
        (
            "<p><strong>CIO補佐官</strong>は</p>",
            '<p><strong><span data-term="1">CIO補佐官</span></strong>は</p>',
        ),
    ],
)
def test_a_word_that_is_partly_bold_is_found_and_marked_whole(body: str, marked: str) -> None:
    first = next(FINDER.occurrences(body))
    assert (first.uid, first.text) == (ADVISER.uid, "CIO補佐官")
    assert FINDER.mark_first(body, {ADVISER.uid}) == marked


@pytest.mark.parametrize(
    "body",
    [
        "<p>CIO<br>補佐官</p>",
        '<p>CIO<a href="#x">補佐官</a></p>',
        '<p>CIO<span data-placeholder="org"></span>補佐官</p>',
        "<p>CIO</p><p>補佐官</p>",
    ],
)
def test_no_word_runs_across_lines_links_and_phrases(body: str) -> None:
    assert [occurrence.uid for occurrence in FINDER.occurrences(body)] == [CIO.uid]
    assert FINDER.mark_first(body, {ADVISER.uid}) == body


def test_several_words_of_one_stretch_keep_their_places() -> None:
    body = "<p>O<em>S</em>とDoS<strong>攻撃</strong>とCIOとO<em>S</em></p>"
    assert [found.uid for found in FINDER.occurrences(body)] == [OS.uid, DOS.uid, CIO.uid, OS.uid]
    assert FINDER.mark_first(body, {OS.uid, DOS.uid, CIO.uid}) == (
        '<p><span data-term="2">O<em>S</em></span>と<span data-term="3">DoS<strong>攻撃</strong>'
        '</span>と<span data-term="0">CIO</span>とO<em>S</em></p>'
    )


@pytest.fixture
def plan(in_scope: Municipality) -> Plan:
    return create_plan(
        municipality=in_scope, actor=None, outline=OutlineTemplate("ksw", "{団体名}", ())
    )


def write(plan: Plan, title: str, body: str) -> Chapter:
    chapter = add_chapter(plan=plan, actor=None, parent=None, title=title)
    return save_chapter(
        chapter=chapter, actor=None, title=title, body=body, guidance="", expected_version=1
    )


def term(plan: Plan, name: str, reading: str = "よみ", **values: str) -> GlossaryTerm:
    return GlossaryTerm.objects.create(
        municipality=plan.municipality, term=name, reading=reading, text="説明", **values
    )


@pytest.fixture
def editor(client_for: ClientFactory) -> Client:
    return client_for(Role.EDITOR)


def test_unmarked_unused_and_twice_marked_words_and_stray_marks_are_listed(
    plan: Plan, editor: Client
) -> None:
    asp, batch, gis, gone = (term(plan, name) for name in ("ASP", "バッチ処理", "GIS", "廃語"))
    mark = f'<span data-term="{batch.uid}">バッチ</span>処理'
    first = write(plan, "一", f"<p>ASPで{mark}</p>")
    write(plan, "二", f'<p>{mark}とASP<span data-term="{gone.uid}">廃語</span></p>')
    gone.row_status = "retired"
    gone.save()
    uses, strangers = word_uses(load_outline(plan))
    by_term = {use.word.term: use for use in uses}
    assert set(by_term) == {"ASP", "バッチ処理", "GIS"}
    assert by_term["ASP"].is_unmarked
    assert by_term["ASP"].first[0].chapter == first
    assert by_term["バッチ処理"].is_marked_twice
    assert by_term["GIS"].is_unused
    assert [(node.chapter.title, text) for node, text in strangers] == [("二", "廃語")]
    page = editor.get("/139998/plan/glossary/").content.decode()
    for title, count in (
        ("印のない用語", 1),
        ("使われていない用語", 1),
        ("二度以上印のある用語", 1),
    ):
        assert f"{title}（{count}件）" in page
    assert "「廃語」" in page
    assert f"/139998/plan/chapters/{first.uid}/" in page
    section = build_document(plan.municipality, include_personal=False).chapters[1]
    assert section.blocks[0].html.endswith("とASP廃語</p>"), "a retired word is plain text"
    assert gis.pk and asp.pk


def test_a_word_used_in_a_chapter_before_its_mark_is_listed(plan: Plan, editor: Client) -> None:
    asp, gis = term(plan, "ASP"), term(plan, "GIS")
    earlier = write(plan, "一", "<p>庁外のASPを使う。</p>")
    marks = (f'<span data-term="{word.uid}">{word.term}</span>' for word in (asp, gis))
    write(plan, "二", f"<p>{'と'.join(marks)}、ASP、GIS</p>")
    uses, _strangers = word_uses(load_outline(plan))
    assert [use.word.term for use in uses if use.is_marked_late] == ["ASP"]
    page = editor.get("/139998/plan/glossary/").content.decode()
    assert "印が初めて出る所にない用語（1件）" in page
    assert f'/139998/plan/chapters/{earlier.uid}/">1 一</a>' in page
    assert "「…庁外の<mark>ASP</mark>を使う。…」" in page


def test_a_renamed_word_keeps_its_marks(plan: Plan) -> None:
    word = term(plan, "旧い名")
    write(plan, "一", f'<p><span data-term="{word.uid}">旧い名</span></p>')
    word.term = "新しい名"
    word.save()
    uses, strangers = word_uses(load_outline(plan))
    assert (len(uses[0].marked), strangers) == (1, [])


def test_chosen_first_uses_are_marked_and_logged(plan: Plan, editor: Client) -> None:
    asp, gis = term(plan, "ASP"), term(plan, "GIS")
    chapter = write(plan, "一", "<p>ASPとGISとASP</p>")
    page = editor.get("/139998/plan/glossary/marks/").content.decode()
    choice = f"{asp.uid}:{chapter.uid}:{chapter.version}"
    assert f'value="{choice}"' in page
    assert f'value="{gis.uid}:{chapter.uid}:{chapter.version}"' in page
    assert editor.post("/139998/plan/glossary/marks/", {"mark": choice}).status_code == 302
    saved = Chapter.objects.get(pk=chapter.pk)
    assert saved.body == f'<p><span data-term="{asp.uid}">ASP</span>とGISとASP</p>'
    assert saved.version == chapter.version + 1
    entry = Entry.objects.order_by("-sequence")[0]
    assert (entry.action, entry.changes[0]["after"]) == ("用語の印", "ASP（※）とGISとASP")
    reading = editor.get(f"/139998/plan/chapters/{chapter.uid}/").content.decode()
    assert f'<a href="/139998/annex/c-11/rows/{asp.uid}/">ASP（※）</a>とGIS' in reading


def test_a_chapter_somebody_changed_is_left_alone(plan: Plan, editor: Client) -> None:
    asp = term(plan, "ASP")
    chapter = write(plan, "一", "<p>ASP</p>")
    stale = f"{asp.uid}:{chapter.uid}:{chapter.version - 1}"
    answer = editor.post("/139998/plan/glossary/marks/", {"mark": stale}, follow=True)
    assert "印を付けていません" in answer.content.decode()
    assert Chapter.objects.get(pk=chapter.pk).body == "<p>ASP</p>"
    assert editor.post("/139998/plan/glossary/marks/", {"mark": "x:y:z"}).status_code == 422


def test_one_chapter_proposes_only_what_it_says_first(plan: Plan, editor: Client) -> None:
    term(plan, "ASP"), term(plan, "GIS")
    write(plan, "一", "<p>ASP</p>")
    second = write(plan, "二", "<p>ASPとGIS</p>")
    page = editor.get(f"/139998/plan/glossary/marks/?chapter={second.uid}").content.decode()
    assert "印を付ける所（1件）" in page
    assert "<strong>GIS</strong>" in page

"""A plan changes its outline: what people wrote moves along, and nothing is lost."""

from functools import partial
from typing import Any

import pytest
from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.services import Conflict
from bcp_portal.audit.models import Entry
from bcp_portal.ui.errors import DomainError
from plans.chapters.moves import Move, move_chapter
from plans.chapters.order import outline_of
from plans.chapters.plan_services import save_plan
from plans.chapters.services import add_chapter, remove_chapter, restore_chapter, save_chapter
from plans.models import Chapter, Plan
from plans.outlines import OUTLINES
from plans.outlines.new_plan import create_plan
from plans.outlines.services import ChangeReport, change_profile, planned_change, report_of

TEXTS = ("title", "body", "guidance")
OWN = "<p>この文は職員が書いた。</p>"
TERM = "7f0a4a52-8d3a-4c59-9c5e-0a3f0f6f2b11"


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("editor", display_name="編集 花子")


@pytest.fixture
def plan(in_scope: Municipality, editor: User) -> Plan:
    return create_plan(municipality=in_scope, actor=editor, outline=OUTLINES["ksw"])


def by_key(key: str) -> Chapter:
    return Chapter.objects.get(key=key)


def write(chapter: Chapter, body: str = OWN, **values: str) -> Chapter:
    chapter.refresh_from_db()
    texts = {"title": chapter.title, "guidance": chapter.guidance, "body": body, **values}
    return save_chapter(chapter=chapter, actor=None, expected_version=chapter.version, **texts)


def change(plan: Plan, profile: str, actor: User | None = None) -> ChangeReport:
    plan.refresh_from_db()
    return change_profile(
        plan=plan, actor=actor, outline=OUTLINES[profile], expected_version=plan.version
    )


def number(plan: Plan, chapter: Chapter) -> str:
    plan.refresh_from_db()
    node = outline_of(plan).node(chapter.pk)
    return node.full_number if node else ""


def headings(plan: Plan) -> list[str]:
    plan.refresh_from_db()
    return [f"{node.full_number} {node.chapter.title}" for node in outline_of(plan).walk()]


def everything(plan: Plan) -> list[tuple[Any, ...]]:
    """Return all that a reader sees of a plan, and who the chapters are."""
    plan.refresh_from_db()
    settings = plan.profile, plan.title, plan.numbering, tuple(plan.annex_numbers)
    nodes = outline_of(plan).walk()
    lines = [
        (node.full_number, node.chapter.uid, *map(partial(getattr, node.chapter), TEXTS))
        for node in nodes
    ]
    return [settings, *lines]


def removed() -> list[str]:
    retired = Chapter.objects.filter(row_status=RowStatus.RETIRED, set_aside=False)
    return [chapter.title for chapter in retired]


def said(plan: Plan) -> list[tuple[Any, ...]]:
    """Return everything but who the chapters are."""
    settings, *chapters = everything(plan)
    return [settings, *((at, title, body, more) for at, _uid, title, body, more in chapters)]


def new_plan_says(municipality: Municipality, profile: str) -> list[tuple[Any, ...]]:
    """Return what a plan says that starts from this outline, without keeping it."""
    with transaction.atomic():
        made = create_plan(municipality=municipality, actor=None, outline=OUTLINES[profile])
        found = said(made)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("profile", [code for code in OUTLINES if code != "ksw"])
def test_an_untouched_plan_becomes_what_a_new_one_would_be(
    in_scope: Municipality, profile: str
) -> None:
    expected = new_plan_says(in_scope, profile)
    plan = create_plan(municipality=in_scope, actor=None, outline=OUTLINES["ksw"])
    report = change(plan, profile)
    assert (report.kept, report.homeless, report.returning) == ([], [], [])
    assert said(plan) == expected
    assert removed() == [], "samples that nobody touched do not fill the list of removed chapters"


def test_written_text_moves_to_the_place_with_the_same_meaning(plan: Plan) -> None:
    policy = write(by_key("policy"))
    glossary = write(by_key("terms"), title="ことば")
    report = change(plan, "kts")
    assert report.kept == [("3(2) 基本方針", "1(3) 計画の基本方針"), ("2 ことば", "7 ことば")]
    policy.refresh_from_db()
    glossary.refresh_from_db()
    assert (number(plan, policy), policy.body) == ("1(3)", OWN)
    assert policy.title == "計画の基本方針", "a heading nobody changed is the new outline's"
    assert (number(plan, glossary), glossary.title, glossary.body) == ("7", "ことば", OWN)


def test_the_way_there_and_back_loses_nothing(plan: Plan, editor: User) -> None:
    write(by_key("policy"))
    write(by_key("number-system"), "<p>市の事情。</p>")
    write(by_key("open-problems"))
    mine = add_chapter(plan=plan, actor=editor, parent=by_key("policy"), title="市長の考え")
    write(mine, "<p>市長の文。</p>")
    last = add_chapter(plan=plan, actor=editor, parent=None, title="独自の章")
    write(last, "<p>独自の文。</p>")
    move_chapter(chapter=by_key("review"), actor=editor, move=Move.DOWN)
    remove_chapter(chapter=by_key("initial-edition"), actor=editor, with_children=False)
    save_plan(plan=plan, actor=editor, values={"title": "市の計画"}, expected_version=1)
    before, gone = everything(plan), removed()

    for profile in ("kts", "nisc", "msn", "simple"):
        change(plan, profile)
        texts = [chapter.body for chapter in Chapter.objects.all()]
        for text in (OWN, "<p>市の事情。</p>", "<p>市長の文。</p>", "<p>独自の文。</p>"):
            assert text in texts
    report = change(plan, "ksw")

    assert everything(plan) == before
    assert removed() == gone == ["初動版の策定"]
    assert "16 独自の章" in report.returning


def test_what_is_written_under_the_new_outline_comes_back_too(plan: Plan) -> None:
    change(plan, "kts")
    background, policy = write(by_key("background")), write(by_key("policy"))
    report = change(plan, "ksw")
    assert report.homeless == ["1(2) 見直しの背景"]
    assert removed() == ["見直しの背景"]
    policy.refresh_from_db()
    assert (number(plan, policy), policy.body) == ("3(2)", OWN)
    report = change(plan, "kts")
    background.refresh_from_db()
    assert report.returning == ["1(2) 見直しの背景"]
    assert (number(plan, background), background.body) == ("1(2)", OWN)
    assert removed() == []


def marked(text: str) -> str:
    """Return a body with one of its words marked for the glossary."""
    return text.replace("復旧", f'<span data-term="{TERM}">復旧</span>', 1)


def test_a_sample_whose_words_are_marked_is_still_a_sample(plan: Plan) -> None:
    policy, numbers = by_key("policy"), by_key("number-system")
    for chapter in (policy, numbers):
        assert "復旧" in chapter.body, "there is something to mark"
        write(chapter, marked(chapter.body))
    report = change(plan, "kts")
    assert (report.kept, report.homeless, report.marks) == ([], [], 2)
    policy.refresh_from_db()
    assert policy.body.startswith("<p>本計画は、次の方針に沿って"), "the sample of the new outline"
    assert removed() == []
    change(plan, "ksw")
    numbers.refresh_from_db()
    assert TERM in numbers.body, "a text nobody replaced comes back with its marks"


def test_own_words_keep_their_marks_and_phrases(plan: Plan) -> None:
    body = '<p>職員が<span data-term="{}">本計画</span>に書いた{}。</p>'.format(
        TERM, '<span data-placeholder="org"></span>'
    )
    written, orphan = write(by_key("policy"), body), write(by_key("number-system"), body)
    report = change(plan, "kts")
    assert [before for before, _after in report.kept] == ["3(2) 基本方針"]
    assert report.homeless == ["3(3)エ 番号制度に係る情報連携への対応"]
    assert report.marks == 0
    for chapter in (written, orphan):
        chapter.refresh_from_db()
        assert chapter.body == body
    assert removed() == [orphan.title]


def test_a_sample_with_a_phrase_put_into_it_counts_as_written(plan: Plan) -> None:
    chapter = by_key("policy")
    phrase = chapter.body.replace("本市", '<span data-placeholder="org"></span>', 1)
    assert phrase != chapter.body
    write(chapter, phrase)
    assert [before for before, _after in change(plan, "kts").kept] == ["3(2) 基本方針"]
    chapter.refresh_from_db()
    assert chapter.body == phrase


def test_text_without_a_place_is_listed_and_can_be_put_back(plan: Plan, editor: User) -> None:
    write(by_key("number-system"))
    report = change(plan, "kts", editor)
    assert report.homeless == ["3(3)エ 番号制度に係る情報連携への対応"]
    assert removed() == ["番号制度に係る情報連携への対応"]
    entry = Entry.objects.order_by("-sequence")[0]
    assert (entry.action, entry.changes[0]["after"]) == ("章立ての変更", "葛飾区の構成（7章）")
    assert "「3(3)エ 番号制度に係る情報連携への対応」" in entry.note
    restored = restore_chapter(chapter=by_key("number-system"), actor=editor)
    assert (number(plan, restored), restored.body) == ("1(4)エ", OWN), "its chapter moved here"


def test_a_section_below_text_without_a_place_goes_and_comes_with_it(
    plan: Plan, editor: User
) -> None:
    write(by_key("alternate-site"))
    write(by_key("alternate-site.factors"))
    report = change(plan, "msn")
    assert report.homeless == ["7 市役所の代替拠点設置", "7(1) 代替拠点の選定要素"]
    assert removed() == ["市役所の代替拠点設置"]
    restore_chapter(chapter=by_key("alternate-site"), actor=editor)
    found = headings(plan)
    place = found.index("7 市役所の代替拠点設置")
    assert found[place + 1 : place + 4] == [
        "7(1) 代替拠点の選定要素",
        "7(2) 必要最小資源（様式18）",
        "7(3) 必要なサーバ、媒体及び専用回線（様式1）",
    ]


def test_text_that_found_no_place_once_finds_it_in_the_next_outline(plan: Plan) -> None:
    write(by_key("improvement-plan"))
    assert change(plan, "msn").homeless == ["12(1) 現状の脆弱性とリスク改善計画（様式6）"]
    report = change(plan, "kts")
    assert report.returning == ["3(3) 対処方針"]
    found = by_key("improvement-plan")
    assert (number(plan, found), found.body, found.title) == ("3(3)", OWN, "対処方針")


def test_a_section_somebody_added_stays_below_its_chapter(plan: Plan, editor: User) -> None:
    mine = add_chapter(plan=plan, actor=editor, parent=by_key("policy"), title="市長の考え")
    change(plan, "kts")
    assert number(plan, mine) == "1(3)ア"


def test_an_emptied_chapter_is_filled_with_the_new_sample(plan: Plan) -> None:
    emptied = write(by_key("policy"), "")
    version = emptied.version
    change(plan, "kts")
    emptied.refresh_from_db()
    assert "本計画は、次の方針に沿って" in emptied.body
    assert emptied.version == version + 1, "an editor who still has it open must be told"


def test_numbers_in_own_text_are_named_for_checking(plan: Plan) -> None:
    write(by_key("policy"), "<p>第12章(3)による。</p>")
    write(by_key("terms"))
    assert change(plan, "kts").citing == ["1(3) 計画の基本方針"]


def test_numbering_and_printed_annexes_follow_and_return(plan: Plan) -> None:
    save_plan(plan=plan, actor=None, values={"annex_numbers": [1, 9]}, expected_version=1)
    change(plan, "nisc")
    plan.refresh_from_db()
    assert (plan.numbering, len(plan.annex_numbers)) == ("decimal", 20)
    assert plan.title == "見本市 情報システム運用継続計画"
    change(plan, "ksw")
    plan.refresh_from_db()
    assert (plan.numbering, plan.annex_numbers) == ("kana", [1, 9])
    assert plan.title == "見本市 ICT業務継続計画書"


def test_the_report_before_is_the_report_after_and_writes_nothing(plan: Plan) -> None:
    write(by_key("policy"))
    write(by_key("number-system"))
    count, before = Entry.objects.count(), everything(plan)
    outline = OUTLINES["kts"]
    expected = report_of(planned_change(plan, outline), plan, outline)
    assert (Entry.objects.count(), everything(plan)) == (count, before)
    assert change(plan, "kts") == expected


def test_whoever_changes_second_is_told(plan: Plan) -> None:
    save_plan(plan=plan, actor=None, values={"subtitle": "初版"}, expected_version=1)
    with pytest.raises(Conflict):
        change_profile(plan=plan, actor=None, outline=OUTLINES["kts"], expected_version=1)
    assert Plan.objects.get().profile == "ksw"


def test_the_same_outline_is_refused_in_words(plan: Plan) -> None:
    with pytest.raises(DomainError, match="すでにこの章立てです"):
        change(plan, "ksw")

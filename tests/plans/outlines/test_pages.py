"""Choosing an outline, seeing what a change would do, making it, and reading what it did."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from plans.chapters.services import save_chapter
from plans.models import Chapter, Plan
from plans.outlines import OUTLINES
from plans.outlines.new_plan import create_plan
from tests.conftest import ClientFactory

HOME = "/139998/plan/"


@pytest.fixture
def editor(client_for: ClientFactory) -> Client:
    return client_for(Role.EDITOR)


@pytest.fixture
def viewer(client_for: ClientFactory) -> Client:
    return client_for(Role.VIEWER)


@pytest.fixture
def plan(municipality: Municipality) -> Plan:
    with scope(municipality=municipality):
        return create_plan(municipality=municipality, actor=None, outline=OUTLINES["ksw"])


@pytest.fixture
def write(municipality: Municipality) -> Callable[[str], None]:
    def save(key: str) -> None:
        with scope(municipality=municipality):
            chapter = Chapter.objects.get(key=key)
            save_chapter(
                chapter=chapter,
                actor=None,
                title=chapter.title,
                body="<p>第12章(3)による。</p>",
                guidance=chapter.guidance,
                expected_version=chapter.version,
            )

    return save


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_the_start_page_offers_every_outline_with_a_sentence_and_its_chapters(
    municipality: Municipality, editor: Client, viewer: Client
) -> None:
    page = text(editor.get(HOME))
    for code, outline in OUTLINES.items():
        assert outline.label in page and outline.description in page
        assert f'name="outline" value="{code}"' in page
    assert page.index("はじめての計画") < page.index("柏崎市の構成")
    assert "見本市における被害想定" not in page, "only 章 are listed"
    assert "計画の運用体制と役割" in page
    assert 'name="outline"' not in text(viewer.get(HOME))


def test_who_may_not_begin_is_told_who_can_change_that(
    municipality: Municipality, viewer: Client, client_for: ClientFactory
) -> None:
    assert "編集者になるには、団体管理者に依頼してください。" in text(viewer.get(HOME))
    alone = client_for(Role.ADMIN)
    assert "下のボタンで、自分を編集者にできます。" in text(alone.get(HOME))
    client_for(Role.ADMIN)
    page = text(alone.get(HOME))
    assert '<a href="/139998/people/">利用者と役割</a>」で、計画を書く人を編集者にして' in page


@pytest.mark.parametrize("profile", OUTLINES)
def test_each_outline_makes_a_plan_whose_pages_open(
    municipality: Municipality, editor: Client, profile: str
) -> None:
    answer = editor.post(f"{HOME}start/", {"outline": profile})
    assert answer.headers["Location"] == HOME + ("guide/" if OUTLINES[profile].steps else "")
    for path in ("", "preview/", "progress/", "settings/"):
        assert editor.get(HOME + path).status_code == 200
    with scope(municipality=municipality):
        [first, *_] = Chapter.objects.filter(parent=None)
    assert editor.get(f"{HOME}chapters/{first.uid}/").status_code == 200


def test_nothing_starts_without_a_choice(municipality: Municipality, editor: Client) -> None:
    answer = editor.post(f"{HOME}start/", {"outline": "nothing"})
    assert answer.status_code == 422
    assert "章立てを一つ選んでから" in text(answer)
    with scope(municipality=municipality):
        assert not Plan.objects.exists()


def test_an_editor_sees_first_and_changes_then(
    plan: Plan, editor: Client, write: Callable[[str], None]
) -> None:
    write("policy")
    write("number-system")
    choices = text(editor.get(f"{HOME}outline/"))
    assert "今の章立て" in choices and f"{HOME}outline/kts/" in choices
    assert f"{HOME}outline/ksw/" not in choices

    before = text(editor.get(f"{HOME}outline/kts/"))
    for line in ("3(2) 基本方針", "1(3) 計画の基本方針", "3(3)エ 番号制度に係る情報連携への対応"):
        assert line in before
    assert "「取り除いた章」に移るもの（1件）" in before
    assert "章の番号を書いた文（1件）" in before
    with scope(municipality=plan.municipality):
        assert Plan.objects.get().profile == "ksw"

    answer = editor.post(f"{HOME}outline/kts/", {"version": "1"}, follow=True)
    assert answer.redirect_chain == [(f"{HOME}outline/result/", 302)]
    after = text(answer)
    assert "章立てを「葛飾区の構成（7章）」に変えました。" in after
    assert "3(3)エ 番号制度に係る情報連携への対応" in after
    overview = text(editor.get(HOME))
    assert "取り除いた章（1）" in overview and "見直しの背景" in overview
    removed = text(editor.get(f"{HOME}removed/"))
    assert "番号制度に係る情報連携への対応" in removed
    assert "初動版の策定" not in removed, "samples that nobody touched are not listed"


def test_the_second_of_two_editors_is_told_and_nothing_is_changed(
    plan: Plan, editor: Client
) -> None:
    with scope(municipality=plan.municipality):
        Plan.objects.update(version=5)
    answer = editor.post(f"{HOME}outline/kts/", {"version": "4"})
    assert answer.status_code == 409
    assert "この画面を開いた後に、内容が保存し直されました" in text(answer)
    assert 'name="version" value="5"' in text(answer)
    with scope(municipality=plan.municipality):
        assert Plan.objects.get().profile == "ksw"


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999999999999"])
def test_a_strange_version_changes_nothing(plan: Plan, editor: Client, version: str) -> None:
    assert editor.post(f"{HOME}outline/kts/", {"version": version}).status_code == 409


def test_the_outline_it_has_and_one_that_does_not_exist_are_refused(
    plan: Plan, editor: Client
) -> None:
    same = editor.get(f"{HOME}outline/ksw/")
    assert same.status_code == 422 and "すでにこの章立てです" in text(same)
    assert editor.get(f"{HOME}outline/nothing/").status_code == 404


def test_without_a_change_there_is_no_result(plan: Plan, editor: Client) -> None:
    assert "表示できる結果はありません" in text(editor.get(f"{HOME}outline/result/"))


def test_readers_may_not_change_the_outline(plan: Plan, viewer: Client) -> None:
    assert viewer.get(f"{HOME}outline/").status_code == 403
    assert viewer.post(f"{HOME}outline/kts/", {"version": "1"}).status_code == 403
    assert "章立てを変える" not in text(viewer.get(HOME))


def test_a_plan_that_counts_in_decimals_shows_them_everywhere(
    municipality: Municipality, editor: Client
) -> None:
    editor.post(f"{HOME}start/", {"outline": "nisc"})
    assert "2.1.1 対象事象" in text(editor.get(f"{HOME}preview/"))
    with scope(municipality=municipality):
        uid = Chapter.objects.get(key="target-events").uid
    assert "2.1.1項" in text(editor.get(f"{HOME}chapters/{uid}/"))


def test_numbering_and_printed_annexes_can_be_chosen(plan: Plan, editor: Client) -> None:
    page = text(editor.get(f"{HOME}outline/"))
    assert "様式17 重要情報システムとその目標復旧時間" in page
    values = {"version": "1", "numbering": "decimal", "annex_numbers": ["1", "9"]}
    assert editor.post(f"{HOME}outline/", values).status_code == 302
    with scope(municipality=plan.municipality):
        saved = Plan.objects.get()
        assert (saved.numbering, saved.annex_numbers, saved.version) == ("decimal", [1, 9], 2)
        changes = {c["name"]: c for c in Entry.objects.order_by("-sequence")[0].changes}
    assert changes["annex_numbers"]["after"] == "様式1、様式9"
    assert changes["numbering"]["after"] == "1　1.1　1.1.1　1.1.1.1"


def test_no_annex_may_be_chosen_but_none_that_does_not_exist(plan: Plan, editor: Client) -> None:
    values = {"version": "1", "numbering": "kana", "annex_numbers": ["99"]}
    assert editor.post(f"{HOME}outline/", values).status_code == 422
    assert editor.post(f"{HOME}outline/", {**values, "annex_numbers": []}).status_code == 302
    with scope(municipality=plan.municipality):
        assert Plan.objects.get().annex_numbers == []


def test_a_second_choice_is_kept_on_the_page_until_it_is_confirmed(
    plan: Plan, editor: Client
) -> None:
    with scope(municipality=plan.municipality):
        Plan.objects.update(version=3, annex_numbers=[5])
    values = {"version": "1", "numbering": "decimal", "annex_numbers": ["9"]}
    answer = editor.post(f"{HOME}outline/", values)
    page = text(answer)
    assert answer.status_code == 409
    assert "この画面を開いた後に、内容が保存し直されました" in page and "<dd>様式5</dd>" in page
    assert 'name="version" value="3"' in page
    with scope(municipality=plan.municipality):
        assert Plan.objects.get().annex_numbers == [5]

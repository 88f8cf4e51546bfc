"""The pages of the plan: who may open them, what they show, and that nothing typed is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex.drafts import drafts_of, keep_draft
from bcp_portal.audit.models import Entry
from plans.chapters.services import add_chapter, remove_chapter, save_chapter
from plans.models import Chapter, Plan, Policy
from plans.outlines.new_plan import create_plan
from plans.outlines.template import ChapterTemplate, OutlineTemplate
from plans.text.live_blocks import block_html
from tests.conftest import ClientFactory

OUTLINE = OutlineTemplate(
    "ksw",
    "{団体名} ICT業務継続計画書",
    (
        ChapterTemplate("目的", "目的の文。", "趣旨を書きます。"),
        ChapterTemplate("体制", sections=(ChapterTemplate("発生時", "発生時の文。"),)),
        ChapterTemplate("訓練"),
    ),
)


@pytest.fixture
def plan(municipality: Municipality) -> Iterator[Plan]:
    with scope(municipality=municipality):
        yield create_plan(municipality=municipality, actor=None, outline=OUTLINE)


@pytest.fixture
def editor(client_for: ClientFactory) -> Client:
    return client_for(Role.EDITOR)


@pytest.fixture
def viewer(client_for: ClientFactory) -> Client:
    return client_for(Role.VIEWER)


def chapter(title: str) -> Chapter:
    return Chapter.objects.get(title=title)


def address(page: str, of: Chapter | None = None) -> str:
    return f"/139998/plan/{f'chapters/{of.uid}/' if of else ''}{page}"


def text(response: Any) -> str:
    return str(response.content.decode())


def values(of: Chapter, **changed: str) -> dict[str, str]:
    return {
        "title": of.title, "body": of.body, "guidance": of.guidance,
        "version": str(of.version), **changed,
    }  # fmt: skip


def test_without_a_plan_the_overview_offers_to_start(
    municipality: Municipality, editor: Client, viewer: Client
) -> None:
    page = text(editor.get(address("")))
    assert "この章立てで計画を作る" in page
    assert "市役所の代替拠点設置" in page
    assert "この章立てで計画を作る" not in text(viewer.get(address("")))
    start = {"outline": "ksw"}
    assert viewer.post(address("start/"), start).status_code == 403
    assert editor.post(address("start/"), start).status_code == 302
    with scope(municipality=municipality):
        assert Plan.objects.get().title == "見本市 ICT業務継続計画書"
        assert Chapter.objects.filter(parent=None).count() == 15
    again = editor.post(address("start/"), start)
    assert again.status_code == 422
    assert "すでに作られています" in text(again)


def test_the_overview_shows_numbers_and_only_editors_find_buttons(
    plan: Plan, editor: Client, viewer: Client
) -> None:
    page = text(editor.get(address("")))
    assert "本文なし" in page
    assert "「訓練」を編集" in page
    seen = text(viewer.get(address("")))
    assert "訓練" in seen
    assert "「訓練」を編集" not in seen


def test_strangers_of_the_municipality_find_nothing(
    plan: Plan, client_for: ClientFactory, other_municipality: Municipality
) -> None:
    stranger = client_for(Role.EDITOR, municipality=other_municipality)
    assert stranger.get(address("")).status_code == 404
    assert stranger.get(f"/279994/plan/chapters/{chapter('目的').uid}/").status_code == 404
    assert stranger.get(f"/279994/plan/chapters/{chapter('目的').uid}/edit/").status_code == 404


@pytest.mark.parametrize("page", ["edit/", "remove/"])
def test_viewers_may_not_open_pages_that_change(plan: Plan, viewer: Client, page: str) -> None:
    assert viewer.get(address(page, chapter("目的"))).status_code == 403


@pytest.mark.parametrize("page", ["move/", "restore/", "remove/", "edit/"])
def test_viewers_may_not_post_changes(plan: Plan, viewer: Client, page: str) -> None:
    assert viewer.post(address(page, chapter("目的"))).status_code == 403
    assert chapter("目的").version == 1


def test_the_editor_gets_the_text_with_guidance_and_what_the_bundle_reads(
    plan: Plan, editor: Client
) -> None:
    page = text(editor.get(address("edit/", chapter("目的"))))
    assert "趣旨を書きます。" in page
    assert "data-chapter-editor" in page
    assert 'data-preview-url="/139998/blocks/"' in page
    assert 'data-upload-url="/139998/images/"' in page
    assert "&quot;code&quot;: &quot;c-1&quot;" in page
    assert f'data-draft-key="chapter:{chapter("目的").uid}"' in page


def test_saving_writes_logs_and_forgets_the_draft(plan: Plan, editor: Client) -> None:
    target = chapter("訓練")
    person = User.objects.get(pk=editor.session["_auth_user_id"])
    key = f"chapter:{target.uid}"
    keep_draft(municipality=plan.municipality, user=person, key=key, fields=[["body", "途中"]])
    assert len(drafts_of(user=person, key=key)) == 1
    posted = values(target, body="<p>毎年1回</p>", draft_key=key)
    response = editor.post(address("edit/", target), posted)
    assert response.status_code == 302
    saved = chapter("訓練")
    assert (saved.body, saved.version, saved.updated_by) == ("<p>毎年1回</p>", 2, person)
    assert Entry.objects.order_by("-sequence")[0].action == "本文の変更"
    assert drafts_of(user=person, key=key) == []


def test_save_and_next_opens_the_following_chapter(plan: Plan, editor: Client) -> None:
    response = editor.post(address("edit/", chapter("体制")), values(chapter("体制"), then="next"))
    assert response["Location"] == address("edit/", chapter("発生時"))


def test_a_gaiji_is_named_at_its_field_and_the_text_stays(plan: Plan, editor: Client) -> None:
    response = editor.post(
        address("edit/", chapter("訓練")), values(chapter("訓練"), body="<p>長い文\ue123</p>")
    )
    assert response.status_code == 422
    page = text(response)
    assert "U+E123" in page
    assert "長い文" in page
    assert chapter("訓練").body == ""


def test_a_heading_with_gaiji_and_an_empty_one_are_refused(plan: Plan, editor: Client) -> None:
    target = chapter("訓練")
    assert "U+E123" in text(editor.post(address("edit/", target), values(target, title="\ue123")))
    empty = editor.post(address("edit/", target), values(target, title=" "))
    assert empty.status_code == 422
    assert chapter("訓練").title == "訓練"


def test_when_two_people_write_both_texts_are_shown_side_by_side(
    plan: Plan, editor: Client
) -> None:
    opened = chapter("訓練")
    save_chapter(
        chapter=opened, actor=None, title="訓練", body="先の人の文", guidance="", expected_version=1
    )
    response = editor.post(
        address("edit/", opened), values(opened, body="<p>後の人の文</p>", version="1")
    )
    assert response.status_code == 409
    page = text(response)
    assert "先の人の文" in page
    assert page.count("後の人の文") == 2, "once to compare, once in the field"
    assert "data-conflict" in page
    assert chapter("訓練").body == "<p>先の人の文</p>"
    assert 'name="version" value="2"' in page
    again = editor.post(
        address("edit/", opened), values(opened, body="<p>二人の文</p>", version="2")
    )
    assert again.status_code == 302
    assert chapter("訓練").body == "<p>二人の文</p>"


def test_a_text_saved_into_a_removed_chapter_is_kept(plan: Plan, editor: Client) -> None:
    target = chapter("訓練")
    remove_chapter(chapter=target, actor=None, with_children=False)
    page = text(editor.get(address("edit/", target)))
    assert "計画から取り除かれています" in page
    assert editor.post(address("edit/", target), values(target, body="書いた文")).status_code == 302
    assert chapter("訓練").body == "<p>書いた文</p>"


def test_moving_returns_to_the_chapter_in_the_tree(plan: Plan, editor: Client) -> None:
    target = chapter("訓練")
    response = editor.post(address("move/", target), {"move": "up"})
    assert response["Location"] == f"/139998/plan/?open={target.uid}#chapter-{target.uid}"
    assert chapter("訓練").position == 2
    assert editor.post(address("move/", target), {"move": "sideways"}).status_code == 404
    refused = editor.post(address("move/", chapter("目的")), {"move": "up"})
    assert refused.status_code == 422
    assert "これより上はありません" in text(refused)


def test_adding_asks_for_a_heading_and_opens_the_chapter(plan: Plan, editor: Client) -> None:
    parent = chapter("体制")
    page = text(editor.get(f"{address('add/')}?parent={parent.uid}"))
    assert "節の追加" in page
    empty = editor.post(f"{address('add/')}?parent={parent.uid}", {"title": ""})
    assert empty.status_code == 422
    done = editor.post(f"{address('add/')}?parent={parent.uid}", {"title": "平常時"})
    assert done["Location"] == address("edit/", chapter("平常時"))
    assert chapter("平常時").parent == parent
    assert editor.get(f"{address('add/')}?parent=x").status_code == 404


def test_removing_names_what_goes_with_it_and_it_comes_back(plan: Plan, editor: Client) -> None:
    target = chapter("体制")
    page = text(editor.get(address("remove/", target)))
    assert "2(1) 発生時" in page
    assert editor.post(address("remove/", target)).status_code == 422
    assert editor.post(address("remove/", target), {"with_children": "yes"}).status_code == 302
    assert "発生時" not in text(editor.get(address("")))
    assert "体制" in text(editor.get(address("removed/")))
    assert editor.post(address("restore/", target)).status_code == 302
    assert "発生時" in text(editor.get(address("")))


def test_a_chapter_is_read_with_its_links_and_tables(plan: Plan, viewer: Client) -> None:
    Policy.objects.create(municipality=plan.municipality, name="安全確保", content="人命を第一に")
    target = add_chapter(plan=plan, actor=None, parent=None, title="方針")
    body = "<p>様式17と第1章</p>" + block_html("c-1", ["name"]) + block_html("x-none")
    save_chapter(
        chapter=target, actor=None, title="方針", body=body, guidance="秘密の要領",
        expected_version=1,
    )  # fmt: skip
    page = text(viewer.get(address("", target)))
    assert f'<a href="{address("", chapter("目的"))}">第1章</a>' in page
    assert '<a href="/139998/annex/17/">様式17</a>' in page
    assert "安全確保" in page
    assert "人命を第一に" not in page
    assert "表「x-none」はこのシステムにありません" in page
    assert "秘密の要領" not in page


def test_the_whole_plan_is_shown_with_annexes(plan: Plan, viewer: Client) -> None:
    target = chapter("訓練")
    save_chapter(
        chapter=target,
        actor=None,
        title="訓練",
        body="第1章を見る",
        guidance="",
        expected_version=1,
    )
    page = text(viewer.get(address("preview/")))
    assert "目的の文。" in page
    assert 'id="annex-8"' in page
    assert f'<a href="#{"chapter-" + str(chapter("目的").uid)}">第1章</a>' in page
    assert "制定に向けて作成しています。" in page


def test_cover_and_colophon_are_saved_and_guarded(plan: Plan, editor: Client) -> None:
    page = address("settings/")
    assert editor.get(page).status_code == 200
    posted = {"title": "新しい名称", "version": "1", "email": "not-an-address"}
    refused = editor.post(page, posted)
    assert refused.status_code == 422
    assert "新しい名称" in text(refused)
    assert editor.post(page, {**posted, "email": ""}).status_code == 302
    assert Plan.objects.get().title == "新しい名称"
    second = editor.post(page, {**posted, "email": "", "title": "別の名称"})
    assert second.status_code == 409
    assert "新しい名称" in text(second)
    assert "別の名称" in text(second)
    assert Plan.objects.get().title == "新しい名称"


def test_pages_that_need_a_plan_are_not_found_without_one(
    municipality: Municipality, editor: Client
) -> None:
    for page in ("settings/", "add/", "preview/"):
        assert editor.get(address(page)).status_code == 404


@pytest.mark.parametrize("page", ["", "plan/", "plan/progress/", "plan/preview/"])
def test_more_chapters_and_rows_cost_no_more_queries(plan: Plan, editor: Client, page: str) -> None:
    Policy.objects.create(municipality=plan.municipality, name="一", content="内容")
    editor.get(f"/139998/{page}")
    # Both are first visits after a write: what is kept until then is counted anew.
    add_chapter(plan=plan, actor=None, parent=None, title="章一")
    with CaptureQueriesContext(connection) as with_one:
        assert editor.get(f"/139998/{page}").status_code == 200
    for name in "二三":
        Policy.objects.create(municipality=plan.municipality, name=name, content="内容")
        add_chapter(plan=plan, actor=None, parent=None, title=f"章{name}")
    with CaptureQueriesContext(connection) as with_three:
        assert editor.get(f"/139998/{page}").status_code == 200
    assert len(with_three) == len(with_one)

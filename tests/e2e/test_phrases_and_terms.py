"""One walk: a phrase and a glossary mark are put into a chapter, found missing, set, and read."""

import re

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from plans.chapters.services import save_chapter
from plans.models import Chapter, GlossaryTerm
from plans.outlines.new_plan import create_plan
from plans.outlines.template import ChapterTemplate, OutlineTemplate
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory

pytestmark = pytest.mark.browser

PLACES_FROM_THE_END = 3
OUTLINE = OutlineTemplate("ksw", "{団体名}", (ChapterTemplate("停止と再開"),))


@pytest.fixture
def chapter(municipality: Municipality) -> Chapter:
    with scope(municipality=municipality):
        create_plan(municipality=municipality, actor=None, outline=OUTLINE)
        for term, reading in (("ASP", "えーえすぴー"), ("バッチ処理", "ばっちしょり")):
            GlossaryTerm.objects.create(
                municipality=municipality, term=term, reading=reading, text="説明"
            )
        return save_chapter(
            chapter=Chapter.objects.get(),
            actor=None,
            title="停止と再開",
            body="<p>ASPとバッチ処理を止める。</p>",
            guidance="",
            expected_version=1,
        )


def test_phrases_and_glossary_marks(
    page: Page,
    live_server: LiveServer,
    chapter: Chapter,
    member: MemberFactory,
    sign_in: SignIn,
    axe: PageCheck,
    shot: Shot,
) -> None:
    sign_in(page, member(Role.EDITOR).user)
    page.goto(f"{live_server.url}/139998/plan/chapters/{chapter.uid}/edit/")
    put_phrase_in_by_keyboard(page, axe, shot)
    mark_part_of_a_word(page, axe, shot)
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page.get_by_text("を保存しました。")).to_be_visible()
    expect(page.locator(".phrase")).to_have_text("〔運用継続の責任者〕")

    set_the_missing_phrase(page, shot)
    mark_the_first_use_of_the_other_word(page, live_server.url, shot)
    page.goto(f"{live_server.url}/139998/plan/chapters/{chapter.uid}/")
    text = page.locator(".plan-text")
    expect(text).to_have_text(re.compile("ASP（※）とバッチ（※）処理を止める。担当は情報政策課長"))
    shot(page, "words-reading")
    text.get_by_role("link", name="バッチ（※）").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("バッチ処理")


def put_phrase_in_by_keyboard(page: Page, axe: PageCheck, shot: Shot) -> None:
    body = page.get_by_role("textbox", name="本文")
    expect(body).to_contain_text("バッチ処理")
    body.focus()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("担当は")
    expect(page.locator("#id_body")).to_have_value(re.compile("止める。担当は"))
    page.keyboard.press("Alt+F10")
    page.keyboard.press("End")
    for _ in range(PLACES_FROM_THE_END):
        page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("button", name="差し込み語句")).to_be_focused()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="差し込み語句を入れる")
    expect(dialog).to_be_visible()
    axe(page)
    dialog.get_by_label("名前で絞り込む").fill("運用継続の責任者")
    expect(dialog.get_by_label("入れる語句").locator("option")).to_have_count(1)
    shot(page, "words-phrase-dialog")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator("#id_body")).to_have_value(
        re.compile('担当は<span data-placeholder="role_owner"></span></p>')
    )


def mark_part_of_a_word(page: Page, axe: PageCheck, shot: Shot) -> None:
    page.evaluate(
        "() => { const editor = document.getElementById('id_body').chapterEditor;"
        " const from = editor.state.doc.textContent.indexOf('バッチ') + 1;"
        " editor.chain().focus().setTextSelection({from, to: from + 3}).run(); }"
    )
    page.get_by_role("button", name="用語の印（※）").click()
    dialog = page.get_by_role("dialog", name="用語の印（※）を付ける")
    expect(dialog.locator("select option:checked")).to_have_text("バッチ処理")
    axe(page)
    dialog.get_by_role("button", name="印を付ける").click()
    expect(page.locator("#id_body")).to_have_value(
        re.compile('<span data-term="[0-9a-f-]{36}">バッチ</span>処理')
    )
    shot(page, "words-editor")


def set_the_missing_phrase(page: Page, shot: Shot) -> None:
    page.get_by_role("link", name="章立てと本文").first.click()
    expect(page.get_by_role("heading", name="決まっていない語句（1か所）")).to_be_visible()
    shot(page, "words-overview")
    page.get_by_role("link", name="差し込み語句で決める").click()
    expect(page.get_by_role("heading", name="差し込み語句", level=1)).to_be_visible()
    shot(page, "words-missing")
    page.get_by_role("link", name="「運用継続の責任者」の文字を決める").click()
    expect(page.get_by_role("heading", name="運用継続の責任者", level=1)).to_be_visible()
    page.get_by_label("印刷する文字").fill("情報政策課長")
    shot(page, "words-phrase")
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page.get_by_text("本文で使われている語句は、全て決まっています。")).to_be_visible()
    shot(page, "words-phrases")


def mark_the_first_use_of_the_other_word(page: Page, address: str, shot: Shot) -> None:
    page.goto(f"{address}/139998/plan/glossary/")
    expect(page.get_by_role("heading", name="印のない用語（1件）")).to_be_visible()
    shot(page, "words-glossary")
    page.get_by_role("link", name="用語に印を付ける").click()
    expect(page.get_by_role("heading", name="用語に印を付ける", level=1)).to_be_visible()
    shot(page, "words-marks")
    page.get_by_role("button", name="選んだ所に印を付ける").click()
    expect(page.get_by_text("1か所に印（※）を付けました。")).to_be_visible()

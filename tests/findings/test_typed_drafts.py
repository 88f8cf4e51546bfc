"""A draft is never lost: Back, reload, signing in again in another tab, on every page with a form.

The pages are all that a GET opens and that hold a form to type in.
"""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex.models import Draft
from plans.models import Chapter, Plan
from plans.word.models.word_import import WordImport
from tests.browser import Complaints, SignIn
from tests.cases import portion
from tests.conftest import PASSWORD, MemberFactory
from tests.contract.access_cast import DOORS
from tests.contract.visits import TENANT, Visit
from tests.e2e.test_every_page import CastOfOneDoor, is_page

pytestmark = pytest.mark.browser

HOLDS_A_FORM = re.compile(
    r'(?s)<main.*<form[^>]*method="post".*<(textarea|select|input[^>]* type="(text|checkbox|radio)"'
    r'|input type="(text|checkbox|radio)")'
)
TYPED, MORE = "書きかけの本文", "あと一字"
OFFER = ".draft-offer"
FIRST_CODE = 450000
FEWEST_FORMS = 12
# Where a person types, as a person sees it: not hidden, not read only, no password.
FIELDS = (
    "main form[method=post] :is(textarea, input[type=text]):not([readonly], [disabled],"
    " [role=combobox], [aria-hidden=true]):visible"
)

# Where a person only chooses: the list or the mark that is not set yet.
CHOICES = (
    "main form[method=post] :is(select, input[type=checkbox], input[type=radio]:not(:checked))"
    ":not([disabled]):visible"
)


@pytest.fixture
def writer(member: MemberFactory) -> Membership:
    return member(*Role, username="nakamura")


@pytest.fixture
def tab(page: Page, sign_in: SignIn, writer: Membership) -> Page:
    sign_in(page, writer.user)
    page.on("dialog", lambda dialog: dialog.accept())
    return page


@pytest.fixture
def chapter(in_scope: Municipality) -> Chapter:
    plan = Plan.objects.create(municipality=in_scope, title="ICT-BCP")
    return Chapter.objects.create(municipality=in_scope, plan=plan, title="基本方針")


@pytest.fixture
def address(live_server: LiveServer, in_scope: Municipality, chapter: Chapter) -> str:
    return live_server.url + reverse("plan:chapter", args=[in_scope.code, chapter.uid])


def surface(tab: Page) -> Locator:
    return tab.locator(".ProseMirror").first


def put_cursor_at_end(tab: Page) -> None:
    surface(tab).click()
    tab.keyboard.press("Control+End")


def type_and_wait(tab: Page, text: str) -> None:
    """Type at the end of the chapter, and wait until the server keeps it."""
    put_cursor_at_end(tab)
    with tab.expect_response(
        lambda answer: "/drafts/" in answer.url and answer.request.method == "POST"
    ):
        tab.keyboard.type(text)


def press(tab: Page, name: str) -> None:
    tab.get_by_role("button", name=name, exact=True).first.click()


def test_back_type_one_more_sign_and_save(tab: Page, address: str, chapter: Chapter) -> None:
    """What was typed first is offered before, and after, something else is typed and saved."""
    tab.goto(address)
    type_and_wait(tab, TYPED)
    tab.get_by_role("link", name="ホーム", exact=True).first.click()
    expect(tab).not_to_have_url(address)
    tab.go_back()
    shown = surface(tab)
    expect(tab.locator(OFFER).or_(shown.filter(has_text=TYPED)).first).to_be_visible()
    type_and_wait(tab, MORE)
    press(tab, "保存する")
    expect(tab.locator(".notice-success")).to_be_visible()
    chapter.refresh_from_db()
    if TYPED in chapter.body:
        return
    assert MORE in chapter.body
    tab.goto(address)
    tab.locator(OFFER).get_by_role("button", name="入力を復元する").click()
    expect(surface(tab)).to_contain_text(TYPED)


def test_reload_offers_what_was_typed(tab: Page, address: str) -> None:
    tab.goto(address)
    type_and_wait(tab, TYPED)
    tab.reload()
    tab.locator(OFFER).get_by_role("button", name="入力を復元する").click()
    expect(surface(tab)).to_contain_text(TYPED)


def test_two_undecided_drafts_are_both_offered(tab: Page, address: str) -> None:
    tab.goto(address)
    type_and_wait(tab, TYPED)
    tab.reload()
    expect(tab.locator(OFFER)).to_have_count(1)
    type_and_wait(tab, MORE)
    tab.reload()
    expect(tab.locator(OFFER)).to_have_count(2)
    expect(tab.locator(OFFER).filter(has_text=f"「{TYPED}」")).to_have_count(1)
    expect(tab.locator(OFFER).filter(has_text=f"「{MORE}」")).to_have_count(1)
    tab.locator(OFFER).last.get_by_role("button", name="入力を復元する").click()
    expect(surface(tab)).to_contain_text(TYPED)


def test_no_draft_is_written_over_however_many_there_are(
    tab: Page, address: str, chapter: Chapter, writer: Membership
) -> None:
    """What is typed in two tabs, and beside five drafts nobody has decided about, is seven drafts."""
    key, place = f"chapter:{chapter.uid}", chapter.municipality
    for number, mark in enumerate(("", "#2", "#3", "#4", "#5")):
        payload = {"fields": [["body", f"<p>その{number}</p>"], ["version", "1"]]}
        Draft.objects.create(municipality=place, user=writer.user, key=key + mark, payload=payload)
    other = tab.context.new_page()
    for opened in (tab, other):
        opened.goto(address)
        expect(opened.locator(OFFER)).to_have_count(5)
    type_and_wait(tab, TYPED)
    type_and_wait(other, MORE)
    kept = [str(draft.payload) for draft in Draft.objects.all()]
    for text in (*(f"その{number}" for number in range(5)), TYPED, MORE):
        assert sum(text in each for each in kept) == 1, text


def test_signing_in_again_in_another_tab_just_saves(
    tab: Page, address: str, chapter: Chapter, live_server: LiveServer
) -> None:
    tab.goto(address)
    type_and_wait(tab, TYPED)
    other = tab.context.new_page()
    other.goto(live_server.url)
    other.get_by_role("button", name="サインアウト", exact=True).first.click()
    sign_in_by_form(other, "nakamura")
    press(tab, "保存する")
    expect(tab.locator(".notice-success")).to_be_visible()
    chapter.refresh_from_db()
    assert TYPED in chapter.body


def test_what_was_typed_outlives_a_session_that_ended_idle(
    tab: Page,
    address: str,
    complaints: Complaints,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Left for lunch, typed on, saved in vain: the same person has all of it after signing in."""
    complaints.allow("status of 40[0-9]|Failed to load resource|Fetch API|Failed to fetch")
    tab.goto(address)
    type_and_wait(tab, TYPED)
    now, idle = time.time, (settings.SESSION_IDLE_MINUTES + 1) * 60
    monkeypatch.setattr(time, "time", lambda: now() + idle)
    put_cursor_at_end(tab)
    with tab.expect_request(lambda sent: "/drafts/" in sent.url and sent.method == "POST"):
        tab.keyboard.type(MORE)
    press(tab, "保存する")
    expect(tab.get_by_role("button", name="サインイン")).to_be_visible()
    sign_in_by_form(tab, "nakamura")
    tab.goto(address)
    tab.locator(OFFER).get_by_role("button", name="入力を復元する").first.click()
    expect(surface(tab)).to_contain_text(TYPED + MORE)


def test_somebody_else_does_not_save_it_and_its_author_is_offered_it(
    tab: Page,
    address: str,
    chapter: Chapter,
    live_server: LiveServer,
    member: MemberFactory,
    complaints: Complaints,
) -> None:
    complaints.allow("status of 403|Failed to load resource|Fetch API|Failed to fetch")
    member(Role.EDITOR, username="suzuki")
    tab.goto(address)
    type_and_wait(tab, TYPED)
    other = tab.context.new_page()
    other.goto(live_server.url)
    other.get_by_role("button", name="サインアウト", exact=True).first.click()
    sign_in_by_form(other, "suzuki")
    type_and_wait(tab, MORE)
    expect(tab.locator(".draft-warning")).to_contain_text("下書きに残りません")
    press(tab, "保存する")
    expect(tab.get_by_text("入力した人の下書きに残っています")).to_be_visible()
    expect(tab.get_by_label("送信した内容")).to_have_value(re.compile(f"{TYPED}.*{MORE}|{MORE}"))
    chapter.refresh_from_db()
    assert TYPED not in chapter.body
    other.get_by_role("button", name="サインアウト", exact=True).first.click()
    sign_in_by_form(other, "nakamura")
    other.goto(address)
    other.locator(OFFER).get_by_role("button", name="入力を復元する").click()
    expect(surface(other)).to_contain_text(TYPED)


def sign_in_by_form(tab: Page, username: str) -> None:
    tab.get_by_label("利用者ID").fill(username)
    tab.get_by_label("パスワード").fill(PASSWORD)
    tab.get_by_role("button", name="サインイン").click()
    expect(tab.get_by_role("button", name="使用者を交代").first).to_be_visible()


@pytest.mark.long_form
def test_every_page_with_a_form_offers_what_was_typed(
    tab: Page,
    live_server: LiveServer,
    writer: Membership,
    other_municipality: Municipality,
) -> None:
    client = Client()
    client.force_login(writer.user, "django.contrib.auth.backends.ModelBackend")
    lost, tried = [], []
    for name, path in _pages(client, writer, other_municipality):
        tab.goto(live_server.url + path)
        change = _change(tab)
        if change is None:
            continue
        tried.append(name)
        with tab.expect_response(lambda answer: answer.request.method == "POST"):
            change()
        tab.reload()
        try:
            expect(tab.locator(OFFER).first).to_be_visible(timeout=8_000)
        except AssertionError:
            lost.append(name)
    assert lost == []
    assert len(tried) >= FEWEST_FORMS, tried


def _change(tab: Page) -> Callable[[], None] | None:
    """Return what types into the first field of a page, or chooses where nothing can be typed."""
    field, choice = tab.locator(FIELDS).first, tab.locator(CHOICES).first
    if field.count():
        return lambda: field.press_sequentially("78")
    if not choice.count():
        return None
    if choice.evaluate("each => each.type") != "select-one":
        return choice.click
    other = choice.evaluate("each => [...each.options].findIndex((one) => !one.selected)")
    return None if other < 0 else lambda: _choose(choice, other)


def _choose(choice: Locator, option: int) -> None:
    choice.select_option(index=option)


def _pages(
    client: Client, writer: Membership, neighbour: Municipality
) -> Iterator[tuple[str, str]]:
    """Yield doors that are a page with a form to type in, each in a municipality of its own."""
    for place, (name, door) in enumerate(portion(list(DOORS.items()), one_in=2)):
        if "GET" not in door.methods or name not in TENANT:
            continue
        home = Municipality.objects.create(code=str(FIRST_CODE + place), name="見本市")
        with scope(municipality=home):
            Membership.objects.create(municipality=home, user=writer.user, roles=list(Role))
            visit = Visit(CastOfOneDoor(home, neighbour), TENANT[name], door)
            values: dict[str, Any] = {"municipality_code": home.code, **visit.arguments}
        path = f"{reverse(name, kwargs=values)}?{door.query}"
        if is_page(client, path) and HOLDS_A_FORM.search(client.get(path).content.decode()):
            yield name, path


def test_what_is_chosen_for_a_word_file_is_offered_after_a_reload(
    tab: Page, live_server: LiveServer, in_scope: Municipality, chapter: Chapter, writer: Membership
) -> None:
    """A page on which nothing is typed and much is chosen."""
    pieces = [{"title": f"節{n}", "level": 1, "number": "", "html": "<p>文</p>"} for n in (1, 2)]
    brought = WordImport.objects.create(
        municipality=in_scope,
        file_name="計画.docx",
        pieces=pieces,
        notes=[],
        brought_by=writer.user,
    )
    tab.goto(live_server.url + reverse("plan:word-place", args=[in_scope.code, brought.uid]))
    second = tab.locator("#action-1")
    with tab.expect_response(lambda answer: answer.request.method == "POST"):
        second.select_option("omit")
    tab.reload()
    tab.get_by_role("button", name="入力を復元する").click()
    expect(second).to_have_value("omit")


def test_a_draft_that_was_saved_is_not_kept(
    tab: Page, address: str, in_scope: Municipality
) -> None:
    """A form without a key of its own, too, lets go of what arrived."""
    page = (
        address.split(in_scope.code)[0] + reverse("members:municipality", args=[in_scope.code])[1:]
    )
    tab.goto(page)
    with tab.expect_response(
        lambda answer: "/drafts/" in answer.url and answer.request.method == "POST"
    ):
        tab.get_by_label("代表電話").fill("0422-00-0001")
    assert Draft.objects.count() == 1
    press(tab, "保存する")
    with tab.expect_response(lambda answer: answer.request.method == "DELETE"):
        expect(tab.locator(".notice-success")).to_be_visible()
    assert not Draft.objects.exists()

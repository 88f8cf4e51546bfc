"""Searching in a browser: two keys from any page, results read and opened by keyboard, also without JavaScript."""

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Department, Membership, Municipality
from bcp_portal.accounts.permissions import Role
from tests.browser import PageCheck, SignIn
from tests.conftest import MemberFactory
from tests.e2e.page_rules import expect_no_sideways_scroll

pytestmark = [pytest.mark.browser]

PHONE = {"width": 390, "height": 844}
DOUBLE = {"width": 640, "height": 450}
"""1280 by 900 at 200 % zoom."""


@pytest.fixture
def town(municipality: Municipality) -> Municipality:
    with scope(municipality=municipality):
        for number in range(1, 8):
            Department.objects.create(
                municipality=municipality, name=f"葛󠄀西支所{number}課", row_no=number
            )
    return municipality


@pytest.fixture
def editor(
    page: Page, live_server: LiveServer, town: Municipality, member: MemberFactory, sign_in: SignIn
) -> Membership:
    membership = member(Role.EDITOR, username="nakamura")
    sign_in(page, membership.user)
    return membership


def address(live_server: LiveServer, name: str, town: Municipality, *args: str) -> str:
    return live_server.url + reverse(name, args=[town.code, *args])


def test_two_keys_from_any_page_and_everything_by_keyboard(
    page: Page, live_server: LiveServer, town: Municipality, editor: Membership, axe: PageCheck
) -> None:
    page.goto(address(live_server, "annex:grid", town, "departments"))
    page.keyboard.press("/")
    field = page.get_by_role("searchbox", name="全体から探す")
    expect(field).to_be_focused()
    page.keyboard.type("葛西支所")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="検索", exact=True)).to_be_visible()
    expect(page.get_by_role("status").first).to_contain_text("7件見つかりました")
    expect(page.get_by_role("searchbox", name="全体から探す")).to_have_value("葛西支所")
    axe(page)
    more = page.get_by_role("link", name="葛󠄀西支所3課")
    more.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="葛󠄀西支所3課")).to_be_visible()


def test_a_slash_that_is_typed_stays_a_slash(
    page: Page, live_server: LiveServer, town: Municipality, editor: Membership
) -> None:
    page.goto(address(live_server, "annex:add", town, "departments"))
    name = page.get_by_label("部署名")
    name.press_sequentially("総務/情報")
    expect(name).to_have_value("総務/情報")
    expect(name).to_be_focused()


def test_who_does_not_want_the_key_turns_it_off(
    page: Page, live_server: LiveServer, town: Municipality, editor: Membership
) -> None:
    page.goto(address(live_server, "search:results", town))
    choice = page.get_by_role("checkbox", name="「/」のキーで「全体から探す」の欄に移る")
    expect(choice).to_be_checked()
    choice.uncheck()
    page.goto(address(live_server, "annex:index", town))
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="全体から探す")).not_to_be_focused()


@pytest.mark.parametrize("size", [PHONE, DOUBLE], ids=["phone", "200 %"])
def test_results_reflow(
    page: Page,
    live_server: LiveServer,
    town: Municipality,
    editor: Membership,
    axe: PageCheck,
    size: dict[str, int],
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    for query in ("?q=葛西", "?q=ぬぬぬ", "", "?q=葛西&in=rows-departments"):
        page.goto(address(live_server, "search:results", town) + query)
        expect(page.get_by_role("searchbox", name="全体から探す")).to_be_visible()
        axe(page)
        expect_no_sideways_scroll(page)


def test_the_search_works_without_javascript(
    browser: Browser, page: Page, live_server: LiveServer, town: Municipality, editor: Membership
) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    plain = context.new_page()
    plain.goto(address(live_server, "annex:index", town))
    plain.get_by_role("searchbox", name="全体から探す").fill("葛西支所2")
    plain.get_by_role("button", name="探す").click()
    expect(plain.get_by_role("link", name="葛󠄀西支所2課")).to_be_visible()
    context.close()

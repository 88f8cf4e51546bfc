"""After signing out, Back shows no page of the person who left.

Playwright switches the browser's back/forward cache off; here it runs both ways, because the cache
that people have is the one that showed the numbers.
"""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, Playwright, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from tests.browser import Complaints, SignIn, launch_chromium, open_profile
from tests.conftest import PASSWORD, MemberFactory
from tests.rows import make_row

NUMBER = "090-0000-0001"
DISABLES_IT = "--disable-back-forward-cache"


@pytest.fixture(scope="module", params=["with", "without"])
def browser(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Browser]:
    """Chromium with, and without, its back/forward cache."""
    without = [DISABLES_IT] if request.param == "with" else []
    chromium = launch_chromium(playwright, whole=True, without=without)
    yield chromium
    chromium.close()


@pytest.fixture
def tab(
    live_server: LiveServer,
    browser: Browser,
    in_scope: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
    complaints: Complaints,
) -> Iterator[Page]:
    """A tab of the contact steward, who has just looked at a number and opened another page."""
    spec = registry.spec("9")
    assert spec is not None
    contact = make_row(spec, in_scope, 1)
    contact.mobile = NUMBER
    contact.save()
    member(Role.VIEWER, username="colleague")
    context = open_profile(browser, complaints)
    page = context.new_page()
    sign_in(page, member(Role.CONTACT_STEWARD, username="steward").user)
    page.goto(live_server.url + reverse("annex:edit", args=[in_scope.code, "9", contact.uid]))
    assert NUMBER in page.content()
    page.get_by_role("link", name="ホーム", exact=True).first.click()
    expect(page).to_have_url(re.compile(f"/{in_scope.code}/$"))
    yield page
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("way_out", ["サインアウト", "使用者を交代"])
def test_back_after_signing_out_shows_no_number(tab: Page, way_out: str) -> None:
    tab.get_by_role("button", name=way_out).first.click()
    expect(tab.get_by_label("利用者ID")).to_be_visible()
    _nothing_is_shown_on_the_way_back(tab)


@pytest.mark.browser
def test_back_shows_no_number_to_the_colleague_who_signs_in_next(tab: Page) -> None:
    tab.get_by_role("button", name="使用者を交代").first.click()
    tab.get_by_label("利用者ID").fill("colleague")
    tab.get_by_label("パスワード").fill(PASSWORD)
    tab.get_by_role("button", name="サインイン").click()
    expect(tab.get_by_role("button", name="使用者を交代").first).to_be_visible()
    _nothing_is_shown_on_the_way_back(tab)


def test_signing_out_clears_the_cache_and_leaves_unsent_work_alone(
    member: MemberFactory,
) -> None:
    client = Client()
    client.force_login(member().user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("sign-out"))
    assert answer.headers["Clear-Site-Data"] == '"cache"'


def _nothing_is_shown_on_the_way_back(tab: Page) -> None:
    """Go back step by step. Playwright cannot follow a page out of the cache: that ends in a timeout,
    and so fails as it should.
    """
    for _ in range(4):
        tab.evaluate("() => { setTimeout(() => history.back()); }")
        tab.wait_for_timeout(500)
        tab.wait_for_function("document.readyState === 'complete'", timeout=20_000)
        assert NUMBER not in tab.content()

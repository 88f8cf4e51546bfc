"""The watch over the browser itself: a page that misbehaves is noticed, a good one is not."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import Complaints, PageCheck, SignIn
from tests.conftest import MemberFactory

HEAD = "<!doctype html><html lang='ja'><link rel='icon' href='data:,'><title>試験</title>"


def good(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{HEAD}<main><h1>{request.user}</h1></main>")


@login_not_required
def bad(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        f"{HEAD}<main><h1>悪い例</h1><script>1</script><button></button>"
        "<img alt='' src='http://192.0.2.1/beacon.png'></main>"
    )


urlpatterns = [path("good/", good, name="sign-in"), path("bad/", bad)]
pytestmark = [pytest.mark.browser, pytest.mark.urls(__name__)]


def test_a_good_page_passes_for_a_signed_in_user(
    page: Page,
    live_server: LiveServer,
    sign_in: SignIn,
    axe: PageCheck,
    member: MemberFactory,
) -> None:
    sign_in(page, member("editor", username="yamada").user)
    page.goto(f"{live_server.url}/good/")
    expect(page.locator("h1")).to_have_text("yamada")
    axe(page)


def test_a_bad_page_is_noticed(
    browser_context: BrowserContext, live_server: LiveServer, complaints: Complaints, axe: PageCheck
) -> None:
    page = browser_context.new_page()
    with (
        page.expect_console_message(lambda message: "CSP script-src" in message.text),
        page.expect_console_message(lambda message: "CSP img-src" in message.text),
    ):
        page.goto(f"{live_server.url}/bad/")
    seen = " ".join(complaints.unexpected())
    assert "CSP script-src" in seen
    assert "CSP img-src" in seen
    assert "request to another machine: http://192.0.2.1/beacon.png" in seen
    with pytest.raises(AssertionError, match="button-name"):
        axe(page)

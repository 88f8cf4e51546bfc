"""A first plan in a browser: choose an outline, follow the guide, change to another outline."""

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from plans.models import Chapter, Plan, QuickCheckItem
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.e2e.page_rules import expect_no_sideways_scroll

PHONE = {"width": 390, "height": 844}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def start(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
) -> Page:
    sign_in(page, member(Role.EDITOR).user)
    page.goto(f"{live_server.url}/{municipality.code}/plan/")
    return page


def test_from_nothing_to_a_guided_plan_and_on_to_another_outline(
    start: Page, municipality: Municipality, axe: PageCheck, shot: Shot
) -> None:
    page = start
    axe(page)
    shot(page, "outline-start")
    page.get_by_text("章を見る").first.click()
    expect(page.get_by_text("発災から72時間の行動").first).to_be_visible()
    page.get_by_role("button", name="この章立てで計画を作る：はじめての計画（初動72時間）").press(
        "Enter"
    )

    expect(page.get_by_role("heading", name="手順の案内", level=1)).to_be_visible()
    axe(page)
    shot(page, "outline-guide")
    checks = page.get_by_role("listitem").filter(has_text="被害の確認項目を決める")
    checks.get_by_role("button", name="見本の行を入れて始める").press("Enter")
    expect(page.get_by_text("見本の行を12件入れました")).to_be_visible()
    with scope(municipality=municipality):
        assert QuickCheckItem.objects.count() == 12

    page.get_by_role("link", name="章立てと本文").first.click()
    page.get_by_role("link", name="章立てを変える").press("Enter")
    expect(page.get_by_role("heading", name="章立てを変える", level=1)).to_be_visible()
    axe(page)
    shot(page, "outline-choices")
    page.get_by_role("link", name="変えるとどうなるかを見る：葛飾区の構成（7章）").press("Enter")
    expect(page.get_by_role("heading", name="葛飾区の構成（7章）", level=1)).to_be_visible()
    axe(page)
    page.get_by_role("button", name="この章立てに変える").press("Enter")
    expect(page.get_by_text("章立てを「葛飾区の構成（7章）」に変えました。")).to_be_visible()
    axe(page)
    with scope(municipality=municipality):
        assert Plan.objects.get().profile == "kts"
        assert Chapter.objects.filter(key="other-threats", row_status="active").exists()


def test_start_guide_and_choices_fit_a_phone(start: Page, axe: PageCheck, shot: Shot) -> None:
    page = start
    page.set_viewport_size(PHONE)
    expect_no_sideways_scroll(page)
    page.get_by_role("button", name="この章立てで計画を作る：はじめての計画（初動72時間）").click()
    expect(page.get_by_role("heading", name="手順の案内", level=1)).to_be_visible()
    expect_no_sideways_scroll(page)
    shot(page, "outline-guide-phone")
    axe(page)
    page.goto(page.url.replace("/guide/", "/outline/"))
    expect_no_sideways_scroll(page)
    page.get_by_role("link", name="変えるとどうなるかを見る：葛飾区の構成（7章）").click()
    expect(page.get_by_role("heading", name="葛飾区の構成（7章）", level=1)).to_be_visible()
    expect_no_sideways_scroll(page)
    axe(page)

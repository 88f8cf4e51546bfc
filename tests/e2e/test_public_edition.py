"""The public edition in a browser: nothing at first, then what was chosen, and a leak that is named."""

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from plans.models import Chapter
from systems.models import Site
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.plans.editions.making import a_plan, issued

PHONE_SCREEN = {"width": 390, "height": 844}
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(municipality: Municipality) -> None:
    with scope(municipality=municipality):
        a_plan(municipality)
        Site.objects.update(name="本庁舎", confidentiality="public")
        Chapter.objects.filter(title="体制").update(
            body="<p>夜間は０９０－９９９９－０００１へ。</p>"
        )
        issued(municipality)


def test_choose_look_check_and_take_the_public_edition(
    plan: None,
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
    axe: PageCheck,
    shot: Shot,
) -> None:
    sign_in(page, member(Role.ADMIN, Role.EDITOR).user)
    page.goto(f"{live_server.url}/{municipality.code}/")
    page.get_by_role("link", name="公開版", exact=True).click()
    expect(page.get_by_role("heading", name="公開版", exact=True)).to_be_visible()
    axe(page)
    shot(page, "public-overview")

    page.get_by_role("link", name="公開するものを選ぶ").press("Enter")
    expect(page.get_by_role("heading", name="公開版の設定", level=1)).to_be_visible()
    page.get_by_label("全ての章・節をまとめて").select_option(label="公開する")
    page.get_by_label("様式3 ").select_option(label="公開する")
    axe(page)
    shot(page, "public-settings")
    page.set_viewport_size(PHONE_SCREEN)
    axe(page)
    shot(page, "public-settings-phone")
    page.get_by_role("button", name="保存する").press("Enter")
    expect(page.get_by_text("公開版の設定を保存しました")).to_be_visible()
    axe(page)
    shot(page, "public-overview-phone")

    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="様式3", exact=False).first.press("Enter")
    expect(page.get_by_role("heading", name="公開する項目", level=1)).to_be_visible()
    page.get_by_label("庁舎（建物）名").select_option(label="公開する")
    axe(page)
    shot(page, "public-columns")
    page.get_by_role("button", name="保存する").press("Enter")
    expect(page.get_by_text("公開する項目を保存しました")).to_be_visible()

    page.goto(f"{live_server.url}/{municipality.code}/public/")
    page.get_by_role("link", name="公開版の見え方を確かめる").press("Enter")
    expect(page.get_by_role("cell", name="本庁舎")).to_be_visible()
    axe(page)
    shot(page, "public-preview")
    page.go_back()
    page.get_by_role("link", name="漏れがないか調べる").press("Enter")
    expect(page.get_by_text("「携帯電話").first).to_be_visible()
    axe(page)
    shot(page, "public-check")

    page.goto(f"{live_server.url}/{municipality.code}/public/settings/3/rows/")
    expect(page.get_by_text("全1行のうち")).to_be_visible()
    axe(page)
    shot(page, "public-rows")

    page.goto(f"{live_server.url}/{municipality.code}/editions/")
    page.get_by_role("link", name="初版").press("Enter")
    with page.expect_download() as taken:
        page.get_by_role("link", name="公開版のHTML").click()
    assert taken.value.suggested_filename.endswith("施行_公開版.html")
    shot(page, "public-edition")
    page.goto("about:blank")
    page.set_content(taken.value.path().read_text(encoding="utf-8"))
    expect(page.get_by_role("heading", name="改定履歴")).to_be_visible()
    axe(page)
    shot(page, "public-page")
    page.set_viewport_size(PHONE_SCREEN)
    axe(page)
    shot(page, "public-page-phone")

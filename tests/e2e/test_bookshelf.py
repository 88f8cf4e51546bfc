"""The bookshelf in a browser: copies are registered and replaced, a page is checked, a file is read."""

from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache
from django_scopes import scope
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from plans.bookshelf.models import PlanCopy
from plans.editions.models.edition import Edition
from plans.text.live_blocks import block_html
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.e2e.page_rules import expect_no_sideways_scroll
from tests.plans.editions.making import PERSON, PHONE, a_chapter, a_plan, issued
from tests.plans.rows import a_person, a_role

PHONE_SCREEN = {"width": 390, "height": 844}
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def editions(municipality: Municipality) -> list[Edition]:
    """Two editions in a row; two binders that hold the first."""
    cache.clear()
    with scope(municipality=municipality):
        plan = a_plan(municipality)
        a_role(municipality, "本部長", person=a_person(municipality, PERSON))
        chapter = a_chapter(plan, "連絡と体制", 3)
        chapter.body = block_html("9") + block_html("fig-organisation-disaster")
        chapter.save()
        first = issued(municipality, kind="enactment")
        for place, holder in (("災害対策本部室の書棚", "防災課長"), ("庁舎2階の金庫", "課長")):
            PlanCopy.objects.create(
                municipality=municipality,
                place=place,
                holder=holder,
                edition=first,
                placed_on=date(2026, 4, 1),
                confirmed_on=date(2026, 4, 1),
            )
        chapter.title = "連絡"
        chapter.save()
        return [first, issued(municipality, effective_on=date(2026, 5, 1))]


def test_copies_are_brought_up_to_date_and_the_plan_is_read_without_a_network(
    editions: list[Edition],
    page: Page,
    browser: Browser,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
    axe: PageCheck,
    shot: Shot,
    tmp_path: Path,
) -> None:
    first, second = editions
    page.goto(f"{live_server.url}/check/{first.short_code}/")
    expect(page.get_by_text("令和8年5月1日から新しい版が施行されています")).to_be_visible()
    axe(page)
    shot(page, "check-former")
    page.get_by_label("照会番号").fill(second.short_code.lower())
    page.get_by_label("照会番号").press("Enter")
    expect(page.get_by_text("施行中", exact=True)).to_be_visible()
    expect(page.get_by_text(municipality.name)).to_have_count(0)

    sign_in(page, member(Role.EDITOR).user)
    page.goto(f"{live_server.url}/{municipality.code}/")
    shot(page, "bookshelf-home")
    page.get_by_role("link", name="2件", exact=True).click()
    expect(page.get_by_role("cell", name="旧版のまま")).to_have_count(2)
    axe(page)
    shot(page, "bookshelf-list")
    page.get_by_label("災害対策本部室の書棚（防災課長）を選ぶ").check()
    page.get_by_role("button", name="この版に差し替えた").press("Enter")
    expect(page.get_by_text("1件を、第2版に差し替えたと記録しました。")).to_be_visible()
    expect(page.get_by_role("cell", name="旧版のまま")).to_have_count(1)
    page.get_by_role("link", name="庁舎2階の金庫").press("Enter")
    expect(page.get_by_role("heading", name="庁舎2階の金庫")).to_be_visible()
    axe(page)
    shot(page, "bookshelf-copy")
    page.set_viewport_size(PHONE_SCREEN)
    page.goto(f"{live_server.url}/{municipality.code}/bookshelf/")
    axe(page)
    shot(page, "bookshelf-phone")
    page.get_by_role("link", name="差し替えるページを調べる").click()
    expect(page.get_by_role("heading", name="冊子の差し替え", level=1)).to_be_visible()
    axe(page)
    shot(page, "replacement-phone")

    page.goto(f"{live_server.url}/{municipality.code}/editions/{first.uid}/read/")
    page.goto(f"{live_server.url}/{municipality.code}/bookshelf/reader/")
    expect(page.get_by_role("listitem").filter(has_text="3 連絡")).to_be_visible()
    axe(page)
    shot(page, "reader-phone")
    with page.expect_download() as download:
        page.get_by_role("link", name="HTMLファイル（個人の情報を含む）").click()
    file = tmp_path / "plan.html"
    download.value.save_as(file)
    read_offline(browser, file, axe, shot)


def read_offline(browser: Browser, file: Path, axe: PageCheck, shot: Shot) -> None:
    """Open the file as a telephone would in flight mode."""
    context = browser.new_context(viewport=PHONE_SCREEN, offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    expect(page.get_by_role("banner").get_by_text("第2版")).to_be_visible()
    shot(page, "handset-top")
    contents = page.get_by_role("navigation", name="目次")
    contents.get_by_role("link", name="3 連絡").click()
    expect(page.get_by_role("link", name=PHONE).first).to_be_visible()
    axe(page)
    page.get_by_role("heading", name="1 目的").click()
    expect(page.get_by_text("目的の本文")).to_be_hidden()
    shot(page, "handset-open")
    expect_no_sideways_scroll(page)
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()

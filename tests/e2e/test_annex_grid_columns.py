"""A person sees the columns of the grid that he wants, the next time too, and keeps searches under a name."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.e2e.annex_desk import Desk, add_row

pytestmark = pytest.mark.browser

HEADS = "thead th[abbr]:not([hidden])"


@pytest.fixture
def desk(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
) -> Desk:
    sign_in(page, member(Role.EDITOR).user)
    add_row(municipality, "3", name="本庁舎", site_kind="main", address="一丁目1番")
    return Desk(page, live_server.url, municipality)


def test_own_columns_order_and_width_are_there_the_next_time(
    desk: Desk, axe: PageCheck, shot: Shot
) -> None:
    desk.open("grid", "3")
    panel = desk.page.get_by_text("列の表示", exact=True)
    panel.click()
    axe(desk.page)
    shot(desk.page, "annex-grid-columns")
    desk.page.get_by_role("button", name="必須だけ").click()
    expect(desk.page.locator(HEADS)).not_to_contain_text(["所在地"])
    assert desk.page.locator(HEADS).count() < 6

    panel.click()
    desk.page.get_by_label("所在地を表示", exact=True).check()
    desk.page.get_by_label("所在地の順", exact=True).fill("1")
    desk.page.get_by_label("庁舎（建物）名の順", exact=True).fill("2")
    desk.page.get_by_label("所在地の幅", exact=True).fill("333")
    desk.page.get_by_role("button", name="自分で選んだ列").click()
    heads = desk.page.locator(HEADS)
    expect(heads.first).to_have_text("所在地")
    desk.open("list", "3")
    desk.open("grid", "3")
    expect(heads.first).to_have_text("所在地")
    width = heads.first.evaluate("head => head.getBoundingClientRect().width")
    assert width >= 333

    # What is pasted goes into the columns that are seen.
    desk.paste_block(desk.cell(1, "所在地"), [["二丁目2番", "新庁舎"]])
    desk.page.keyboard.press("Control+s")
    expect(desk.page.locator("[data-grid-status]")).to_have_text("1行を保存しました。")
    expect(desk.cell(1, "庁舎（建物）名")).to_have_value("新庁舎")


def test_a_search_is_kept_under_a_name(desk: Desk, axe: PageCheck, shot: Shot) -> None:
    desk.open("list", "3", query="?q=本庁")
    desk.page.get_by_text("この条件を保存").click()
    desk.page.get_by_label("条件に付ける名前").fill("本庁舎だけ")
    desk.page.keyboard.press("Enter")
    desk.expect_success("条件「本庁舎だけ」を保存しました。")
    desk.open("list", "3")
    desk.page.get_by_role("link", name="本庁舎だけ").click()
    expect(desk.page.locator(".result-count")).to_have_text("1件")
    axe(desk.page)
    shot(desk.page, "annex-list-search-kept")
    desk.page.get_by_role("button", name="保存した条件「本庁舎だけ」を消す").click()
    desk.expect_success("消しました。")

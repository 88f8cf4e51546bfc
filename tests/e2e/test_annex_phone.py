"""Annexes on a phone, and on a desk at 200 % zoom: a list, one row at a time, nothing to scroll sideways."""

import re
from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from systems.models import Site
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.e2e.annex_desk import SAVE_GRID, Desk, add_row
from tests.e2e.page_rules import DESK, PHONE, SMALL_PHONE, expect_no_sideways_scroll

pytestmark = pytest.mark.browser

DESK_AT_200_PERCENT = (640, 450)


@pytest.fixture
def desk(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
) -> Desk:
    sign_in(page, member(Role.EDITOR, username="nakamura").user)
    return Desk(page, live_server.url, municipality)


@pytest.fixture
def hall(municipality: Municipality) -> Any:
    add_row(municipality, "3", name="東支所", site_kind="annex", address="二丁目1番")
    return add_row(municipality, "3", name="本庁舎", site_kind="main", structure="鉄筋" * 15)


def resize(desk: Desk, size: tuple[int, int]) -> None:
    desk.page.set_viewport_size({"width": size[0], "height": size[1]})


@pytest.mark.parametrize("size", [PHONE, SMALL_PHONE], ids=["390", "320"])
def test_on_a_phone_the_grid_is_a_list_and_one_row_is_edited(
    desk: Desk, hall: Any, size: tuple[int, int], axe: PageCheck, shot: Shot
) -> None:
    resize(desk, size)
    desk.open("list", "3")
    expect_no_sideways_scroll(desk.page)
    expect(desk.page.get_by_role("link", name="まとめて編集")).to_be_hidden()
    cell = desk.page.locator("[data-label='拠点区分']").first
    expect(cell).to_have_css("content", '"拠点区分"', pseudo="before")
    shot(desk.page, f"annex-list-{size[0]}")

    desk.open("grid", "3")
    expect_no_sideways_scroll(desk.page)
    expect(desk.page.get_by_role("button", name=SAVE_GRID)).to_be_hidden()
    axe(desk.page)
    shot(desk.page, f"annex-grid-{size[0]}")
    desk.page.get_by_role("link", name="本庁舎").click()
    desk.expect_heading("「本庁舎」の編集")
    expect_no_sideways_scroll(desk.page)
    desk.page.get_by_label("所在地").fill("一丁目1番")
    shot(desk.page, f"annex-edit-{size[0]}")
    desk.save()
    desk.expect_success("「本庁舎」を保存しました。")
    expect_no_sideways_scroll(desk.page)
    one_column = re.compile(r"^[\d.]+px$")  # the value stands below its label
    expect(desk.page.locator(".row-cell").first).to_have_css("grid-template-columns", one_column)
    with scope(municipality=desk.municipality):
        assert Site.objects.get(name="本庁舎").address == "一丁目1番"

    desk.open("grid", "3")
    desk.page.get_by_role("link", name="行を追加").click()
    desk.expect_heading("行の追加")
    desk.page.get_by_label("庁舎（建物）名").fill("図書館")
    desk.page.get_by_label("拠点区分").select_option("分館・分庁舎")
    desk.save()
    desk.expect_success("「図書館」を保存しました。")


def test_a_row_is_moved_and_found_on_a_phone(desk: Desk, hall: Any) -> None:
    resize(desk, PHONE)
    desk.open("list", "3", query="?arrange=yes")
    first = desk.page.locator(".annex-list tbody tr").first
    expect(first).to_contain_text("東支所")
    desk.page.get_by_role("button", name="「本庁舎」を上へ").click()
    expect(first).to_contain_text("本庁舎")
    desk.page.get_by_label("検索").fill("東")
    desk.page.get_by_role("button", name="絞り込む", exact=True).click()
    expect(desk.page.locator(".result-count")).to_have_text("1件")
    expect_no_sideways_scroll(desk.page)


def test_nothing_is_lost_at_200_percent(desk: Desk, hall: Any) -> None:
    for name in ("list", "grid", "row", "edit", "history"):
        row = () if name in ("list", "grid") else (hall.uid,)
        resize(desk, DESK)
        desk.open(name, "3", *row)
        words = set(desk.page.get_by_role("main").inner_text().split())
        resize(desk, DESK_AT_200_PERCENT)
        expect_no_sideways_scroll(desk.page)
        left = set(desk.page.get_by_role("main").inner_text().split())
        if name == "grid":  # its rows are edited one at a time from a list
            expect(desk.page.get_by_role("link", name="東支所")).to_be_visible()
        else:
            assert words - left <= {"まとめて編集（表形式）"}, name
        expect(desk.page.get_by_role("button", name="メニュー", exact=True)).to_be_visible()

"""Ctrl+S saves where somebody stands; what can be saved of a refused grid is, and the rest stays."""

from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex.models import Draft
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.e2e.annex_desk import Desk, add_row

pytestmark = pytest.mark.browser

NAME, NOTE = "部署名", "備考"
STATUS = "[data-grid-status]"
PLACE = "() => { const box = document.querySelector('.grid-scroll'); return [box.scrollLeft, box.scrollTop]; }"


@pytest.fixture
def desk(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
) -> Desk:
    sign_in(page, member(Role.EDITOR).user)
    page.set_viewport_size({"width": 1000, "height": 500})
    for number in range(1, 31):
        add_row(municipality, "departments", name=f"第{number:02}課")
    return Desk(page, live_server.url, municipality)


def test_ctrl_s_keeps_cell_scroll_and_selection(desk: Desk, axe: PageCheck, shot: Shot) -> None:
    desk.open("grid", "departments")
    desk.page.evaluate("() => { window.isSamePage = true; }")
    desk.cell(31, NAME).fill("新しい課")
    cell = desk.cell(20, NOTE)
    cell.fill("二十行目の備考")
    cell.press("Home")
    cell.press("ArrowRight")
    expect(cell).to_be_focused()
    place = desk.page.evaluate(PLACE)
    assert min(place) > 0, "the table is wider and longer than its window"
    desk.page.keyboard.press("Control+s")
    expect(desk.page.locator(STATUS)).to_have_text("2行を保存しました。")
    assert desk.page.evaluate("() => window.isSamePage"), "the page is the same"
    expect(desk.cell(20, NOTE)).to_be_focused()
    assert desk.page.evaluate(PLACE) == place
    desk.page.keyboard.type("※")
    expect(desk.cell(20, NOTE)).to_have_value("二※十行目の備考")
    axe(desk.page)
    shot(desk.page, "annex-grid-saved-in-place")
    # A row that was new is a row now, and is not saved a second time.
    expect(desk.cell(31, NAME)).to_have_value("新しい課")
    desk.page.keyboard.press("Control+s")
    expect(desk.page.locator(STATUS)).to_have_text("1行を保存しました。")
    with scope(municipality=desk.municipality):
        rows = Department.objects.order_by("row_no")
        assert rows.count() == 31
        assert rows[19].note == "二※十行目の備考"
        assert not Draft.objects.exists()


def test_what_is_typed_while_saving_is_not_lost(desk: Desk) -> None:
    desk.open("grid", "departments")
    desk.cell(1, NOTE).fill("先")

    def slowly(route: Any) -> None:
        if route.request.method == "POST":
            desk.cell(1, NOTE).press_sequentially("と後")
        route.continue_()

    desk.page.route("**/grid/**", slowly)
    desk.page.keyboard.press("Control+s")
    expect(desk.page.locator(STATUS)).to_have_text("1行を保存しました。")
    expect(desk.cell(1, NOTE)).to_have_value("先と後")
    desk.page.keyboard.press("Control+s")
    expect(desk.page.locator(STATUS)).to_have_text("1行を保存しました。")
    with scope(municipality=desk.municipality):
        assert Department.objects.get(name="第01課").note == "先と後"


def test_a_new_line_goes_on_as_the_row_it_became(desk: Desk) -> None:
    desk.open("grid", "departments")
    desk.cell(31, NAME).fill("新しい課")

    def slowly(route: Any) -> None:
        if route.request.method == "POST":
            desk.cell(31, NOTE).fill("保存中に書いた")
            desk.page.get_by_role("button", name="行を追加").click()
            desk.page.keyboard.type("保存中に足した課")
        route.continue_()

    desk.page.route("**/grid/**", slowly)
    desk.cell(31, NAME).focus()
    desk.page.keyboard.press("Control+s")
    expect(desk.page.locator(STATUS)).to_have_text("1行を保存しました。")
    expect(desk.cell(31, NOTE)).to_have_value("保存中に書いた")
    expect(desk.cell(35, NAME)).to_have_value("保存中に足した課")
    expect(desk.cell(35, NAME)).to_be_focused()
    desk.page.unroute("**/grid/**")
    desk.cell(31, NAME).focus()
    desk.page.keyboard.press("Control+s")
    expect(desk.page.locator(STATUS)).to_have_text("2行を保存しました。")
    expect(desk.cell(31, NAME)).to_be_focused()
    with scope(municipality=desk.municipality):
        rows = list(Department.objects.order_by("row_no").values_list("name", "note"))
    assert rows[30:] == [("新しい課", "保存中に書いた"), ("保存中に足した課", "")]


def test_what_is_being_saved_is_not_sent_a_second_time(desk: Desk) -> None:
    desk.open("grid", "departments")
    desk.cell(31, NAME).fill("新しい課")

    def slowly(route: Any) -> None:
        if route.request.method == "POST":
            desk.page.get_by_role("button", name="変更した行を保存する").click()
            expect(desk.page.locator(STATUS)).to_contain_text("終わってから")
        route.continue_()

    desk.page.route("**/grid/**", slowly)
    desk.page.keyboard.press("Control+s")
    expect(desk.page.locator(STATUS)).to_have_text("1行を保存しました。")
    with scope(municipality=desk.municipality):
        assert Department.objects.filter(name="新しい課").count() == 1


def test_two_quick_keys_replace_nobodys_work(desk: Desk) -> None:
    desk.open("grid", "departments")
    with scope(municipality=desk.municipality):
        row = Department.objects.get(name="第01課")
        row.note = "先の人"
        row.version += 1
        row.save()
    desk.cell(1, NOTE).fill("後の人")
    desk.page.keyboard.press("Control+s")
    expect(desk.page.locator("#grid-problems [data-conflict]")).to_be_visible()
    desk.page.keyboard.press("Control+s")
    expect(desk.page.locator(STATUS)).to_contain_text("保存していません。")
    with scope(municipality=desk.municipality):
        assert Department.objects.get(pk=row.pk).note == "先の人"
    desk.save_grid()
    desk.expect_success("1行を保存しました。")


def test_a_refused_line_stays_and_the_good_ones_are_saved(
    desk: Desk, axe: PageCheck, shot: Shot
) -> None:
    desk.open("grid", "departments")
    desk.cell(2, NAME).fill("")
    for line in (1, 3):
        desk.cell(line, NOTE).fill("直した")
    desk.page.keyboard.press("Control+s")
    summary = desk.page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("まだ保存していません")
    axe(desk.page)
    shot(desk.page, "annex-grid-refused-in-place")
    desk.page.get_by_role("button", name="直す所のない2行だけを保存する").click()
    desk.expect_success("2行を保存しました。")
    expect(summary).to_contain_text("2行を保存しました。1行は、まだ保存していません。")
    expect(desk.cell(2, NAME)).to_have_value("")
    expect(desk.cell(1, NOTE)).to_have_value("直した")
    shot(desk.page, "annex-grid-saved-in-part")
    desk.cell(2, NAME).fill("第02課（改）")
    desk.save_grid()
    desk.expect_success("1行を保存しました。")
    with scope(municipality=desk.municipality):
        names = Department.objects.order_by("row_no").values_list("name", "note")
        assert list(names[:3]) == [("第01課", "直した"), ("第02課（改）", ""), ("第03課", "直した")]


def test_the_button_brings_the_same_place_again(desk: Desk) -> None:
    desk.open("grid", "departments")
    desk.cell(20, NOTE).fill("備考")
    place = desk.page.evaluate(PLACE)
    desk.save_grid()
    desk.expect_success("1行を保存しました。")
    expect(desk.cell(20, NOTE)).to_be_focused()
    assert desk.page.evaluate(PLACE) == place

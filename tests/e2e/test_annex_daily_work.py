"""Daily work on annexes in a browser: find, add, copy, order, retire, delete, look back, follow links."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.accounts.rows import RowStatus
from systems.models import Site
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.e2e.annex_desk import Desk, add_row

pytestmark = pytest.mark.browser

LONG = "災害のときの連絡手順。" * 182  # 2,002 characters


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


def expect_names(desk: Desk, names: list[str]) -> None:
    expect(desk.page.locator(".annex-list tbody th a")).to_have_text(names)


def expect_first_name(desk: Desk, name: str) -> None:
    expect(desk.page.locator(".annex-list tbody th a").first).to_have_text(name)


def expect_count(desk: Desk, count: str) -> None:
    expect(desk.page.locator(".result-count")).to_have_text(count)


def many_sites(municipality: Municipality, number: int) -> None:
    kinds = ("main", "annex", "branch")
    with scope(municipality=municipality):
        Site.objects.bulk_create(
            Site(
                municipality=municipality,
                name=f"第{n:03}館",
                site_kind=kinds[n % 3],
                row_no=n,
                row_status=RowStatus.RETIRED if n == 120 else RowStatus.ACTIVE,
            )
            for n in range(1, number + 1)
        )


def test_search_filter_sort_and_pages_of_120_rows(desk: Desk, axe: PageCheck, shot: Shot) -> None:
    many_sites(desk.municipality, 120)
    desk.open("list", "3")
    expect_count(desk, "119件中 1～50件目")  # the retired one stays out
    desk.page.get_by_role("link", name="次へ").click()
    expect_count(desk, "119件中 51～100件目")
    expect_first_name(desk, "第051館")
    shot(desk.page, "annex-list")

    by_name = desk.page.get_by_role("columnheader", name="庁舎（建物）名")
    by_name.get_by_role("link").click()
    expect(by_name).to_have_attribute("aria-sort", "ascending")
    expect_first_name(desk, "第001館")
    by_name.get_by_role("link").click()
    expect(by_name).to_have_attribute("aria-sort", "descending")
    expect_first_name(desk, "第119館")

    desk.page.get_by_label("検索").fill("第１１")
    desk.page.keyboard.press("Enter")
    expect_count(desk, "10件")
    expect_first_name(desk, "第119館")  # the order stays
    desk.page.get_by_text("条件で絞り込む").click()
    desk.page.get_by_label("拠点区分").select_option("本庁舎")
    desk.page.get_by_role("button", name="絞り込む").click()
    expect_count(desk, "3件")
    expect_names(desk, ["第117館", "第114館", "第111館"])
    axe(desk.page)
    shot(desk.page, "annex-list-filtered")
    desk.page.get_by_text("条件で絞り込む").click()
    desk.page.get_by_label("状態").select_option("廃止")
    desk.page.get_by_label("検索").fill("")
    desk.page.get_by_role("button", name="絞り込む").click()
    expect_count(desk, "1件")
    expect_names(desk, ["第120館"])
    desk.page.get_by_role("link", name="条件を消す").click()
    expect_count(desk, "119件中 1～50件目")

    desk.page.get_by_label("検索").fill("ありません")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".empty-state")).to_contain_text("条件に合う行がありません")


def test_five_hundred_rows_open_as_list_and_as_grid(desk: Desk) -> None:
    many_sites(desk.municipality, 500)
    desk.open("list", "3")
    expect_count(desk, "499件中 1～50件目")
    desk.page.get_by_role("link", name="10ページ目").click()
    expect_count(desk, "499件中 451～499件目")
    desk.page.get_by_role("link", name="まとめて編集").click()
    expect(desk.cell(451, "庁舎（建物）名")).to_have_value("第452館")
    desk.cell(499, "構造").fill("木造")
    desk.save_grid()
    desk.expect_success("1行を保存しました。")
    expect(desk.cell(499, "構造")).to_have_value("木造")


def test_two_thousand_characters_in_a_cell(desk: Desk, axe: PageCheck, shot: Shot) -> None:
    row = add_row(desk.municipality, "c-1", name="連絡", content="短い")
    desk.open("edit", "c-1", row.uid)
    desk.page.get_by_label("内容").fill(LONG)
    desk.save()
    desk.expect_success("を保存しました。")
    expect(desk.page.get_by_text(LONG)).to_be_visible()
    desk.open("list", "c-1")
    shot(desk.page, "annex-list-long-cell")
    axe(desk.page)
    desk.open("grid", "c-1")
    content = desk.cell(1, "内容")
    expect(content).to_have_value(LONG)
    content.press("Control+End")
    desk.page.keyboard.type("以上")
    desk.save_grid()
    desk.expect_success("1行を保存しました。")
    expect(desk.cell(1, "内容")).to_have_value(f"{LONG}以上")


def press(desk: Desk, name: str) -> None:
    desk.page.get_by_role("button", name=name).click()


def test_a_row_from_its_first_day_to_its_last(desk: Desk, shot: Shot) -> None:
    desk.open("list", "departments")
    desk.page.get_by_role("link", name="行を追加").click()
    desk.expect_heading("行の追加")
    desk.page.get_by_label("部署名").fill("情報課")
    desk.page.get_by_label("別名").fill("情シス、電算")
    desk.save()
    desk.expect_success("「情報課」を保存しました。")

    press(desk, "写しを作る")
    desk.expect_success("「情報課」の写しを追加しました。")
    desk.page.get_by_label("部署名").fill("防災課")
    expect(desk.page.get_by_label("状態")).to_have_value("active")
    desk.save()
    desk.expect_success("「防災課」を保存しました。")
    add_row(desk.municipality, "departments", name="総務課")

    desk.open("list", "departments")
    expect_names(desk, ["情報課", "防災課", "総務課"])
    desk.page.get_by_text("ほかの操作").click()
    desk.page.get_by_role("link", name="印刷の順に並べ替える").click()
    press(desk, "「総務課」を上へ")
    expect(desk.page.locator(".annex-list tbody tr").nth(1)).to_contain_text("総務課")
    press(desk, "「情報課」を下へ")
    expect(desk.page.locator(".annex-list tbody tr").nth(1)).to_contain_text("情報課")
    expect_names(desk, ["総務課", "情報課", "防災課"])
    desk.page.get_by_role("link", name="並べ替えを終える").click()
    expect(desk.page.get_by_role("button", name="「総務課」を上へ")).to_have_count(0)

    desk.page.get_by_role("link", name="防災課").click()
    press(desk, "廃止にする（印刷しない）")
    desk.expect_success("「防災課」を「廃止」にしました。")
    shot(desk.page, "annex-row-retired")
    desk.open("list", "departments")
    expect_names(desk, ["総務課", "情報課"])
    desk.open("list", "departments", query="?f.row_status=retired")
    desk.page.get_by_role("link", name="防災課").click()
    press(desk, "「有効」に戻す")
    desk.expect_success("「防災課」を「有効」に戻しました。")
    press(desk, "内容を確認した")
    desk.expect_success("「防災課」を確認済みにしました。")

    desk.page.get_by_role("link", name="削除する").click()
    press(desk, "削除する")
    desk.expect_success("「防災課」を削除しました。")
    expect_names(desk, ["総務課", "情報課"])


def test_a_row_in_use_is_not_deleted_and_its_users_are_named(
    desk: Desk, axe: PageCheck, shot: Shot
) -> None:
    department = add_row(desk.municipality, "departments", name="情報課")
    add_row(desk.municipality, "3", name="本庁舎", site_kind="main", manager_department=department)
    add_row(desk.municipality, "departments", name="電算係", parent=department)
    desk.open("row", "departments", department.uid)
    desk.page.get_by_role("link", name="削除する").click()
    expect(desk.page.locator("main")).to_contain_text("削除できません")
    expect(desk.page.locator("main li")).to_have_text(["部署「電算係」", "庁舎（建物）「本庁舎」"])
    expect(desk.page.get_by_role("button", name="削除する")).to_have_count(0)
    axe(desk.page)
    shot(desk.page, "annex-delete-refused")
    with scope(municipality=desk.municipality):
        assert Department.objects.filter(name="情報課").exists()


def test_the_history_shows_before_and_after_and_who(
    desk: Desk, axe: PageCheck, shot: Shot, member: MemberFactory, sign_in: SignIn
) -> None:
    row = add_row(desk.municipality, "3", name="本庁舎", site_kind="main", address="旧住所")
    desk.open("edit", "3", row.uid)
    desk.page.get_by_label("所在地").fill("新住所")
    desk.page.get_by_label("建築時期").fill("昭和56年10月")
    desk.save()
    desk.expect_success("「本庁舎」を保存しました。")
    sign_in(desk.page, member(Role.EDITOR, username="suzuki").user)
    desk.open("edit", "3", row.uid)
    desk.page.get_by_label("所在地").fill("最新の住所")
    desk.save()

    desk.page.get_by_role("link", name="変更履歴").click()
    entries = desk.page.locator(".history-entry")
    expect(entries.locator("h2")).to_have_text(
        [re.compile("suzuki.*変更"), re.compile("nakamura.*変更"), re.compile("追加")]
    )
    cells = [entries.nth(at).locator("tbody tr").all_inner_texts() for at in range(2)]
    assert [line.split("\t") for line in cells[0]] == [["所在地", "新住所", "最新の住所"]]
    assert [line.split("\t") for line in cells[1]] == [
        ["所在地", "旧住所", "新住所"],
        ["建築時期", "－", "昭和56年10月"],
    ]
    axe(desk.page)
    shot(desk.page, "annex-history")


@pytest.fixture
def system(municipality: Municipality) -> Any:
    """Make one system with everything that names it or that it names."""

    def add(code: str, **values: Any) -> Any:
        return add_row(municipality, code, **values)

    department = add("departments", name="市民課")
    vendor = add("2-1", name="見本システムズ", kinds=["maintenance"])
    hall = add("3", name="本庁舎", site_kind="main")
    room = add("4", name="電算室", site=hall, floor=2, equipment=["server"])
    system = add(
        "1",
        name="住民記録",
        kind="server",
        hosting="onprem",
        overview="住民票の管理",
        owner_department=department,
        seismic_fixed="yes",
        vendor=vendor,
        location=room,
        osapp_backup="yes",
    )
    add(
        "7",
        name="住民記録データ",
        data_kind="database",
        system=system,
        owner_department=department,
        primary_site=hall,
        media="disk",
        backed_up="yes",
    )
    business = add("15", name="住民票の交付", owner_department=department, biz_class=["counter"])
    add("15-systems", business=business, system=system)
    add("17", system=system, premise="onsite", rlo="full", rto_minutes=4320, rto_unit="hour")
    return system


def test_a_system_leads_to_all_that_belongs_to_it(
    desk: Desk, system: Any, axe: PageCheck, shot: Shot
) -> None:
    desk.open("row", "1", system.uid)
    axe(desk.page)
    shot(desk.page, "annex-row-system")
    back: Callable[[], Any] = desk.page.go_back
    for name in ("見本システムズ", "電算室", "住民記録データ", "住民票の交付"):
        desk.page.get_by_role("region", name="つながり").get_by_role("link", name=name).click()
        desk.expect_heading(name)
        links = desk.page.get_by_role("main").get_by_role("link", name="住民記録", exact=True)
        if name != "住民票の交付":
            expect(links.first).to_be_visible()
        back()
    desk.page.get_by_role("link", name="目標復旧時間72時間").click()
    expect(desk.page.locator("dl.row-cells").first).to_contain_text("72時間")
    back()
    desk.page.get_by_role("link", name="電算室").click()
    desk.expect_heading("電算室")
    desk.page.get_by_role("link", name="本庁舎").click()
    desk.expect_heading("本庁舎")

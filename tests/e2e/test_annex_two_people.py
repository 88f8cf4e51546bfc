"""Two people on one row: nobody overwrites the other without seeing both versions, nothing typed is lost."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from systems.models import Site
from tests.browser import Complaints, PageCheck, Shot, SignIn, open_profile
from tests.conftest import MemberFactory
from tests.e2e.annex_desk import Desk, add_row

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
SIDES = ["項目", "あなたの入力", "保存されている内容"]


@pytest.fixture
def hall(municipality: Municipality) -> Any:
    add_row(municipality, "3", name="東支所", site_kind="annex")
    return add_row(municipality, "3", name="本庁舎", site_kind="main", address="もとの住所")


@pytest.fixture
def nakamura(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
    complaints: Complaints,
) -> Desk:
    complaints.allow("status of 409")
    sign_in(page, member(Role.EDITOR, username="nakamura").user)
    return Desk(page, live_server.url, municipality)


@pytest.fixture
def suzuki(
    browser: Browser,
    complaints: Complaints,
    nakamura: Desk,
    member: MemberFactory,
    sign_in: SignIn,
) -> Iterator[Desk]:
    """A second person in another browser."""
    context = open_profile(browser, complaints)
    desk = Desk(context.new_page(), nakamura.origin, nakamura.municipality)
    sign_in(desk.page, member(Role.EDITOR, username="suzuki").user)
    yield desk
    context.close()


def address_of(hall: Any) -> str:
    with scope(municipality=hall.municipality):
        return Site.objects.get(pk=hall.pk).address


def test_the_second_save_shows_both_versions_field_by_field(
    nakamura: Desk, suzuki: Desk, hall: Any, axe: PageCheck, shot: Shot
) -> None:
    for desk in (nakamura, suzuki):
        desk.open("edit", "3", hall.uid)
    suzuki.page.get_by_label("所在地").fill("鈴木の住所")
    suzuki.page.get_by_label("構造").fill("鉄筋コンクリート造")
    suzuki.page.get_by_label("土砂災害").check()
    suzuki.save()
    suzuki.expect_success("「本庁舎」を保存しました。")

    nakamura.page.get_by_label("所在地").fill("中村の住所")
    nakamura.page.get_by_label("備考").fill("長い\n備考")
    nakamura.save()
    conflict = nakamura.page.locator("[data-conflict]")
    expect(conflict).to_contain_text("suzuki")
    expect(conflict.get_by_role("columnheader")).to_have_text(SIDES)
    lines = conflict.locator("tbody tr")
    expect(lines.filter(has_text="所在地").locator("td")).to_have_text(["中村の住所", "鈴木の住所"])
    expect(lines.filter(has_text="構造").locator("td")).to_have_text(
        [re.compile("変更なし"), "鉄筋コンクリート造"]
    )
    expect(lines.filter(has_text="その他の危険").locator("td")).to_have_text(
        [re.compile("変更なし"), "土砂災害"]
    )
    expect(lines.filter(has_text="備考").locator("td")).to_have_text(["長い備考", "（空欄）"])
    expect(lines).to_have_count(4)
    expect(nakamura.page.get_by_label("所在地")).to_have_value("中村の住所")
    expect(nakamura.page.get_by_label("備考")).to_have_value("長い\n備考")
    assert address_of(hall) == "鈴木の住所"
    axe(nakamura.page)
    shot(nakamura.page, "annex-conflict")
    nakamura.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    axe(nakamura.page)
    shot(nakamura.page, "annex-conflict-phone")

    for link in conflict.get_by_role("link").all():
        target = (link.get_attribute("href") or "").removeprefix("#")
        expect(nakamura.page.locator(f"[id='{target}']")).to_have_count(1)
    conflict.get_by_role("link", name="構造").click()
    expect(nakamura.page.get_by_label("構造")).to_be_focused()
    expect(nakamura.page.get_by_label("構造")).to_have_value("鉄筋コンクリート造")
    expect(nakamura.page.get_by_label("土砂災害")).to_be_checked()
    nakamura.save()
    nakamura.expect_success("「本庁舎」を保存しました。")
    with scope(municipality=hall.municipality):
        row = Site.objects.get(pk=hall.pk)
    assert (row.address, row.note) == ("中村の住所", "長い\n備考")
    assert (row.structure, row.other_hazard) == ("鉄筋コンクリート造", ["landslide"])


def test_in_the_grid_too(
    nakamura: Desk, suzuki: Desk, hall: Any, axe: PageCheck, shot: Shot
) -> None:
    nakamura.open("grid", "3")
    suzuki.open("edit", "3", hall.uid)
    suzuki.page.get_by_label("所在地").fill("鈴木の住所")
    suzuki.page.get_by_label("構造").fill("木造")
    suzuki.save()
    suzuki.expect_success("「本庁舎」を保存しました。")

    nakamura.cell(1, "所在地").fill("支所の住所")
    nakamura.cell(2, "所在地").fill("中村の住所")
    nakamura.cell(4, "庁舎（建物）名").fill("図書館")
    nakamura.cell(4, "拠点区分").select_option("分館・分庁舎")
    nakamura.save_grid()
    conflict = nakamura.page.locator("[data-conflict]")
    expect(conflict.get_by_role("heading")).to_have_text(
        "2行目「本庁舎」は、suzukiが先に保存しました"
    )
    expect(conflict.locator("tbody td")).to_have_text(
        ["中村の住所", "鈴木の住所", re.compile("変更なし"), "木造"]
    )
    expect(nakamura.cell(2, "構造")).to_have_value("木造")
    axe(nakamura.page)
    shot(nakamura.page, "annex-grid-conflict")
    conflict.get_by_role("link", name="所在地").click()
    expect(nakamura.cell(2, "所在地")).to_be_focused()
    expect(nakamura.cell(1, "所在地")).to_have_value("支所の住所")
    expect(nakamura.cell(2, "所在地")).to_have_value("中村の住所")
    expect(nakamura.cell(4, "庁舎（建物）名")).to_have_value("図書館")
    expect(nakamura.page.locator(".grid-table [aria-invalid]")).to_have_count(0)
    with scope(municipality=hall.municipality):
        assert Site.objects.count() == 2

    nakamura.save_grid()
    nakamura.expect_success("3行を保存しました。")
    assert address_of(hall) == "中村の住所"


def test_what_was_typed_about_a_row_deleted_meanwhile_can_be_added_again(
    nakamura: Desk, suzuki: Desk, hall: Any, axe: PageCheck
) -> None:
    nakamura.open("edit", "3", hall.uid)
    nakamura.page.get_by_label("所在地").fill("中村の住所")
    suzuki.open("delete", "3", hall.uid)
    suzuki.page.get_by_role("button", name="削除する").click()
    suzuki.expect_success("「本庁舎」を削除しました。")

    nakamura.save()
    expect(nakamura.page.locator("[data-conflict]")).to_contain_text(
        "この行は、編集している間に削除されました"
    )
    expect(nakamura.page.get_by_label("所在地")).to_have_value("中村の住所")
    axe(nakamura.page)
    with scope(municipality=hall.municipality):
        assert not Site.objects.filter(name="本庁舎").exists()
    nakamura.save()
    nakamura.expect_success("「本庁舎」を保存しました。")
    with scope(municipality=hall.municipality):
        assert Site.objects.get(name="本庁舎").address == "中村の住所"


def test_the_grid_shows_what_was_typed_in_a_row_deleted_meanwhile(
    nakamura: Desk, suzuki: Desk, hall: Any, axe: PageCheck
) -> None:
    nakamura.open("grid", "3")
    nakamura.cell(1, "所在地").fill("支所の住所")
    nakamura.cell(2, "所在地").fill("中村の住所")
    suzuki.open("delete", "3", hall.uid)
    suzuki.page.get_by_role("button", name="削除する").click()
    suzuki.expect_success("「本庁舎」を削除しました。")

    nakamura.save_grid()
    gone = nakamura.page.locator("[data-conflict]")
    expect(gone.get_by_role("heading")).to_have_text(
        "「本庁舎」の行は、編集している間に削除されました"
    )
    expect(gone).to_contain_text("中村の住所")
    axe(nakamura.page)
    expect(nakamura.cell(1, "所在地")).to_have_value("支所の住所")
    nakamura.save_grid()
    nakamura.expect_success("1行を保存しました。")


def test_lines_nobody_touched_take_what_another_person_saved_in_them(
    nakamura: Desk, suzuki: Desk, hall: Any
) -> None:
    nakamura.open("grid", "3")
    suzuki.open("grid", "3")
    suzuki.cell(2, "所在地").fill("鈴木の住所")
    suzuki.save_grid()
    suzuki.expect_success("1行を保存しました。")

    nakamura.cell(1, "建築時期").fill("へいせい")
    nakamura.save_grid()
    expect(nakamura.page.locator("[data-error-summary] li")).to_have_count(1)
    expect(nakamura.cell(2, "所在地")).to_have_value("鈴木の住所")
    nakamura.cell(1, "建築時期").fill("平成10年4月")
    nakamura.save_grid()
    nakamura.expect_success("1行を保存しました。")
    assert address_of(hall) == "鈴木の住所"

"""Many cells of the grid at once, as in Excel: filled down, copied out, set, replaced, chosen from a list."""

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from systems.models import EquipmentLocation, Site
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.e2e.annex_desk import Desk, add_row

pytestmark = pytest.mark.browser

NAME, KIND, ADDRESS = "庁舎（建物）名", "拠点区分", "所在地"
STATUS = "[data-grid-status]"


@pytest.fixture
def desk(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
) -> Desk:
    sign_in(page, member(Role.EDITOR).user)
    return Desk(page, live_server.url, municipality)


@pytest.fixture
def sites(municipality: Municipality) -> list[Site]:
    return [
        add_row(municipality, "3", name=name, site_kind="annex", address=f"本町{number}丁目")
        for number, name in enumerate(("東館", "西館", "南館", "北館"), 1)
    ]


def test_a_block_is_marked_by_keys_copied_out_and_filled_down(
    desk: Desk, sites: list[Site], axe: PageCheck, shot: Shot
) -> None:
    desk.open("grid", "3")
    desk.cell(1, KIND).select_option("本庁舎")
    desk.cell(1, KIND).focus()
    keyboard = desk.page.keyboard
    keyboard.press("Alt+Shift+ArrowDown")
    keyboard.press("Alt+Shift+ArrowDown")
    keyboard.press("Alt+Shift+ArrowRight")
    expect(desk.page.locator(STATUS)).to_contain_text("3行×2列を選びました。")
    axe(desk.page)
    shot(desk.page, "annex-grid-block")
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    keyboard.press("Control+c")
    expect(desk.page.locator(STATUS)).to_contain_text("コピーしました。")
    copied = desk.page.evaluate("() => navigator.clipboard.readText()")
    lines = [line.split("\t") for line in copied.splitlines()]
    assert lines == [["本庁舎", "本町1丁目"]] + [
        ["分館・分庁舎", f"本町{number}丁目"] for number in (2, 3)
    ]
    keyboard.press("Control+d")
    expect(desk.page.locator(STATUS)).to_contain_text("4個のセルを下へ写しました。")
    expect(desk.cell(3, KIND)).to_have_value("main")
    expect(desk.cell(3, ADDRESS)).to_have_value("本町1丁目")
    expect(desk.cell(4, ADDRESS)).to_have_value("本町4丁目")
    desk.page.get_by_role("button", name="まとめた変更を取り消す").click()
    expect(desk.cell(3, ADDRESS)).to_have_value("本町3丁目")

    keyboard.press("Escape")  # the block first, the grid second
    desk.cell(2, ADDRESS).focus()
    keyboard.press("Control+d")
    expect(desk.cell(2, ADDRESS)).to_have_value("本町1丁目")


def test_a_column_is_set_for_chosen_lines_and_searched_and_replaced(
    desk: Desk, sites: list[Site], axe: PageCheck, shot: Shot
) -> None:
    desk.open("grid", "3")
    desk.cell(1, ADDRESS).focus()
    desk.page.get_by_text("列をまとめて直す").click()
    expect(desk.page.get_by_label("列", exact=True)).to_have_value("address")
    desk.page.get_by_label("探す言葉").fill("本町")
    desk.page.get_by_label("入れる言葉").fill("中央")
    axe(desk.page)
    shot(desk.page, "annex-grid-column")
    desk.page.get_by_role("button", name="探す言葉を、入れる言葉に置き換える").click()
    expect(desk.page.locator(STATUS)).to_contain_text("4個のセルを置き換えました。")
    expect(desk.cell(4, ADDRESS)).to_have_value("中央4丁目")

    desk.page.get_by_label("列", exact=True).select_option(KIND)
    desk.page.get_by_label("行（例").fill("２-3、9")
    desk.page.get_by_label("入れる言葉").fill("本庁舎")
    set_them = desk.page.get_by_role("button", name="選んだ行のセルに")
    set_them.click()
    expect(desk.page.locator(STATUS)).to_contain_text("2個のセルを入れました。")
    kinds = [desk.cell(line, KIND).input_value() for line in (1, 2, 3, 4)]
    assert kinds == ["annex", "main", "main", "annex"]
    desk.page.get_by_label("行（例").fill("二から")
    set_them.click()
    expect(desk.page.locator(STATUS)).to_contain_text("行の番号を")
    desk.page.get_by_label("行（例").fill("")
    set_them.click()
    expect(desk.page.locator(STATUS)).to_contain_text("4個のセルを入れました。")
    desk.save_grid()
    desk.expect_success("4行を保存しました。")
    with scope(municipality=desk.municipality):
        assert {site.site_kind for site in Site.objects.all()} == {"main"}
        assert Site.objects.count() == 4, "lines in which nobody typed are no rows"


def test_values_of_a_cell_are_chosen_from_a_list(
    desk: Desk, sites: list[Site], axe: PageCheck, shot: Shot
) -> None:
    add_row(desk.municipality, "4", name="電算室", site=sites[0], floor=2, equipment=["server"])
    desk.open("grid", "4")
    heads = desk.page.locator("thead th[abbr]").evaluate_all("all => all.map((head) => head.abbr)")
    equipment = desk.cell(1, heads[3])
    choose = desk.page.get_by_role("button", name="選択肢から選ぶ")
    desk.cell(1, heads[0]).focus()
    expect(choose).to_be_hidden()
    before = equipment.input_value()
    equipment.focus()
    expect(choose).to_be_visible()
    desk.page.keyboard.press("F4")
    dialog = desk.page.get_by_role("dialog")
    expect(dialog.get_by_label(before, exact=True)).to_be_checked()
    axe(desk.page)
    shot(desk.page, "annex-grid-picker")
    other = dialog.get_by_role("checkbox", checked=False).first
    label = other.get_attribute("value")
    other.check()
    desk.page.keyboard.press("Escape")
    expect(equipment).to_have_value(before)
    expect(equipment).to_be_focused()
    choose.click()
    dialog.get_by_label(str(label), exact=True).check()
    dialog.get_by_role("button", name="選んだものを入れる").click()
    expect(equipment).to_have_value(f"{before}、{label}")
    desk.save_grid()
    desk.expect_success("1行を保存しました。")
    with scope(municipality=desk.municipality):
        assert len(EquipmentLocation.objects.get().equipment) == 2


def test_one_row_after_another_is_added(desk: Desk) -> None:
    desk.open("add", "departments")
    for name in ("総務課", "市民課"):
        desk.page.get_by_label("部署名").fill(name)
        desk.page.get_by_role("button", name="保存して続けて追加").click()
        desk.expect_success(f"「{name}」を保存しました。")
        desk.expect_heading("行の追加")
        expect(desk.page.get_by_label("部署名")).to_have_value("")
    expect(desk.page.locator(".draft-offer")).to_have_count(0)

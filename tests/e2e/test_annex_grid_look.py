"""How much of a table the grid shows at once on the screen of an office, and what is in the way of a key."""

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.e2e.annex_desk import SAVE_GRID, Desk, add_row
from tests.rows import make_row

pytestmark = pytest.mark.browser

OFFICE = {"width": 1366, "height": 768}
FEWEST_ROWS = 12
MOST_LINES = 3
LONG = "住民票の管理と証明書の発行に使う。災害のときは、り災証明と避難所の名簿にも使う。" * 5
WHOLE_ROWS = """rows => rows.filter((row) => {
  const box = row.closest(".grid-scroll, .table-scroll").getBoundingClientRect();
  return row.getBoundingClientRect().bottom <= Math.min(innerHeight, box.bottom);
}).length"""
LINES_AT_REST = """cells => Math.max(...cells.map((each) => {
  const look = getComputedStyle(each);
  const inside = each.clientHeight - parseFloat(look.paddingTop) - parseFloat(look.paddingBottom);
  return Math.round(10 * inside / parseFloat(look.lineHeight)) / 10;
}))"""


@pytest.fixture
def desk(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
) -> Desk:
    sign_in(page, member(Role.EDITOR).user)
    page.set_viewport_size(OFFICE)
    return Desk(page, live_server.url, municipality)


@pytest.fixture
def systems(municipality: Municipality) -> None:
    department = add_row(municipality, "departments", name="情報政策課")
    for number in range(1, 21):
        add_row(
            municipality,
            "1",
            name=f"見本の業務を支える情報システム（第{number}号）",
            aliases=["別名", "もう一つの長い別名", "略称"],
            kind="server",
            hosting="cloud",
            overview=LONG,
            owner_department=department,
            seismic_fixed="yes",
            osapp_backup="yes",
        )


def test_twelve_rows_of_the_largest_table_are_seen_at_once(
    desk: Desk, systems: None, axe: PageCheck, shot: Shot
) -> None:
    desk.open("grid", "1")
    lines = desk.page.locator("[data-line]")
    assert lines.evaluate_all(WHOLE_ROWS) >= FEWEST_ROWS
    assert lines.locator("textarea").evaluate_all(LINES_AT_REST) <= MOST_LINES
    shot(desk.page, "annex-grid-twelve-rows")

    overview = desk.page.get_by_text(LONG).first
    overview.focus()
    grown = "each => each.scrollHeight <= each.clientHeight + 1"
    assert overview.evaluate(grown), "the cell in which somebody writes shows all of it"
    desk.page.get_by_text("記入要領", exact=True).click()
    here = desk.page.locator(".grid-panel-body .is-here")
    desk.cell(1, "別名・略称").focus()
    expect(here).to_contain_text("別名・略称")
    axe(desk.page)
    shot(desk.page, "annex-grid-guide")


def test_wide_lines_hold_no_more_than_three_lines_either(desk: Desk, systems: None) -> None:
    desk.open("grid", "1")
    desk.page.get_by_role("button", name="ゆったり").click()
    expect(desk.page.locator("html")).to_have_attribute("data-density", "roomy")
    lines = desk.page.locator("[data-line]")
    roomy = lines.evaluate_all(WHOLE_ROWS)
    assert 0 < roomy < FEWEST_ROWS
    assert lines.locator("textarea").evaluate_all(LINES_AT_REST) <= MOST_LINES
    desk.open("grid", "1")
    assert lines.evaluate_all(WHOLE_ROWS) == roomy, "the browser keeps it"


def test_the_menu_folds_and_stays_folded(desk: Desk, systems: None, axe: PageCheck) -> None:
    desk.open("grid", "1")
    menu = desk.page.get_by_role("navigation", name="メインメニュー")
    desk.page.get_by_role("button", name="メニューをたたむ").click()
    expect(menu).to_be_hidden()
    desk.open("list", "1")
    expect(menu).to_be_hidden()
    axe(desk.page)
    unfold = desk.page.get_by_role("button", name="メニューを開く")
    expect(unfold).to_have_attribute("aria-expanded", "false")
    unfold.press("Enter")
    expect(menu).to_be_visible()
    expect(unfold).to_have_count(0)


def test_without_scripts_the_buttons_of_the_frame_work_too(desk: Desk, page: Page) -> None:
    desk.page.route("**/display*.js", lambda route: route.fulfill(body=""))
    desk.open("list", "1")
    desk.page.get_by_role("button", name="メニューをたたむ").click()
    expect(desk.page.get_by_role("navigation", name="メインメニュー")).to_be_hidden()
    desk.page.get_by_role("button", name="メニューを開く").click()
    desk.page.get_by_role("button", name="ゆったり").click()
    expect(desk.page.get_by_role("button", name="ゆったり")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(desk.page).to_have_url(desk.address("list", "1"))


def test_the_naming_column_stays_in_sight_and_few_keys_lead_to_the_first_cell(
    desk: Desk, municipality: Municipality
) -> None:
    spec = registry.spec("10-2")
    assert spec is not None
    with scope(municipality=municipality):
        make_row(spec, municipality)
    desk.open("grid", "10-2")
    action = desk.cell(1, "行動項目")
    desk.cell(1, "公開区分").focus()
    expect(action).to_be_in_viewport()
    desk.page.get_by_role("button", name=SAVE_GRID).focus()
    desk.tab_to(desk.cell(1, "行動計画"), presses=6)

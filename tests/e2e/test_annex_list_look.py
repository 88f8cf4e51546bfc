"""How much a list shows at once, whose names its links are, and what is behind its buttons."""

from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.e2e.annex_desk import Desk, add_row
from tests.e2e.page_rules import PHONE, expect_no_sideways_scroll
from tests.e2e.test_annex_grid_look import OFFICE, WHOLE_ROWS
from tests.rows import make_row

pytestmark = pytest.mark.browser

FEWEST_ROWS = 10
NAMES = ".annex-list tbody th a"
HIDDEN_BESIDE = "box => box.scrollWidth - box.clientWidth"


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
def drills(municipality: Municipality) -> None:
    for number in range(1, 15):
        add_row(
            municipality,
            "12",
            fiscal_year=2026,
            name=f"第{number}回 情報システムの復旧と緊急の連絡を確かめる訓練",
            kind="recovery",
            method="実際に動かす",
            row_status="draft" if number == 14 else "active",
        )


def test_ten_rows_are_seen_at_once_each_under_its_name(
    desk: Desk, drills: None, axe: PageCheck, shot: Shot
) -> None:
    desk.open("list", "12")
    assert desk.page.locator(".annex-list tbody tr").evaluate_all(WHOLE_ROWS) >= FEWEST_ROWS
    names = desk.page.locator(NAMES).all_inner_texts()
    assert len(set(names)) == len(names) == 14
    assert all("復旧" in name for name in names)
    first = desk.page.get_by_role("rowheader").first
    expect(first.get_by_role("link")).to_have_text(names[0])
    expect(desk.page.get_by_role("rowheader").last).to_contain_text("作成中")
    axe(desk.page)
    shot(desk.page, "annex-list-ten-rows")
    for label in ("条件で絞り込む", "ほかの操作"):
        desk.page.get_by_text(label).click()
        axe(desk.page)
        shot(desk.page, f"annex-list-{label}")
        desk.page.keyboard.press("Escape")
        expect(desk.page.locator("details.bar-panel[open]")).to_have_count(0)


@pytest.mark.parametrize("code", ["1", "9", "10-2", "15", "17"])
def test_nothing_is_hidden_beside_the_window_at_1280(
    desk: Desk, municipality: Municipality, code: str
) -> None:
    spec = registry.spec(code)
    assert spec is not None
    with scope(municipality=municipality):
        make_row(spec, municipality, full=True)
    desk.page.set_viewport_size({"width": 1280, "height": 800})
    desk.open("list", code)
    assert desk.page.locator(".table-scroll").evaluate(HIDDEN_BESIDE) == 0
    desk.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    expect_no_sideways_scroll(desk.page)


def test_a_row_is_moved_to_a_number(desk: Desk) -> None:
    for name in ("甲課", "乙課", "丙課", "丁課"):
        add_row(desk.municipality, "departments", name=name)
    desk.open("list", "departments")
    expect(desk.page.get_by_role("button", name="移す")).to_have_count(0)
    desk.page.get_by_text("ほかの操作").click()
    desk.page.get_by_role("link", name="印刷の順に並べ替える").click()
    number = desk.page.get_by_label("「丁課」を移す先のNo.", exact=True)
    number.fill("２")
    number.press("Enter")
    desk.expect_success("「丁課」をNo.2に移しました。")
    expect(desk.page.locator(NAMES)).to_have_text(["甲課", "丁課", "乙課", "丙課"])
    number.fill("上")
    number.press("Enter")
    expect(desk.page.locator("#page-messages")).to_contain_text("数字で入力してください")
    with scope(municipality=desk.municipality):
        rows = Department.objects.order_by("row_no").values_list("name", "row_no")
        assert list(rows) == [("甲課", 1), ("丁課", 2), ("乙課", 3), ("丙課", 4)]


def test_the_rows_of_ones_own_department_are_one_press_away(
    desk: Desk, municipality: Municipality, member: MemberFactory, sign_in: SignIn
) -> None:
    own: Any = add_row(municipality, "departments", name="市民課")
    other = add_row(municipality, "departments", name="総務課")
    for name, department in (("証明書の交付", own), ("文書の管理", other)):
        add_row(municipality, "15", name=name, owner_department=department, biz_class=["counter"])
    clerk = member(Role.CONTRIBUTOR, username="clerk", department=own)
    sign_in(desk.page, clerk.user)
    desk.open("list", "15")
    expect(desk.page.locator(NAMES)).to_have_text(["証明書の交付", "文書の管理"])
    link = desk.page.get_by_role("link", name="自部署（市民課）")
    link.click()
    expect(desk.page.locator(NAMES)).to_have_text(["証明書の交付"])
    expect(link).to_have_attribute("aria-current", "true")
    desk.page.get_by_role("link", name="を外す").click()
    expect(desk.page.locator(NAMES)).to_have_count(2)


def test_a_number_of_a_telephone_dials(desk: Desk, municipality: Municipality) -> None:
    vendor = add_row(municipality, "2-1", name="見本システムズ", kinds=["maintenance"])
    row = add_row(
        municipality, "9", kind="vendor", vendor=vendor, role="夜間窓口", tel="0256-00-1234#56"
    )
    desk.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    desk.open("row", "9", row.uid)
    link = desk.page.get_by_role("link", name="0256-00-1234#56").first
    expect(link).to_have_attribute("href", "tel:0256001234")

"""What the hands of somebody from Excel expect of the grid: keys, numbers of lines, large blocks, leaving."""

from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from tests.browser import SignIn
from tests.conftest import MemberFactory
from tests.e2e.annex_desk import SAVE_GRID, Desk, add_row

pytestmark = pytest.mark.browser

NAME = "部署名"
PASTED_LINES = 480
MOST_SECONDS = 1.0
PASTE = """(control, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  control.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
# As Safari sends it: the composition is over, and only the code tells that the key ended it.
ENTER_OF_SAFARI = """control => control.dispatchEvent(
  new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true }))"""


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


def many_departments(municipality: Municipality, number: int) -> None:
    for each in range(1, number + 1):
        add_row(municipality, "departments", name=f"第{each:03}課")


def test_the_enter_that_ends_a_conversion_never_moves(desk: Desk) -> None:
    desk.open("grid", "departments")
    first = desk.cell(1, NAME)
    first.focus()
    assert first.evaluate(ENTER_OF_SAFARI), "the key stays with the method of input"
    expect(first).to_be_focused()
    desk.page.keyboard.press("Enter")
    expect(desk.cell(2, NAME)).to_be_focused()


@pytest.mark.parametrize("key", ["Escape", "F6"])
def test_one_key_leads_from_a_cell_to_save_and_back(desk: Desk, key: str) -> None:
    desk.open("grid", "departments")
    desk.cell(2, NAME).focus()
    desk.page.keyboard.press(key)
    expect(desk.page.get_by_role("button", name=SAVE_GRID)).to_be_focused()
    desk.page.keyboard.press(key)
    expect(desk.cell(2, NAME)).to_be_focused()


def test_numbers_of_lines_go_on_over_pages(desk: Desk) -> None:
    many_departments(desk.municipality, 52)
    desk.open("grid", "departments", query="?page=2")
    expect(desk.cell(51, NAME)).to_have_value("第051課")
    desk.page.get_by_role("button", name="行を追加").click()
    expect(desk.cell(56, NAME)).to_be_focused()
    desk.cell(52, NAME).fill("")
    desk.save_grid()
    summary = desk.page.locator("[data-error-summary]")
    expect(summary.get_by_role("listitem")).to_have_text(["52行目「部署名」：入力してください。"])


def test_leaving_with_cells_that_are_not_saved_is_asked_about(desk: Desk) -> None:
    asked: list[str] = []

    def note(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    desk.page.on("dialog", note)
    desk.open("grid", "departments")
    desk.cell(1, NAME).fill("総務課")
    desk.cell(1, NAME).fill("")
    desk.open("grid", "departments")
    assert asked == [], "nothing is typed any more"
    desk.cell(1, NAME).press_sequentially("総務課")
    desk.save_grid()
    desk.expect_success("1行を保存しました。")
    assert asked == [], "saving leaves nothing behind"
    desk.cell(1, NAME).press_sequentially("係")
    expect(desk.cell(1, NAME)).to_have_value("係総務課")
    desk.open("list", "departments")
    assert asked == ["beforeunload"]


def seconds_of(page: Page, act: Any) -> float:
    """Return the seconds of its main thread that a page needs for an act and for showing what came of it."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))

    before = spent()
    act()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    return spent() - before


def test_480_lines_are_pasted_in_under_a_second_of_the_main_thread(desk: Desk) -> None:
    cells = ["第{}課", "略称{}、別名{}", *[""] * 4, "備考{}"]
    lines = "\t".join(cells)
    text = "".join(lines.format(n, n, n, n) + "\r\n" for n in range(1, PASTED_LINES + 1))
    spent = []
    # A neighbour on the machine takes what the processor had at hand: the best of three counts.
    while len(spent) < 3 and min(spent, default=MOST_SECONDS) >= MOST_SECONDS:
        desk.open("grid", "departments")
        first = desk.cell(1, NAME)
        spent.append(seconds_of(desk.page, lambda: first.evaluate(PASTE, text)))  # noqa: B023
        expect(desk.page.locator("[data-line]")).to_have_count(PASTED_LINES)
        expect(desk.cell(PASTED_LINES, NAME)).to_have_value(f"第{PASTED_LINES}課")
    assert min(spent) < MOST_SECONDS, spent

"""The main job, from nothing: start, sign in, change one target, see it in chapter 8, take the PDF."""

import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, Page, Playwright, expect

from tests.browser import Complaints, Shot, launch_chromium, open_profile
from tests.e2e.page_rules import expect_no_sideways_scroll
from tests.infrastructure.running import free_port, started

pytestmark = [pytest.mark.browser, pytest.mark.slow]

READY = "Ctrl-C"
SYSTEM = "ファイルサーバ"
NEW_TARGET = "４８時間"
SECONDS_TO_PRINT = 300


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Yield the address of a portal started as `make run` starts it, and what it printed."""
    port = free_port()
    folder = tmp_path_factory.mktemp("portal")
    with started(folder, READY, "start_portal", "--port", str(port)) as program:
        yield f"http://127.0.0.1:{port}", program.output


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The whole program, as the people have it who walk this way."""
    chromium = launch_chromium(playwright, whole=True)
    yield chromium
    chromium.close()


@pytest.fixture
def open_page(browser: Browser, complaints: Complaints) -> Iterator[Callable[[int], Page]]:
    """Open a watched page of a given width; the test fails if the browser complained."""
    contexts = []

    def open_at(width: int) -> Page:
        viewport = {"width": width, "height": 900}
        contexts.append(open_profile(browser, complaints, viewport=viewport))
        return contexts[-1].new_page()

    yield open_at
    for context in contexts:
        context.close()
    assert complaints.unexpected() == []


def sign_in_as_printed(page: Page, address: str, printed: str) -> None:
    """Sign in with the editor's account that the start printed."""
    match = re.search(r"編集者\s+(\S+)\s+(\S+)", printed)
    assert match, printed
    page.goto(address)
    page.get_by_label("利用者ID").fill(match[1])
    page.locator("input[type=password]").fill(match[2])
    page.get_by_role("button", name="サインイン").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ホーム")


def open_section(page: Page, title: str) -> None:
    page.get_by_role("link", name="章立てと本文").first.click()
    expect(page).to_have_title(re.compile("^章立てと本文"))
    page.get_by_role("link", name=re.compile(title)).first.click()


def expect_target(page: Page, target: str) -> None:
    """Wait until the table of the section shows the target of the system."""
    expect(page.get_by_role("row", name=re.compile(SYSTEM)).first).to_contain_text(target)


def test_a_target_is_changed_and_printed(
    portal: tuple[str, str], open_page: Callable[[int], Page], shot: Shot, tmp_path: Path
) -> None:
    address, printed = portal
    page = open_page(1280)
    sign_in_as_printed(page, address, printed)
    shot(page, "walk-1-home")
    open_section(page, "重要情報システム一覧")
    expect_target(page, "72時間")
    shot(page, "walk-2-chapter-before")

    change_target(page)
    shot(page, "walk-3-target-saved")
    open_section(page, "重要情報システム一覧")
    expect_target(page, "48時間")
    shot(page, "walk-4-chapter-after")

    ask_for_the_pdf(page, shot)
    look_around_on_a_phone(open_page(390), address, printed, shot)  # while it is printed
    pages = comparable_pages(download(page, shot), tmp_path)
    assert len(pages) > 100
    line = f"{SYSTEM}通常業務で利用可能な状態/完全復旧48時間"
    assert any("重要情報システム一覧(様式17)" in text and line in text for text in pages)
    assert any("緊急連絡先一覧" in text and "090-" in text for text in pages)


def change_target(page: Page) -> None:
    """Change the recovery target in 様式17, typed in full-width digits as people do."""
    page.get_by_role("link", name="様式一覧").first.click()
    page.get_by_role("link", name="重要情報システムとその目標復旧時間").click()
    page.get_by_role("link", name=re.compile(f"^{SYSTEM}・代替拠点")).click()
    page.get_by_role("link", name="編集する").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("の編集")
    page.get_by_label("目標復旧時間", exact=False).first.fill(NEW_TARGET)
    page.get_by_role("button", name="保存する").click()
    expect(page.locator("#page-messages")).to_contain_text("を保存しました。")


def ask_for_the_pdf(page: Page, shot: Shot) -> None:
    page.get_by_role("link", name="印刷").first.click()
    page.get_by_role("button", name="PDFを作る").click()
    expect(page.locator("progress")).to_be_visible()
    shot(page, "walk-5-printing")


def look_around_on_a_phone(page: Page, address: str, printed: str, shot: Shot) -> None:
    """Go the same way on a phone: nothing may need to be scrolled sideways."""
    sign_in_as_printed(page, address, printed)
    shot(page, "walk-phone-home")
    home = page.url
    for name, path in {
        "plan": "plan/",
        "annexes": "annex/",
        "targets": "annex/17/",
        "preview": "plan/preview/",
        "prints": "prints/",
    }.items():
        page.goto(f"{home}{path}")
        shot(page, f"walk-phone-{name}")
        expect_no_sideways_scroll(page)


def download(page: Page, shot: Shot) -> Download:
    """Wait for the PDF, as a person watching the bar, and take it."""
    save = page.get_by_role("link", name="PDFを保存する")
    expect(save).to_be_visible(timeout=SECONDS_TO_PRINT * 1000)
    shot(page, "walk-6-printed")
    with page.expect_download() as started_download:
        save.click()
    assert started_download.value.suggested_filename.endswith(".pdf")
    return started_download.value


def comparable_pages(download: Download, folder: Path) -> list[str]:
    """Return the text of each page in one spelling, without white space."""
    path = folder / "plan.pdf"
    download.save_as(path)
    text = subprocess.run(
        ["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    return [re.sub(r"\s", "", unicodedata.normalize("NFKC", page)) for page in text.split("\f")]

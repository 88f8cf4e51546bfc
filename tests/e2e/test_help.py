"""The guide in a browser: from the page to its section, by keyboard, on a phone and on paper."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.ui.help_book import help_book
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.e2e.page_rules import expect_no_sideways_scroll

pytestmark = pytest.mark.browser

LINK = re.compile(r"この画面の\s*使い方")


def test_from_the_grid_to_the_guide(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
    axe: PageCheck,
    shot: Shot,
) -> None:
    sign_in(page, member(Role.EDITOR).user)
    page.goto(f"{live_server.url}/{municipality.code}/annex/departments/grid/")
    guidance = page.get_by_role("region", name="記入要領")
    expect(guidance).to_be_hidden()
    page.get_by_text("記入要領", exact=True).focus()
    page.keyboard.press("Enter")
    expect(guidance).to_be_visible()
    axe(page)
    shot(page, "grid-guidance")

    with page.expect_popup() as opened:
        page.get_by_role("link", name=LINK).press("Enter")
    guide = opened.value
    expect(guide).to_have_url(re.compile(r"/help/#tables-grid$"))
    expect(guide.locator("#tables-grid")).to_be_in_viewport()
    axe(guide)
    guide.set_viewport_size({"width": 1280, "height": 900})
    shot(guide, "help-desk")
    guide.set_viewport_size({"width": 390, "height": 844})
    expect(guide.get_by_role("navigation", name="手引きの目次")).to_be_visible()
    expect_no_sideways_scroll(guide)
    guide.get_by_role("link", name=re.compile(r"目次へ\s*戻る（1行ずつ書くから）")).click()
    expect(guide.get_by_role("heading", name="目次")).to_be_in_viewport()
    shot(guide, "help-phone")


def test_help_before_signing_in(page: Page, live_server: LiveServer, axe: PageCheck) -> None:
    page.goto(f"{live_server.url}/sign-in/")
    with page.expect_popup() as opened:
        page.get_by_role("link", name=LINK).click()
    expect(opened.value.get_by_role("heading", name="サインインする")).to_be_in_viewport()
    axe(opened.value)


def test_the_guide_on_paper(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
    tmp_path: Path,
) -> None:
    sign_in(page, member(Role.EDITOR).user)
    page.goto(f"{live_server.url}/{municipality.code}/help/")
    page.pdf(path=tmp_path / "guide.pdf", format="A4", print_background=True)
    printed = ["pdftotext", "-raw", tmp_path / "guide.pdf", "-"]
    text = subprocess.run(printed, capture_output=True, text=True, check=True).stdout
    sheets = [re.sub(r"\s", "", sheet) for sheet in text.split("\f")]
    # Contents, then each part on a new sheet.
    assert len(sheets) > len(help_book.parts())
    assert "目次" in sheets[0] and "操作記録を調べる" in sheets[0]
    assert "サインアウト" not in sheets[0]
    assert any(re.match(r"\d*印刷する計画を印刷する", sheet) for sheet in sheets)

"""The administrator takes everything of the municipality out, in a real browser."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory

pytestmark = pytest.mark.browser


def test_an_archive_is_made_and_saved(
    live_server: LiveServer,
    page: Page,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
    axe: PageCheck,
    shot: Shot,
    tmp_path: Path,
) -> None:
    sign_in(page, member(Role.ADMIN).user)
    page.goto(f"{live_server.url}/{municipality.code}/archive/")
    expect(page.get_by_role("heading", name="アーカイブ", exact=True)).to_be_visible()
    axe(page)
    shot(page, "archive/list")
    page.get_by_role("button", name="アーカイブを作る").click()
    expect(page.get_by_role("alert").first).to_contain_text("作る理由を入力してください")
    page.get_by_label("作る理由").fill("四半期ごとの控え")
    page.keyboard.press("Enter")
    expect(page.get_by_text("アーカイブができました。")).to_be_visible()
    axe(page)
    page.set_viewport_size({"width": 390, "height": 900})
    shot(page, "archive/job-phone")
    with page.expect_download() as download:
        page.get_by_role("button", name="アーカイブを保存する").click()
    path = tmp_path / "saved.zip"
    download.value.save_as(path)
    assert "manifest.json" in zipfile.ZipFile(path).namelist()

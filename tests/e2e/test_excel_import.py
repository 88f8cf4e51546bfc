"""From a town's own sheet to rows: choose, assign columns, look, save; by keyboard and on a telephone."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.importing.desk import workbook_of

PHONE = {"width": 390, "height": 844}
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OWN_SHEET = workbook_of(
    ("令和8年度　公共施設一覧",),
    ("番号", "呼び名", "ありか", "地上階数"),
    (1, "本庁舎", "中央1丁目1番1号", "５階"),
    (2, "東支所", "東町2丁目2番2号", "二階建て"),
    (3, "車庫", "〃", 1),
)


def test_a_towns_own_sheet_becomes_rows(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
    axe: PageCheck,
    shot: Shot,
) -> None:
    sign_in(page, member(Role.EDITOR).user)
    page.goto(f"{live_server.url}/{municipality.code}/annex/3/")
    page.get_by_text("ほかの操作").press("Enter")
    page.get_by_role("link", name="Excelから取り込む").press("Enter")
    expect(page.get_by_role("heading", name="Excelから取り込む", level=1)).to_be_visible()
    axe(page)
    shot(page, "import-upload")
    file = {"name": "公共施設一覧.xlsx", "mimeType": OFFICE, "buffer": OWN_SHEET}
    page.get_by_label("ファイル").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="読み取って確かめる").press("Enter")

    expect(page.get_by_role("heading", name="列の対応", level=1)).to_be_visible()
    page.get_by_label("見出しの行").select_option("2")
    page.get_by_role("button", name="この様式と行で列を選ぶ").press("Enter")
    expect(page).to_have_url(re.compile(r"\brow=2\b"))
    page.get_by_label("B列「呼び名」").select_option(label="庁舎（建物）名")
    page.get_by_label("C列「ありか」").select_option(label="所在地")
    page.get_by_label("ファイルにない必須の項目「拠点区分」").select_option(label="その他")
    axe(page)
    shot(page, "import-columns")
    page.get_by_role("button", name="この対応で確かめる").press("Enter")

    expect(page.get_by_role("heading", name="取り込みの確認", level=1)).to_be_visible()
    expect(page.get_by_text("「二階建て」は整数で入力してください。")).to_be_visible()
    axe(page)
    shot(page, "import-refused")
    page.get_by_role("link", name="2行 新規").press("Enter")
    expect(page.get_by_text("中央1丁目1番1号").first).to_be_visible()
    axe(page)
    shot(page, "import-new")
    page.set_viewport_size(PHONE)
    axe(page)
    shot(page, "import-phone")
    page.get_by_label("取り込める2行だけを取り込む").check()
    page.get_by_role("button", name="取り込む", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="取り込みの結果", level=1)).to_be_visible()
    axe(page)
    page.goto(f"{live_server.url}/{municipality.code}/annex/3/")
    expect(page.get_by_role("link", name="車庫")).to_be_visible()

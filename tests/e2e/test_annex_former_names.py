"""A 団体管理者 sees what columns and options were called, on a desk and on a phone, and takes a name away by keyboard."""

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex.settings_services import (
    ColumnChoice,
    OptionChoice,
    save_annex_setting,
    save_columns,
    save_options,
)
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.e2e.page_rules import DESK, PHONE, expect_no_sideways_scroll

pytestmark = pytest.mark.browser
TAKE_AWAY = "以前の名前「{}（"


@pytest.fixture
def renamed(municipality: Municipality, member: MemberFactory) -> None:
    """Call 様式3, two columns and two options otherwise, each more than once."""
    common = {"municipality": municipality, "actor": member(Role.ADMIN).user}
    with scope(municipality=municipality):
        for turn, title in enumerate(("庁舎と拠点", "庁舎・拠点の一覧（令和8年度版）")):
            save_annex_setting(code="3", values={"title": title}, **common)  # type: ignore[arg-type]
            labels = {
                "address": ("住居表示", "位置")[turn],
                "note": ("摘要と覚え書き", "控え")[turn],
            }
            columns = [ColumnChoice(name, label, False) for name, label in labels.items()]
            save_columns(code="3", columns=columns, **common)  # type: ignore[arg-type]
            options = [OptionChoice("main", ("市役所", "本館")[turn], False)]
            save_options(list_code="site_kind", options=options, **common)  # type: ignore[arg-type]


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def test_former_names_are_shown_and_taken_away(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    renamed: None,
    member: MemberFactory,
    sign_in: SignIn,
    axe: PageCheck,
    shot: Shot,
) -> None:
    sign_in(page, member(Role.ADMIN).user)
    base = f"{live_server.url}/{municipality.code}/annex"
    for size in (DESK, PHONE):
        resize(page, size)
        for name, path in (("settings", "3/settings/"), ("choices", "choices/site_kind/")):
            page.goto(f"{base}/{path}")
            expect(page.get_by_text("以前の名前", exact=True).first).to_be_visible()
            expect_no_sideways_scroll(page)
            axe(page)
            shot(page, f"former-names-{name}-{size[0]}")
    resize(page, DESK)
    page.goto(f"{base}/3/settings/")
    box = page.get_by_label(TAKE_AWAY.format("住居表示"))
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    page.get_by_role("button", name="保存する").press("Enter")
    expect(page.get_by_text("設定を保存しました。")).to_be_visible()
    page.goto(f"{base}/3/settings/")
    expect(page.get_by_label(TAKE_AWAY.format("摘要と覚え書き"))).to_be_visible()
    expect(page.get_by_label(TAKE_AWAY.format("住居表示"))).to_have_count(0)

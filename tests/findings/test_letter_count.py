"""A field says how many letters it may hold and how many were pasted, and keeps all (finding 6)."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from tests.browser import Complaints, SignIn
from tests.conftest import MemberFactory

pytestmark = pytest.mark.browser

KATSU = "葛\U000e0100"


def test_what_is_pasted_stays_and_is_counted(
    page: Page,
    live_server: LiveServer,
    sign_in: SignIn,
    member: MemberFactory,
    municipality: Municipality,
    complaints: Complaints,
    axe: Any,
    shot: Any,
) -> None:
    sign_in(page, member(Role.EDITOR).user)
    page.goto(live_server.url + reverse("annex:add", args=[municipality.code, "departments"]))
    name = page.get_by_label("部署名")
    name.fill(KATSU * 80)
    expect(page.get_by_text("文字以内で入力してください")).to_have_count(0)
    name.fill(KATSU * 100)
    said = page.get_by_text("「部署名」は80文字以内で入力してください（今は100文字、20文字多い）。")
    expect(said).to_be_visible()
    expect(name).to_have_attribute("aria-invalid", "true")
    assert name.input_value() == KATSU * 100
    shot(page, "letter_count")
    axe(page)
    page.get_by_role("button", name="保存").first.click()
    expect(page.get_by_text("80文字以内で入力してください（今は100文字）。").first).to_be_visible()
    expect(page.get_by_label("部署名")).to_have_value(KATSU * 100)

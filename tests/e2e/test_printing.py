"""A person chooses what is printed and how, takes the file, and finds the choices again."""

import pikepdf
import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from plans.models import Chapter, Plan
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.e2e.page_rules import expect_no_sideways_scroll

PHONE = {"width": 390, "height": 844}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_choosing_parts_and_binding_by_keyboard(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
    axe: PageCheck,
    shot: Shot,
) -> None:
    with scope(municipality=municipality):
        plan = Plan.objects.create(municipality=municipality, title="見本市 ICT業務継続計画")
        for title in ("総則", "想定する被害"):
            Chapter.objects.create(municipality=municipality, plan=plan, title=title)
    sign_in(page, member(Role.EDITOR).user)
    address = f"{live_server.url}/{municipality.code}/prints/"
    page.goto(address)
    axe(page)
    shot(page, "print-form")
    page.get_by_role("button", name="様式をすべて外す").press("Enter")
    expect(
        page.get_by_role("group", name="様式").get_by_role("checkbox", checked=True)
    ).to_have_count(0)
    page.get_by_label("様式20").press("Space")
    page.get_by_label("両面に印刷し、左を綴じる").press("Space")
    page.get_by_role("button", name="PDFを作る").press("Enter")

    with page.expect_download() as download:
        page.get_by_role("link", name="PDFを保存する").press("Enter")
    with pikepdf.open(download.value.path()) as pdf, pdf.open_outline() as outline:
        titles = [item.title.split()[-1] for item in outline.root]
    assert titles == ["改定履歴", "総則", "想定する被害", titles[-1]]
    assert len(titles) == 4

    page.set_viewport_size(PHONE)
    page.goto(address)
    expect(page.get_by_label("両面に印刷し、左を綴じる")).to_be_checked()
    expect(
        page.get_by_role("group", name="様式").get_by_role("checkbox", checked=True)
    ).to_have_count(1)
    expect_no_sideways_scroll(page)
    axe(page)
    shot(page, "print-form-phone")

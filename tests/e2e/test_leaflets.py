"""From the print page to carry cards and blank forms, with the keyboard and on a telephone."""

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Department, Municipality, Person
from bcp_portal.accounts.permissions import Role
from plans.models import Plan, ResponseRole
from plans.prints.models import PrintJob
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory

PHONE = {"width": 390, "height": 844}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(municipality: Municipality, settings: Settings) -> None:
    """A plan and a few people, two of them with a role; prints wait for a worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    with scope(municipality=municipality):
        Plan.objects.create(municipality=municipality, title="見本市 ICT業務継続計画書")
        department = Department.objects.create(
            municipality=municipality, name="情報政策課", row_no=1
        )
        for number, name in enumerate(("見本 確", "佐々木 由紀", "中村 大輔"), start=1):
            person = Person.objects.create(
                municipality=municipality,
                name=name,
                post="主査",
                department=department,
                row_no=number,
            )
            ResponseRole.objects.create(
                municipality=municipality,
                structure="disaster",
                role_name=f"役割{number}",
                person=person,
                row_no=number,
            )


def test_cards_and_blank_forms_are_asked_for(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    office: None,
    sign_in: SignIn,
    axe: PageCheck,
    shot: Shot,
) -> None:
    sign_in(page, member(Role.EDITOR).user)
    page.goto(f"{live_server.url}/{municipality.code}/prints/")
    axe(page)
    shot(page, "prints-others")
    page.get_by_role("link", name="携行カード").press("Enter")
    expect(page.get_by_role("heading", name="携行カード", level=1)).to_be_visible()
    page.get_by_label("次に選ぶ人").check()
    page.get_by_role("button", name="カードのPDFを作る").press("Enter")
    expect(page.get_by_text("カードを作る人を1人以上選んでください。").first).to_be_visible()
    axe(page)
    shot(page, "cards-page")
    page.get_by_label("佐々木 由紀").check()
    page.set_viewport_size(PHONE)
    axe(page)
    shot(page, "cards-phone")
    page.get_by_role("button", name="カードのPDFを作る").press("Enter")
    expect(page.get_by_role("heading", name="携行カードの印刷")).to_be_visible()

    page.get_by_role("navigation").get_by_role("link", name="印刷", exact=True).last.click()
    page.get_by_role("link", name="手書き用の様式").press("Enter")
    expect(page.get_by_role("heading", name="手書き用の様式", level=1)).to_be_visible()
    axe(page)
    shot(page, "blank-forms-phone")
    page.get_by_label("様式9の枚数").fill("3")
    page.get_by_role("button", name="用紙のPDFを作る").press("Enter")
    expect(page.get_by_role("heading", name="手書き用の様式の印刷")).to_be_visible()
    with scope(municipality=municipality):
        options = {job.product: job.options for job in PrintJob.objects.all()}
    assert len(options["carry-cards"]["people"]) == 1
    assert options["blank-forms"]["sheets_9"] == 3

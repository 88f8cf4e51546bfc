"""The 新旧対照表 in a browser: chosen by keyboard, read on a wide screen and on a telephone, taken away."""

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from plans.models import Chapter
from systems.models.contacts import EmergencyContact
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.plans.editions.making import PHONE, a_chapter, a_plan, issued

PHONE_SCREEN = {"width": 390, "height": 844}
BEFORE = "<p>原則を定める。職員は、勤務時間外に震度5強以上の地震が発生したときは、市民会館に参集する。3日以内に復旧する。</p>"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def changed_plan(municipality: Municipality) -> None:
    """An edition, and a working copy in which something of everything changed."""
    with scope(municipality=municipality):
        plan = a_plan(municipality)
        Chapter.objects.filter(title="目的").update(body=BEFORE)
        a_chapter(plan, "受援", 3)
        issued(municipality)
        after = BEFORE.replace("市民会館", "中央公民館").replace("3日", "24時間")
        Chapter.objects.filter(title="目的").update(body=after)
        Chapter.objects.filter(title="受援").delete()
        a_chapter(plan, "公表", 3)
        EmergencyContact.objects.filter(mobile=PHONE).update(mobile="080-1234-5678")


def test_from_the_menu_to_the_changes_and_away(
    changed_plan: None,
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
    axe: PageCheck,
    shot: Shot,
) -> None:
    sign_in(page, member(Role.APPROVER).user)
    page.goto(f"{live_server.url}/{municipality.code}/compare/")
    expect(page.get_by_label("新しい方")).to_have_value("working")
    axe(page)
    shot(page, "comparison-choose")
    page.get_by_role("button", name="比べる").press("Enter")

    expect(page.get_by_role("heading", name="変わったところ")).to_be_visible()
    expect(page.locator("ins").filter(has_text="中央公民館")).to_be_visible()
    expect(page.locator("del").filter(has_text="市民会館")).to_be_visible()
    expect(page.get_by_text(PHONE)).to_have_count(0)
    axe(page)
    shot(page, "comparison")
    page.get_by_role("link", name="公表").press("Enter")
    expect(page.locator("tr:target")).to_contain_text("公表")

    page.set_viewport_size(PHONE_SCREEN)
    expect(page.locator("ins").filter(has_text="24時間")).to_be_visible()
    axe(page)
    shot(page, "comparison-phone")

    compared = page.url
    page.get_by_role("button", name="Wordで受け取る").press("Enter")
    with page.expect_download() as taken:
        page.get_by_role("link", name="ファイルを保存する").press("Enter")
    assert taken.value.suggested_filename.endswith(".docx")
    axe(page)
    page.goto(compared)
    page.get_by_role("button", name="個人の電話番号等も表示する").press("Enter")
    expect(page.get_by_text("080-1234-5678").first).to_be_visible()
    axe(page)

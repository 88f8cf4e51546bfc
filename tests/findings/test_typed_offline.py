"""What is typed while the connection is lost waits in the browser and is offered when it is back."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from tests.browser import Complaints, SignIn
from tests.conftest import MemberFactory

pytestmark = pytest.mark.browser

TYPED = "危機管理課"
WAITS = f"() => Object.values(localStorage).some((each) => each.includes('{TYPED}'))"


@pytest.fixture
def form(
    page: Page,
    sign_in: SignIn,
    member: MemberFactory,
    live_server: LiveServer,
    in_scope: Municipality,
    complaints: Complaints,
) -> Page:
    """An empty form of a department, with its name typed while nothing can be reached."""
    complaints.allow("ERR_INTERNET_DISCONNECTED|Failed to fetch|Failed to load resource|Fetch API")
    sign_in(page, member(Role.EDITOR, Role.ADMIN).user)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(live_server.url + reverse("annex:add", args=[in_scope.code, "departments"]))
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.get_by_label("部署名").press_sequentially(TYPED)
    page.wait_for_function(WAITS)
    return page


def test_what_was_typed_is_offered_when_saving_did_not_arrive(form: Page) -> None:
    address = form.url
    form.get_by_role("button", name="保存する", exact=True).first.click()
    expect(form.get_by_label("部署名")).to_have_count(0)
    form.context.set_offline(False)
    form.goto(address)
    form.get_by_role("button", name="入力を復元する").click()
    expect(form.get_by_label("部署名")).to_have_value(TYPED)
    form.get_by_role("button", name="保存する", exact=True).first.click()
    expect(form.locator(".notice-success")).to_be_visible()
    assert Department.objects.get().name == TYPED


def test_a_form_that_stays_open_is_saved_when_the_connection_is_back(form: Page) -> None:
    address = form.url
    form.context.set_offline(False)
    form.get_by_role("button", name="保存する", exact=True).first.click()
    expect(form.locator(".notice-success")).to_be_visible()
    assert Department.objects.get().name == TYPED
    form.goto(address)
    form.wait_for_load_state("networkidle")
    expect(form.get_by_role("button", name="入力を復元する")).to_have_count(0)
    assert not form.evaluate(WAITS)

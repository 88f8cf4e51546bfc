"""The door, the members' pages and the operation log in a real browser, wide and on a phone."""

from collections.abc import Callable

import pytest
from django.test import Client
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Department, Municipality, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.services import Change, record
from tests.browser import Complaints, PageCheck, Shot, SignIn
from tests.conftest import PASSWORD, MemberFactory
from tests.e2e.page_rules import expect_no_sideways_scroll

pytestmark = pytest.mark.browser

Look = Callable[[str], None]


@pytest.fixture
def look(page: Page, axe: PageCheck, shot: Shot) -> Look:
    """Check the page as it stands at both widths: no axe finding, nothing beside the screen."""

    def at_both_widths(name: str) -> None:
        for width, label in ((1280, "desk"), (390, "phone")):
            page.set_viewport_size({"width": width, "height": 900})
            axe(page)
            expect_no_sideways_scroll(page)
            shot(page, f"members/{name}-{label}")
        page.set_viewport_size({"width": 1280, "height": 900})

    return at_both_widths


@pytest.fixture
def department(municipality: Municipality) -> Department:
    with scope(municipality=municipality):
        return Department.objects.create(municipality=municipality, name="総務部防災課")


def test_signing_in_with_the_keyboard(
    live_server: LiveServer,
    page: Page,
    municipality: Municipality,
    member: MemberFactory,
    look: Look,
) -> None:
    user = member(Role.ADMIN, username="kanri").user
    User.objects.filter(pk=user.pk).update(password_is_initial=True)
    page.goto(f"{live_server.url}/{municipality.code}/people/")
    look("sign-in")
    page.get_by_label("利用者ID").focus()
    page.keyboard.type("kanri")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong-horse")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("利用者IDまたはパスワードが違います")
    look("sign-in-refused")
    page.get_by_label("パスワード").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("パスワードの変更")
    look("initial-password-must-change")
    page.get_by_label("元のパスワード").fill(PASSWORD)
    page.get_by_label("新しいパスワード", exact=False).first.fill("brand-new-horse-9")
    page.get_by_label("確認", exact=False).fill("brand-new-horse-9")
    page.get_by_role("button", name="変更する").click()
    expect(page.get_by_text("パスワードを変更しました。")).to_be_visible()
    page.goto(f"{live_server.url}/{municipality.code}/people/")
    expect(page.get_by_role("heading", level=1)).to_have_text("利用者と役割")


def test_locked_out(
    live_server: LiveServer,
    page: Page,
    member: MemberFactory,
    look: Look,
    complaints: Complaints,
) -> None:
    complaints.allow("status of 429")
    member(Role.VIEWER, username="etsuran")
    terminal = Client(REMOTE_ADDR="127.0.0.1")
    for _ in range(9):
        terminal.post("/sign-in/", {"username": "etsuran", "password": "wrong-horse"})
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_label("利用者ID").fill("etsuran")
    page.get_by_label("パスワード").fill("wrong-horse")
    page.get_by_role("button", name="サインイン").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("サインインを一時停止しています")
    expect(page.get_by_text("15分待ち")).to_be_visible()
    look("locked-out")


def test_managing_members(
    live_server: LiveServer,
    page: Page,
    municipality: Municipality,
    department: Department,
    member: MemberFactory,
    sign_in: SignIn,
    look: Look,
) -> None:
    sign_in(page, member(Role.ADMIN, username="kanri").user)
    member(Role.EDITOR, Role.CHECKER, username="hensyu", department=department)
    page.goto(f"{live_server.url}/{municipality.code}/people/")
    look("list")
    page.get_by_role("link", name="利用者を追加する").click()
    expect(page.get_by_role("heading", name="利用者の追加", level=1)).to_be_visible()
    page.get_by_role("button", name="追加する").click()
    expect(page.get_by_role("alert")).to_contain_text("件の誤りがあります")
    look("add-refused")
    page.get_by_role("textbox", name="氏名").fill("山田 太郎")
    page.get_by_label("利用者ID").fill("yamada")
    page.get_by_label("承認者").check()
    page.get_by_label("所属").select_option("総務部防災課")
    page.get_by_role("button", name="追加する").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("初期パスワード")
    look("initial-password")
    page.get_by_role("link", name="一覧に戻る").click()
    page.get_by_role("link", name="山田 太郎").click()
    page.get_by_text("役割ごとにできること").click()
    expect(page.get_by_text("計画の「承認の経路」で決めます")).to_be_visible()
    look("change")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="利用を停止する").click()
    expect(page.get_by_text("「山田 太郎」の利用を停止しました。")).to_be_visible()
    page.goto(f"{live_server.url}/{municipality.code}/municipality/")
    look("municipality")


def test_reading_the_log(
    live_server: LiveServer,
    page: Page,
    municipality: Municipality,
    department: Department,
    member: MemberFactory,
    sign_in: SignIn,
    look: Look,
) -> None:
    reader = member(Role.AUDITOR, username="kansa").user
    changes = [
        Change("name", "部署名", "防災課", "総務部防災課"),
        Change("phone", "携帯電話", "090-0000-0001", "090-0000-0002", personal=True),
        Change("note", "備考", "", "一行目\n二行目" * 20),
    ]
    with scope(municipality=municipality):
        for _ in range(60):
            record(
                municipality=municipality,
                actor=reader,
                action="変更",
                target=department,
                changes=changes,
                note=f"様式9 緊急連絡先 {'a1' * 32}",
            )
    sign_in(page, reader)
    page.goto(f"{live_server.url}/{municipality.code}/audit/")
    look("audit-list")
    page.get_by_label("語句").fill("総務部")
    page.get_by_role("main").get_by_role("button", name="探す").click()
    expect(page.get_by_role("status")).to_have_text("60件")
    page.get_by_role("link", name="60", exact=True).click()
    expect(page.get_by_text("個人情報のため表示しません")).to_be_visible()
    look("audit-entry")
    page.goto(f"{live_server.url}/{municipality.code}/audit/?date_from=9999-12-31")
    look("audit-refused")

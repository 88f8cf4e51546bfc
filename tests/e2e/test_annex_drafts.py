"""What is typed and not saved: it survives a closed tab, a lost session and a refused save, for its author alone."""

import json
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import drafts
from bcp_portal.annex.models import Draft
from plans.models import Chapter, Plan
from systems.models import Site
from tests.browser import Complaints, PageCheck, Shot, SignIn
from tests.conftest import PASSWORD, MemberFactory
from tests.e2e.annex_desk import Desk, add_row

pytestmark = pytest.mark.browser

OFFER = "保存していない入力があります"
TYPED = "書きかけの一丁目1番"
STORES = "() => JSON.stringify([{...localStorage}, {...sessionStorage}])"
LETS_GO = f"typed => !({STORES})().includes(typed)"


@pytest.fixture
def hall(municipality: Municipality) -> Any:
    return add_row(municipality, "3", name="本庁舎", site_kind="main")


@pytest.fixture
def desk(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
) -> Desk:
    sign_in(page, member(Role.EDITOR, username="nakamura").user)
    member(Role.EDITOR, username="suzuki")
    return Desk(page, live_server.url, municipality)


def kept(desk: Desk, typed: str = TYPED) -> Any:
    """Expect that the server is told of what is typed while the block runs; parts may go before."""

    def is_told(answer: Response) -> bool:
        return answer.url == desk.address("drafts") and typed in (answer.request.post_data or "")

    return desk.page.expect_response(is_told)


def expect_let_go(desk: Desk) -> None:
    """Wait until the browser itself no longer keeps what was typed."""
    desk.page.wait_for_function(LETS_GO, arg=TYPED)


def offer(desk: Desk) -> Any:
    return desk.page.locator(".draft-offer")


def new_tab(desk: Desk) -> None:
    context = desk.page.context
    desk.page.close()
    desk.page = context.new_page()


def sign_in_by_form(desk: Desk, username: str) -> None:
    desk.page.get_by_label("利用者ID").fill(username)
    desk.page.get_by_label("パスワード").fill(PASSWORD)
    desk.page.get_by_role("button", name="サインイン").click()
    expect(desk.page.get_by_role("button", name="使用者を交代").first).to_be_visible()


def lose_session(desk: Desk, complaints: Complaints, cookie: str | None = None) -> None:
    complaints.allow("Failed to load resource|Fetch API cannot load|Failed to fetch")
    desk.page.context.clear_cookies(name=cookie)


def stored_address(hall: Any) -> str:
    with scope(municipality=hall.municipality):
        return Site.objects.get(pk=hall.pk).address


def test_a_closed_tab_loses_nothing(desk: Desk, hall: Any, axe: PageCheck, shot: Shot) -> None:
    for number in range(1, 25):
        add_row(desk.municipality, "departments", name=f"第{number}課")
    with scope(municipality=desk.municipality):
        manager = Department.objects.get(name="第17課")
    desk.open("edit", "3", hall.uid)
    with kept(desk, f'["manager_department","{manager.pk}"]'):
        desk.page.get_by_label("所在地").fill(TYPED)
        desk.page.get_by_label("土砂災害").check()
        search = desk.page.locator("#id_manager_department-ts-control")
        search.click()
        search.press_sequentially("第17")
        desk.page.get_by_role("option", name="第17課").click()

    new_tab(desk)
    desk.open("edit", "3", hall.uid)
    expect(desk.page.get_by_label("所在地")).to_have_value("")
    expect(offer(desk)).to_contain_text(OFFER)
    axe(desk.page)
    shot(desk.page, "annex-draft-offered")
    offer(desk).get_by_role("button", name="入力を復元する").click()
    expect(desk.page.get_by_label("所在地")).to_have_value(TYPED)
    expect(desk.page.get_by_label("土砂災害")).to_be_checked()
    expect(desk.page.locator("#id_manager_department + .ts-wrapper .item")).to_have_text("第17課")
    expect(offer(desk)).to_have_count(0)
    desk.save()
    desk.expect_success("「本庁舎」を保存しました。")
    with scope(municipality=desk.municipality):
        row = Site.objects.get(pk=hall.pk)
        assert (row.address, row.manager_department.name) == (TYPED, "第17課")
        assert not Draft.objects.exists()
    expect_let_go(desk)

    with desk.page.expect_response(lambda answer: "drafts/" in answer.url):
        desk.open("edit", "3", hall.uid)
    expect(offer(desk)).to_have_count(0)


def test_the_lines_of_a_grid_come_back_and_others_stay_as_they_are_now(
    desk: Desk, hall: Any
) -> None:
    add_row(desk.municipality, "3", name="東支所", site_kind="annex")
    desk.open("grid", "3")
    with kept(desk, "第5別館"):
        desk.cell(1, "所在地").fill(TYPED)
        desk.paste_block(desk.cell(3, "庁舎（建物）名"), [[f"第{n}別館"] for n in range(1, 6)])
    with scope(municipality=desk.municipality):
        Site.objects.filter(name="東支所").update(address="いま変わった住所", version=2)

    new_tab(desk)
    desk.open("grid", "3")
    offer(desk).get_by_role("button", name="入力を復元する").click()
    expect(desk.cell(1, "所在地")).to_have_value(TYPED)
    expect(desk.cell(2, "所在地")).to_have_value("いま変わった住所")
    expect(desk.cell(7, "庁舎（建物）名")).to_have_value("第5別館")
    for line in range(3, 8):
        desk.cell(line, "拠点区分").select_option("分館・分庁舎")
    desk.save_grid()
    desk.expect_success("6行を保存しました。")


def test_a_draft_does_not_hide_what_somebody_saved_after_it(
    desk: Desk, hall: Any, complaints: Complaints
) -> None:
    complaints.allow("status of 409")
    desk.open("edit", "3", hall.uid)
    with kept(desk):
        desk.page.get_by_label("所在地").fill(TYPED)
    with scope(municipality=desk.municipality):
        Site.objects.filter(pk=hall.pk).update(address="先に保存された住所", version=2)
    desk.open("edit", "3", hall.uid)
    offer(desk).get_by_role("button", name="入力を復元する").click()
    desk.save()
    expect(desk.page.locator("[data-conflict]")).to_contain_text("先に保存された住所")
    expect(desk.page.get_by_label("所在地")).to_have_value(TYPED)
    assert stored_address(hall) == "先に保存された住所"


def test_the_line_of_a_row_that_is_gone_is_shown_to_be_copied(desk: Desk, hall: Any) -> None:
    desk.open("grid", "3")
    with kept(desk):
        desk.cell(1, "所在地").fill(TYPED)
    with scope(municipality=desk.municipality):
        Site.objects.get(pk=hall.pk).delete()
    desk.open("grid", "3")
    offer(desk).get_by_role("button", name="入力を復元する").click()
    expect(offer(desk)).to_contain_text("行が削除されたか")
    expect(offer(desk)).to_contain_text(TYPED)


@pytest.mark.parametrize("cookie", ["sessionid", None], ids=["expired", "all cookies gone"])
def test_a_lost_session_loses_nothing(
    desk: Desk, hall: Any, complaints: Complaints, cookie: str | None
) -> None:
    desk.open("edit", "3", hall.uid)
    lose_session(desk, complaints, cookie)
    desk.page.get_by_label("所在地").fill(TYPED)
    desk.save()
    expect(desk.page).to_have_title("サインイン | ICT-BCPポータル")
    sign_in_by_form(desk, "nakamura")
    expect(desk.page).to_have_url(desk.address("edit", "3", hall.uid))
    offer(desk).get_by_role("button", name="入力を復元する").click()
    expect(desk.page.get_by_label("所在地")).to_have_value(TYPED)
    desk.save()
    desk.expect_success("「本庁舎」を保存しました。")
    assert stored_address(hall) == TYPED
    expect_let_go(desk)


def test_a_refused_save_keeps_the_text_on_the_page_and_for_later(desk: Desk, hall: Any) -> None:
    desk.open("edit", "3", hall.uid)
    desk.page.get_by_label("所在地").fill(TYPED)
    desk.page.get_by_label("建築時期").fill("へいせい")
    desk.save()
    expect(desk.page.locator("[data-error-summary]")).to_contain_text("「へいせい」")
    expect(desk.page.get_by_label("所在地")).to_have_value(TYPED)
    desk.open("list", "3")
    desk.open("edit", "3", hall.uid)
    offer(desk).get_by_role("button", name="入力を復元する").click()
    expect(desk.page.get_by_label("所在地")).to_have_value(TYPED)
    expect(desk.page.get_by_label("建築時期")).to_have_value("へいせい")
    offer_again = desk.page.get_by_role("button", name="捨てる")
    expect(offer_again).to_have_count(0)


def test_thrown_away_is_thrown_away(desk: Desk, hall: Any) -> None:
    desk.open("edit", "3", hall.uid)
    with kept(desk):
        desk.page.get_by_label("所在地").fill(TYPED)
    desk.open("edit", "3", hall.uid)
    with desk.page.expect_response(lambda answer: answer.request.method == "DELETE"):
        offer(desk).get_by_role("button", name="捨てる").click()
    expect(offer(desk)).to_have_count(0)
    with scope(municipality=desk.municipality):
        assert not Draft.objects.exists()


def nothing_is_left_to_see(desk: Desk) -> None:
    expect_let_go(desk)
    assert TYPED not in desk.page.content()
    values = "() => [...document.querySelectorAll('input, textarea')].map((each) => each.value)"
    assert TYPED not in json.dumps(desk.page.evaluate(values), ensure_ascii=False)


def test_the_next_person_at_the_terminal_finds_nothing(
    desk: Desk, hall: Any, complaints: Complaints
) -> None:
    desk.open("edit", "3", hall.uid)
    lose_session(desk, complaints)
    desk.page.get_by_label("所在地").fill(TYPED)
    desk.save()
    expect(desk.page).to_have_title("サインイン | ICT-BCPポータル")
    assert TYPED in desk.page.evaluate(STORES), "There was nothing to find in the first place."
    sign_in_by_form(desk, "suzuki")
    expect(desk.page).to_have_url(desk.address("edit", "3", hall.uid))
    expect(desk.page.get_by_label("所在地")).to_be_visible()
    nothing_is_left_to_see(desk)
    expect(offer(desk)).to_have_count(0)


def test_changing_persons_hides_a_draft_and_keeps_it_for_its_author(desk: Desk, hall: Any) -> None:
    desk.open("edit", "3", hall.uid)
    with kept(desk):
        desk.page.get_by_label("所在地").fill(TYPED)
        desk.page.get_by_label("所在地").blur()  # or the click sends it again, to a closed session
    desk.page.get_by_role("button", name="使用者を交代").first.click()
    sign_in_by_form(desk, "suzuki")
    with desk.page.expect_response(lambda answer: "drafts/?key" in answer.url):
        desk.open("edit", "3", hall.uid)
    expect(offer(desk)).to_have_count(0)
    nothing_is_left_to_see(desk)
    went_back_to = []
    while desk.page.go_back() is not None:  # to the form in which the first person typed
        nothing_is_left_to_see(desk)
        went_back_to.append(desk.page.url)
    assert went_back_to[-1] == desk.address("edit", "3", hall.uid)

    desk.open("list", "3")
    desk.page.get_by_role("button", name="使用者を交代").first.click()
    sign_in_by_form(desk, "nakamura")
    desk.open("edit", "3", hall.uid)
    offer(desk).get_by_role("button", name="入力を復元する").click()
    expect(desk.page.get_by_label("所在地")).to_have_value(TYPED)


def test_the_text_of_a_chapter_comes_back_too(desk: Desk, in_scope: Municipality) -> None:
    plan = Plan.objects.create(municipality=in_scope, title="ICT-BCP")
    chapter = Chapter.objects.create(municipality=in_scope, plan=plan, title="基本方針")
    address = desk.origin + reverse("plan:chapter", args=[in_scope.code, chapter.uid])
    desk.page.goto(address)
    editor = desk.page.locator(".ProseMirror").first
    editor.click()
    with kept(desk):
        desk.page.keyboard.type(TYPED)

    new_tab(desk)
    desk.page.goto(address)
    expect(desk.page.locator(".ProseMirror").first).not_to_contain_text(TYPED)
    offer(desk).get_by_role("button", name="入力を復元する").click()
    expect(desk.page.locator(".ProseMirror").first).to_contain_text(TYPED)
    desk.page.get_by_role("button", name="保存する", exact=True).click()
    desk.expect_success("「1 基本方針」を保存しました。")
    chapter.refresh_from_db()
    assert TYPED in chapter.body
    assert not Draft.objects.exists()


def test_who_types_too_much_for_a_draft_is_told(
    desk: Desk, complaints: Complaints, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaints.allow("status of 413")
    monkeypatch.setattr(drafts, "MOST_BYTES", 1000)
    desk.open("add", "3")
    desk.page.get_by_label("所在地").fill("字" * 400)
    warning = desk.page.locator(".draft-warning")
    expect(warning).to_contain_text("下書きには残せません")
    stored = "Object.keys(localStorage).some((key) => key.startsWith('draft:'))"
    assert not desk.page.evaluate(stored)

"""Editions in a browser: found from the first page, read, taken away, and put back."""

from datetime import date

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from plans.models import Chapter
from plans.text.live_blocks import block_html
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.plans.editions.making import PERSON, PHONE, a_chapter, a_plan, issued
from tests.plans.rows import a_person, a_role

PHONE_SCREEN = {"width": 390, "height": 844}
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def issued_plan(municipality: Municipality) -> None:
    """Two editions and one to come, and a chapter that was changed since."""
    with scope(municipality=municipality):
        plan = a_plan(municipality)
        a_role(municipality, "本部長", person=a_person(municipality, PERSON))
        chapter = a_chapter(plan, "連絡と体制", 3)
        chapter.body = block_html("9") + block_html("fig-organisation-disaster")
        chapter.save()
        issued(municipality, kind="enactment", reason="新規に制定した。")
        decider = {
            "name": "見本 承子",
            "post": "副市長",
            "step": "承認",
            "decision": "承認",
            "at": "2026-04-30T17:15:00+09:00",
            "on_behalf_of": "市長 見本 首長",
            "absence": "出張のため",
            "comment": "連絡先の更新を毎月確かめること。",
        }
        issued(
            municipality,
            kind="minor",
            reason="連絡先と庁舎の名称を改めた。",
            document_number="情政第12号",
            effective_on=date(2026, 5, 1),
            deciders=(decider,),
        )
        issued(municipality, reason="代替拠点を加えた。", effective_on=date(2300, 4, 1))
        Chapter.objects.filter(title="目的").update(body="<p>その後に書いた文</p>")


def test_from_home_to_the_edition_and_back_to_what_it_said(
    issued_plan: None,
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
    axe: PageCheck,
    shot: Shot,
) -> None:
    sign_in(page, member(Role.EDITOR).user)
    page.goto(f"{live_server.url}/{municipality.code}/")
    shot(page, "edition-home")
    page.get_by_role("link", name="版", exact=True).click()
    expect(page.get_by_role("cell", name="施行待ち")).to_be_visible()
    axe(page)
    shot(page, "editions")
    page.get_by_role("link", name="第1.1版").press("Enter")

    expect(page.get_by_role("heading", name="決定した人")).to_be_visible()
    expect(page.get_by_text("市長 見本 首長の代行")).to_be_visible()
    page.get_by_text("改ざんがないことを確かめるための値").click()
    expect(page.get_by_text("承認された内容のSHA-256")).to_be_visible()
    axe(page)
    shot(page, "edition")
    page.set_viewport_size(PHONE_SCREEN)
    axe(page)
    shot(page, "edition-phone")
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert taken.value.suggested_filename == "ICT業務継続計画_第1.1版_20260501施行.pdf"

    page.get_by_role("link", name="本文を読む").press("Enter")
    expect(page.get_by_text("目的の本文")).to_be_visible()
    expect(page.get_by_text(PHONE)).to_have_count(0)
    axe(page)
    shot(page, "edition-read-phone")
    page.set_viewport_size({"width": 1280, "height": 900})
    shot(page, "edition-read")
    page.go_back()
    page.get_by_role("link", name="本文（個人の情報を含む）").press("Enter")
    expect(page.get_by_text(PHONE).first).to_be_visible()
    page.go_back()

    page.get_by_role("link", name="作業中の内容をこの版に戻す").press("Enter")
    page.get_by_role("button", name="この版に戻す").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("確かめたら、ここに印を付けてください。")
    axe(page)
    shot(page, "edition-restore")
    page.get_by_label("1 目的").check()
    page.get_by_label("選んだ部分の作業中の内容が").check()
    page.get_by_role("button", name="この版に戻す").press("Enter")
    expect(page.get_by_text("変更1件、追加0件、廃止0件")).to_be_visible()
    axe(page)
    shot(page, "edition-restored")

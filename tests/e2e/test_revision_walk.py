"""A revision on its whole way in a browser, with five people: drafter, checker, two approvers, reader."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Membership, Municipality, Person
from bcp_portal.accounts.permissions import Role
from plans.models import ApprovalRoute, Chapter, Plan
from plans.revisions.route import Quorum, Route, RouteStep, Seat, StepAction
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PEOPLE = {
    "起案 太郎": (Role.EDITOR, "主査"),
    "確認 花子": (Role.CHECKER, "情報政策課長"),
    "承認 一郎": (Role.APPROVER, "総務部長"),
    "承認 次郎": (Role.APPROVER, "副市長"),
    "閲覧 三郎": (Role.VIEWER, "主事"),
}


def five_people(municipality: Municipality, member: MemberFactory) -> dict[str, Membership]:
    members = {}
    with scope(municipality=municipality):
        for name, (role, post) in PEOPLE.items():
            membership = member(role, username=name)
            membership.person = Person.objects.create(
                municipality=municipality, name=name, post=post
            )
            membership.save()
            members[name] = membership
        plan = Plan.objects.create(
            municipality=municipality, title="見本市 ICT業務継続計画", annex_numbers=[]
        )
        Chapter.objects.create(
            municipality=municipality,
            plan=plan,
            title="目的",
            body="<p>この計画は、災害のときも市民の手続を止めないことを目的とする。</p>",
            position=1,
            confidentiality="public",
        )
        check = RouteStep(
            "課長の確認", StepAction.CHECK, (Seat(role="checker", post_label="課長"),)
        )
        approve = RouteStep(
            "部長と副市長の承認", StepAction.APPROVE, (Seat(role="approver"),), Quorum.ALL
        )
        for kind in ("enactment", "major", "minor"):
            ApprovalRoute.objects.create(
                municipality=municipality,
                kind=kind,
                route_data=Route((check, approve)).to_json(),
            )
    return members


def test_five_people_bring_a_revision_to_an_edition(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
    axe: PageCheck,
    shot: Shot,
) -> None:
    people = five_people(municipality, member)
    start = f"{live_server.url}/{municipality.code}/"

    def come(name: str) -> None:
        page.context.clear_cookies()
        sign_in(page, people[name].user)
        page.goto(start)

    def arrived(heading: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)

    def said(text: str) -> None:
        expect(page.locator("#page-messages")).to_contain_text(text)

    come("起案 太郎")
    page.goto(f"{start}revisions/")
    page.get_by_role("link", name="改定を起案する").click()
    arrived("改定を起案する")
    page.get_by_label("計画の全体").check()
    page.get_by_label("改定の理由").fill("計画を初めて定めるため")
    page.get_by_label("改定の種類").select_option("策定")
    day = timezone.localdate() + timedelta(days=30)
    page.get_by_label("施行日").fill(day.isoformat())
    page.get_by_label("文書番号").fill("情政第123号")
    axe(page)
    shot(page, "revision-new")
    page.get_by_role("button", name="下書きを保存する").click()
    said("改定第1号（策定）を保存しました")
    page.get_by_role("link", name="提出の前に確かめる").click()
    expect(page.get_by_text("まだ版がないため、計画の策定です。")).to_be_visible()
    axe(page)
    shot(page, "revision-submit")
    page.get_by_role("button", name="提出する").click()
    said("確認・承認を待っています")
    expect(page.get_by_role("button", name="確認する")).to_have_count(0)

    come("確認 花子")
    expect(page.get_by_role("heading", name="あなたの確認・承認待ち")).to_be_visible()
    shot(page, "revision-home")
    page.get_by_role("link", name="改定第1号（策定）").click()
    arrived("改定第1号（策定）")
    axe(page)
    shot(page, "revision-check")
    page.get_by_role("link", name="差し戻す").click()
    arrived("改定を差し戻す")
    page.get_by_label("場所", exact=True).first.select_option("本文 1 目的")
    page.get_by_label("本文の言葉").first.fill("市民の手続")
    page.get_by_label("意見", exact=True).first.fill("手続のほかに問合せも含めてください。")
    axe(page)
    shot(page, "revision-return")
    page.get_by_role("button", name="差し戻す").click()
    said("「差戻し」を記録しました")

    come("起案 太郎")
    page.goto(f"{start}revisions/")
    page.get_by_role("link", name="改定第1号（策定）").click()
    arrived("改定第1号（策定）")
    expect(page.get_by_text("手続のほかに問合せも含めてください。")).to_be_visible()
    shot(page, "revision-returned")
    page.get_by_role("link", name="本文 1 目的").click()
    arrived("目的")
    expect(page.get_by_text("手続のほかに問合せも含めてください。")).to_be_visible()
    with scope(municipality=municipality):
        Chapter.objects.update(body="<p>災害のときも市民の手続と問合せを止めない。</p>")
    page.goto(f"{start}revisions/")
    page.get_by_role("link", name="改定第1号（策定）").click()
    arrived("改定第1号（策定）")
    page.get_by_role("link", name="提出の前に確かめる").click()
    page.get_by_role("button", name="提出する").click()
    said("確認・承認を待っています")

    come("確認 花子")
    page.get_by_role("link", name="改定第1号（策定）").click()
    arrived("改定第1号（策定）")
    page.get_by_role("button", name="確認する").click()
    said("「確認」を記録しました")
    for name in ("承認 一郎", "承認 次郎"):
        come(name)
        page.get_by_role("link", name="改定第1号（策定）").click()
        arrived("改定第1号（策定）")
        page.get_by_role("link", name="提出された内容の全体を見る").click()
        expect(page.get_by_text("市民の手続と問合せを止めない")).to_be_visible()
        page.go_back()
        page.get_by_role("button", name="承認する").click()
        said("「承認」を記録しました")
    expect(page.get_by_role("heading", level=1)).to_contain_text("発行済み")
    shot(page, "revision-issued")

    come("閲覧 三郎")
    page.goto(f"{start}revisions/")
    page.get_by_role("link", name="改定第1号（策定）").click()
    arrived("改定第1号（策定）")
    expect(page.get_by_role("link", name=re.compile("初版を見る"))).to_be_visible()
    expect(page.get_by_role("button", name="承認する")).to_have_count(0)
    page.get_by_role("link", name="起案書").click()
    expect(page.get_by_text("PDFのハッシュ値")).to_be_visible()
    axe(page)
    shot(page, "revision-sheet")

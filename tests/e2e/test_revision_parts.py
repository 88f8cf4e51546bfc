"""Choosing the parts of a revision in a browser: what changed, what comes along, what is left out."""

from typing import Any

import pytest
from django.utils import timezone
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.annex import registry
from plans.models import Chapter, Plan
from plans.text.live_blocks import block_html
from systems.models import RecoveryTarget
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.e2e.test_revision_walk import five_people
from tests.plans.editions.making import issued
from tests.rows import make_row

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_parts_of_a_revision_say_what_changed(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
    axe: PageCheck,
    shot: Shot,
) -> None:
    people = five_people(municipality, member)
    with scope(municipality=municipality):
        _first_edition_and_changes(municipality)
    sign_in(page, people["起案 太郎"].user)
    page.goto(f"{live_server.url}/{municipality.code}/revisions/new/")
    page.get_by_label("一部（下で選ぶ）").check()
    page.get_by_label(
        "様式17 重要情報システムとその目標復旧時間（前の版からの入力の変更：1行）"
    ).check()
    expect(
        page.get_by_label("共通の台帳と語句も対象にする（前の版からの入力の変更：")
    ).to_be_visible()
    page.get_by_label("改定の理由").fill("目標復旧時間を見直したため")
    page.get_by_label("改定の種類").select_option("重要な改定")
    page.get_by_label("施行日").fill(timezone.localdate().isoformat())
    axe(page)
    shot(page, "revision-parts")
    page.get_by_role("button", name="下書きを保存する").click()
    page.get_by_role("link", name="提出の前に確かめる").click()
    come_along = page.get_by_role("region", name="選んだ対象に合わせて変わる部分")
    expect(come_along).to_contain_text("2 目標")
    left_out = page.get_by_role("region", name="対象でないため、この版に載らない変更")
    expect(left_out).to_contain_text("部署")
    axe(page)
    shot(page, "revision-parts-submit")
    page.set_viewport_size({"width": 390, "height": 844})
    shot(page, "revision-parts-submit-phone")
    page.get_by_role("button", name="提出する").click()
    expect(left_out).to_contain_text("部署")
    axe(page)
    shot(page, "revision-parts-decide")


def _first_edition_and_changes(municipality: Municipality) -> None:
    spec: Any = registry.spec("17")
    make_row(spec, municipality)
    plan = Plan.objects.get()
    Plan.objects.update(annex_numbers=[17])
    Chapter.objects.create(
        municipality=municipality,
        plan=plan,
        title="目標",
        body=block_html("17"),
        position=2,
        confidentiality="public",
    )
    issued(municipality)
    RecoveryTarget.objects.update(rto_minutes=24 * 60, rto_unit="hour")
    Department.objects.create(municipality=municipality, name="新設課")

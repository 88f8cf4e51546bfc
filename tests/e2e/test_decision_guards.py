"""What the pages say of who may decide, in a real browser, wide and on a phone."""

from collections.abc import Iterator

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from bcp_portal.accounts.models import Municipality, Person
from bcp_portal.annex.services import save_row
from bcp_portal.annex.sheet import Sheet
from bcp_portal.members.services import change_member, deactivate_member
from plans.chapters.services import save_chapter
from plans.models import Chapter
from systems.annexes.people import PEOPLE
from tests.browser import PageCheck, Shot, SignIn
from tests.e2e.page_rules import expect_no_sideways_scroll
from tests.plans.revisions.conftest import Town, town

__all__ = ["town"]
pytestmark = pytest.mark.browser


@pytest.fixture
def in_scope(municipality: Municipality, live_server: object) -> Iterator[Municipality]:
    with scope(municipality=municipality):
        yield municipality


def look(page: Page, axe: PageCheck, shot: Shot, name: str) -> None:
    for width, label in ((390, "phone"), (1280, "desk")):
        page.set_viewport_size({"width": width, "height": 900})
        axe(page)
        expect_no_sideways_scroll(page)
        shot(page, f"revisions/{name}-{label}")


def test_who_decides_is_told_before_and_during_the_run(
    live_server: object, page: Page, town: Town, sign_in: SignIn, axe: PageCheck, shot: Shot
) -> None:
    root = f"{live_server.url}/{town.municipality.code}/"  # type: ignore[attr-defined]
    town.drafter.roles = ["editor", "admin"]
    town.drafter.save()
    chapter = Chapter.objects.get(title="目的")
    save_chapter(
        chapter=chapter,
        actor=town.second.user,
        title="目的",
        body="<p>新しい目的を定める。</p>",
        guidance="",
        expected_version=chapter.version,
    )
    change_member(
        membership=town.checker,
        actor=town.drafter.user,
        display_name="checker",
        roles=["checker", "viewer"],
        department=None,
        person=town.checker.person,
    )
    revision = town.draft()
    sign_in(page, town.drafter.user)
    page.goto(f"{root}revisions/{revision.uid}/submit/")
    expect(page.get_by_text("見本 second：変わるところを書いた本人です")).to_be_visible()
    look(page, axe, shot, "submit-deciders")
    town.submit(revision)
    person = Person.objects.get(pk=town.approver.person.pk)
    person.post = "部長"
    save_row(
        sheet=Sheet.of(PEOPLE, town.municipality),
        actor=town.drafter.user,
        row=person,
        expected_version=person.version,
    )
    deactivate_member(membership=town.approver, actor=town.admin.user)
    sign_in(page, town.checker.user)
    page.goto(root)
    expect(page.get_by_role("button", name="確かめました")).to_be_visible()
    look(page, axe, shot, "home-notices")
    page.get_by_role("button", name="確かめました").click()
    expect(page.get_by_role("button", name="確かめました")).to_have_count(0)
    page.goto(f"{root}revisions/{revision.uid}/")
    expect(page.get_by_label("確認コード")).to_be_visible()
    expect(page.get_by_text("決められる人がいない段階があります")).to_be_visible()
    look(page, axe, shot, "one-guarded")
    sign_in(page, town.admin.user)
    page.goto(f"{root}revisions/routes/")
    look(page, axe, shot, "routes-wait")
    page.goto(f"{root}people/{town.checker.pk}/")
    page.get_by_role("button", name="確認コードを発行する").click()
    expect(page.get_by_text("この画面にだけ表示されます")).to_be_visible()
    look(page, axe, shot, "decision-code")

"""A check is one registration: rooms that know nothing of it refuse by it and show it; each can fail and pass."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from bcp_portal.accounts.models import Municipality
from bcp_portal.checks.asking import findings_at
from bcp_portal.checks.findings import Finding, NotReady, Severity, Where
from bcp_portal.checks.registry import Check, Moment, all_checks, register_check, withdraw_check
from bcp_portal.jobs.models import JobState
from bcp_portal.ui.errors import DomainError
from drills.models import Drill
from plans.document.coverage import Coverage
from plans.document.document import Document
from plans.issuing.frozen_working_copy import frozen
from plans.issuing.services import EditionToIssue, issue_edition
from plans.models import ApprovalRoute, ApprovalSetting, Chapter, EarlierEdition, Edition, PrintJob
from plans.printing.options import PrintOptions
from plans.printing.page_numbers import Numbering
from plans.prints.print_jobs import PlanToPrint, print_plan, request_print
from plans.revisions.content_to_submit import ContentToSubmit
from plans.revisions.models.revision import Revision
from plans.revisions.prospective_changes import Prospect
from plans.working_copy.builder import build_document
from systems.models import EmergencyContact
from tests.conftest import MemberFactory
from tests.plans.editions.making import an_order, fake_prints, quick_prints, spec
from tests.plans.revisions.conftest import Town, town
from tests.rows import make_row

__all__ = ["town"]
pytestmark = pytest.mark.django_db

NEVER = "この計画による訓練を、まだ一度も行っていません。"
PROGRAMME = Where("訓練計画を開く", "drills:programme")
FIRE, NUMBER = "🚒", "0422-99-1010"


# --- A higher room registers a check. plans know nothing of drills.


class _Plan(Protocol):
    municipality: Municipality

    @property
    def document(self) -> Document: ...


def was_practised(asked: _Plan) -> Iterator[Finding]:
    """Refuse a plan that nobody has practised, and lead to the chapter that says so."""
    if not Drill.objects.filter(municipality=asked.municipality).exists():
        chapter = asked.document.chapters[0]
        where = Where(chapter.heading, "plan:preview", fragment=chapter.anchor)
        yield Finding(NEVER, (PROGRAMME, where))


def will_be_practised(asked: Any) -> Iterator[Finding]:
    if not Drill.objects.filter(municipality=asked.municipality).exists():
        yield Finding("訓練の予定がありません。", (PROGRAMME,))


PRACTISED = Check(
    "drills.practised",
    "訓練をしていません",
    was_practised,
    (Moment.SUBMIT, Moment.ISSUE, Moment.PRINT),
)
PROGRAMMED = Check(
    "drills.programmed",
    "訓練の予定",
    will_be_practised,
    (Moment.BEFORE_SUBMIT, Moment.BEFORE_PRINT),
    Severity.WARNING,
)
ADVICE = Check(
    "drills.advice",
    "訓練の助言",
    lambda _asked: [Finding("助言です。")],
    (Moment.SUBMIT,),
    Severity.NOTE,
)


@pytest.fixture
def registered() -> Iterator[None]:
    for check in (PRACTISED, PROGRAMMED, ADVICE):
        register_check(check)
    yield
    for check in (PRACTISED, PROGRAMMED, ADVICE):
        withdraw_check(check)


def read(client: Client, name: str, *args: Any) -> str:
    return client.get(reverse(name, args=args), follow=True).content.decode()


def practise(town: Town) -> None:
    make_row(spec("12"), town.municipality, 1)
    town.change()  # pages are kept until the log tells of a write


def test_a_higher_room_refuses_a_submission_and_is_shown_before_it(
    registered: None, town: Town
) -> None:
    revision = town.draft()
    with pytest.raises(NotReady) as refused:
        town.submit(revision)
    (refusal,) = refused.value.refusals
    assert (refusal.sentence, refusal.check) == (NEVER, "drills.practised")
    code = town.municipality.code
    shown = read(town.client("drafter"), "revisions:submit", code, revision.uid)
    assert NEVER in shown and "提出する</button>" not in shown
    assert f'<a href="/{code}/drills/' in shown and "/plan/preview/#chapter-" in shown
    assert "訓練の予定がありません。" in shown and "助言です。" in shown
    practise(town)
    shown = read(town.client("drafter"), "revisions:submit", code, revision.uid)
    assert NEVER not in shown and "訓練の予定がありません。" not in shown
    assert "助言です。" in shown, "what refuses nothing is told all the same"
    assert town.submit(revision).revision == revision


def test_a_higher_room_refuses_an_issue(registered: None, town: Town) -> None:
    order = an_order(town.municipality)
    with quick_prints(), pytest.raises(NotReady, match=NEVER):
        issue_edition(municipality=town.municipality, order=order, actor=None)
    assert not Edition.objects.exists()
    practise(town)
    with quick_prints():
        issue_edition(municipality=town.municipality, order=order, actor=None)
    assert Edition.objects.count() == 1


def test_a_higher_room_refuses_a_print_and_is_shown_where_it_is_ordered(
    registered: None, town: Town, member: MemberFactory
) -> None:
    code, client = town.municipality.code, town.client("drafter")
    ordered = read(client, "prints:list", code)
    assert "訓練の予定がありません。" in ordered and "訓練の予定</p>" in ordered
    assert f'<a href="/{code}/drills/' in ordered
    with patch("plans.prints.print_jobs.PlanToPrint.printed", b"%PDF"):
        job = request_print(membership=town.drafter)
        job.refresh_from_db()
        assert (job.state, job.message) == (JobState.FAILED, NEVER)
        assert NEVER in read(client, "prints:job", code, job.uid)
        practise(town)
        assert print_plan(town.municipality, with_personal=False) == b"%PDF"
    assert "訓練の予定がありません。" not in read(client, "prints:list", code)
    assert PrintJob.objects.count() == 1


# --- Every check of the program: declared, and able to fail and to pass.


@dataclass
class World:
    """A town whose plan passes every check, and how a case spoils it."""

    town: Town
    revision: Revision
    settings: Settings

    def asked(self, moment: Moment) -> Any:
        municipality = self.town.municipality
        if moment is Moment.BEFORE_SUBMIT:
            return self.revision
        if moment is Moment.BEFORE_PRINT:
            return self.town.admin
        if moment is Moment.ISSUE:
            return EditionToIssue(municipality, an_order(municipality))
        if moment is Moment.PRINT:
            document = build_document(municipality, include_personal=False)
            return PlanToPrint(
                municipality, document, Numbering.WHOLE, PrintOptions(), lambda *_: None
            )
        prospect = Prospect(municipality, self.revision.coverage)
        content = frozen(municipality, prospect.composed, prospect.latest)
        return ContentToSubmit(self.revision, self.town.drafter, prospect, content)

    def write(self, text: str) -> None:
        Chapter.objects.filter(title="目的").update(body=f"<p>{text}</p>")


def no_reason(world: World) -> None:
    world.revision.reason = " "


def no_day(world: World) -> None:
    world.revision.effective_on = None


def later_before(world: World) -> None:
    EarlierEdition.objects.create(
        municipality=world.town.municipality,
        number_major=1,
        revised_on=date(2099, 3, 31),
        content="新規制定",
    )


def never_chosen(world: World) -> None:
    Chapter.objects.update(confidentiality="internal")


def put_in_setting(world: World) -> None:
    ApprovalSetting.objects.create(
        municipality=world.town.municipality, version=2, small_office=True
    )


def unset(world: World) -> None:
    world.write('<span data-placeholder="role_owner"></span>')


def unprinted_annex(world: World) -> None:
    world.revision.coverage_data = Coverage.of([], [5]).to_json()


def strange_letter(world: World) -> None:
    world.write(FIRE)


def hidden_number(world: World) -> None:
    make_row(spec("9"), world.town.municipality, 1)
    EmergencyContact.objects.update(tel=NUMBER)
    world.write(f"電話は{NUMBER}とする。")


def light_kind(world: World) -> None:
    world.revision.kind = "minor"
    ApprovalRoute.objects.update(kind="minor")


def unknown_person(world: World) -> None:
    world.town.drafter.person = None
    world.town.drafter.save()


def no_route(world: World) -> None:
    ApprovalRoute.objects.all().delete()


def no_address(world: World) -> None:
    world.settings.SITE_URL = ""


FAILS: dict[str, tuple[Callable[[World], None], str]] = {
    "revisions.reason": (no_reason, "改定の理由を書いて"),
    "revisions.day": (no_day, "施行日を決めて"),
    "issuing.in-turn": (later_before, "これまでの版の"),
    "public_edition.chosen": (never_chosen, "まだ選ばれていません"),
    "revisions.settings": (put_in_setting, "操作記録にないのに挿入"),
    "phrases.unset": (unset, "まだ決まっていない語句"),
    "revisions.parts": (unprinted_annex, "様式5は印刷しない設定"),
    "editions.printable": (strange_letter, f"文字「{FIRE}」"),
    "public_edition.no-leak": (hidden_number, "「1 目的」の本文"),
    "revisions.kind": (light_kind, "最初の版は「策定」"),
    "revisions.submitter": (unknown_person, "職員・関係者"),
    "revisions.route": (no_route, "経路が設定されていません"),
    "editions.qr-code": (no_address, "BCP_SITE_URL"),
    "editions.qr-code-of-print": (no_address, "BCP_SITE_URL"),
    "editions.printed": (strange_letter, "印刷できる字形がありません"),
    "public_edition.no-leak-in-files": (hidden_number, "「1 目的」の本文"),
}
"""How each check is made to fail, and what it then says."""

ASKED = [(check, moment) for check in all_checks() for moment in check.moments]


@pytest.fixture
def world(town: Town, settings: Settings) -> World:
    settings.SITE_URL = "https://bcp.example.lg.jp"
    return World(town, town.draft(), settings)


@pytest.fixture
def no_pages() -> Iterator[None]:
    """Lay out no page of an edition; what cannot be printed is found by taking it apart."""
    with (
        patch("plans.public_edition.issuing.printed_as", lambda *_: b"%PDF"),
        patch("plans.public_edition.issuing.PublicMaker.check_pdf"),
    ):
        yield


def said(check: Check, asked: Any) -> str:
    try:
        return "".join(each.sentence for each in check.ask(asked))
    except DomainError as error:
        return error.message


@pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.id)
def test_a_check_says_its_room_its_subject_in_japanese_and_its_moments(check: Check) -> None:
    assert re.fullmatch(r"[a-z_]+\.[a-z-]+", check.id)
    assert re.search(r"[ぁ-ん]", check.title) and not check.title.endswith("。")
    assert check.moments and len(set(check.moments)) == len(check.moments)
    room, _, _ = check.id.partition(".")
    assert re.search(rf"(^|\.){room}\.checks\b", check.ask.__module__)


def test_each_check_is_registered_once_and_every_moment_has_one() -> None:
    ids = [check.id for check in all_checks()]
    assert len(ids) == len(set(ids))
    assert sorted(ids) == sorted(FAILS)
    assert {moment for _, moment in ASKED} == set(Moment)


@pytest.mark.parametrize(
    ("check", "moment"), ASKED, ids=[f"{check.id}-{moment}" for check, moment in ASKED]
)
def test_it_fails_where_it_does_not_hold_and_points_to_where_it_is_mended(
    check: Check, moment: Moment, world: World, no_pages: None
) -> None:
    spoil, sentence = FAILS[check.id]
    spoil(world)
    asked = world.asked(moment)
    assert sentence in said(check, asked)
    if moment is Moment.SUBMIT and check.id != "revisions.submitter":
        assert all(each.where for each in check.ask(asked))


def test_a_plan_that_is_ready_passes_every_check_before_and_at_its_submission(
    world: World,
) -> None:
    for moment in (Moment.BEFORE_SUBMIT, Moment.SUBMIT, Moment.BEFORE_PRINT):
        assert findings_at(moment, world.asked(moment)) == [], moment


def test_a_plan_that_is_ready_passes_every_check_of_its_issue_and_its_print(
    world: World, no_pages: None
) -> None:
    with patch("plans.issuing.services.print_edition", fake_prints):
        assert findings_at(Moment.ISSUE, world.asked(Moment.ISSUE)) == []
    asked = world.asked(Moment.PRINT)
    assert findings_at(Moment.PRINT, asked) == []
    assert asked.printed.startswith(b"%PDF")

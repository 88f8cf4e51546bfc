"""退職日, who is made to leave in mid-route, and a step nobody can decide."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bcp_portal.accounts.models import Person
from bcp_portal.annex.services import save_row
from bcp_portal.annex.sheet import Sheet
from bcp_portal.members.services import deactivate_member
from bcp_portal.ui.errors import DomainError
from plans.models import Decision
from plans.revisions.page import RevisionPage
from plans.revisions.route import RouteStep, Seat, StepAction
from plans.revisions.sheet import approval_sheet
from plans.revisions.withdrawal import withdraw_revision
from systems.annexes.people import PEOPLE
from tests.plans.revisions.conftest import APPROVE, CHECK, Town

TODAY = timezone.localdate


def write(town: Town, by: str, of: str, **values: Any) -> None:
    person = Person.objects.get(pk=town.members[of].person.pk)
    for name, value in values.items():
        setattr(person, name, value)
    sheet = Sheet.of(PEOPLE, town.municipality)
    save_row(sheet=sheet, actor=town.members[by].user, row=person, expected_version=person.version)


def named(town: Town, *deputies: str) -> RouteStep:
    seat = Seat(
        holder=town.holder("approver"),
        deputies=tuple(town.holder(name) for name in deputies),
        chosen_on=TODAY().isoformat(),
    )
    return RouteStep("部長の承認", StepAction.APPROVE, (seat,))


def page(town: Town, by: str, path: str = "") -> str:
    return town.client(by).get(f"/{town.municipality.code}/{path}").content.decode()


def test_on_the_last_day_a_person_is_still_there(town: Town) -> None:
    town.set_route(named(town, "second"))
    revision = town.submitted()
    write(town, "writer", "approver", left_on=TODAY())
    with pytest.raises(DomainError, match="本人が決められない理由"):
        town.decide(revision, "second", 0)
    town.decide(revision, "approver", 0)


def test_the_drafter_makes_the_approver_leave_in_mid_route(town: Town) -> None:
    town.set_route(named(town, "second"))
    revision = town.submitted()
    write(town, "drafter", "approver", left_on=TODAY() - timedelta(days=1))
    said = "見本 approverの退職日：「（なし）」→「"
    path = f"revisions/{revision.uid}/"
    for reader in ("reader", "approver", "second"):
        assert said in page(town, reader, path), reader
    assert "あなたの退職日：" in page(town, "approver")
    with pytest.raises(DomainError, match="本人が決められない理由"):
        town.decide(revision, "second", 0)
    decision = town.decide(revision, "second", 0, absence="電話で退職を確かめたため").decision
    assert said in decision.circumstances and "起案または変更を書いた人" in decision.circumstances
    assert said in town.issued[0].deciders[0]["circumstances"]
    notes = [
        n
        for _, boxes in approval_sheet(RevisionPage(revision)).groups
        for b in boxes
        for n in b.notes
    ]
    assert any(note.startswith(said) for note in notes)


def test_somebody_else_s_record_is_shown_and_needs_no_reason(town: Town) -> None:
    town.set_route(named(town, "second"))
    revision = town.submitted()
    write(town, "writer", "approver", left_on=TODAY() - timedelta(days=1))
    assert "見本 approverの退職日" in page(town, "second", f"revisions/{revision.uid}/")
    assert town.decide(revision, "second", 0).decision.absence == ""


def test_stopping_the_only_one_who_can_decide_is_told_everywhere(town: Town) -> None:
    town.set_route(CHECK, named(town))
    revision = town.submitted()
    answer = town.client("admin").post(
        f"/{town.municipality.code}/people/{town.approver.pk}/deactivate/", follow=True
    )
    told = "「部長の承認」を決められる人がいません"
    assert told in answer.content.decode()
    for reader in ("drafter", "admin"):
        assert told in page(town, reader), reader
    assert told not in page(town, "reader")
    shown = page(town, "reader", f"revisions/{revision.uid}/")
    assert "決められる人がいない段階があります：部長の承認" in shown
    assert "見本 approverの状態：「有効」→「停止中」（adminが" in shown


def test_who_sat_there_by_role_is_shown_when_stopped(town: Town) -> None:
    town.set_route(APPROVE)
    revision = town.submitted()
    deactivate_member(membership=town.second, actor=town.admin.user)
    shown = page(town, "reader", f"revisions/{revision.uid}/")
    assert "見本 secondの状態：「有効」→「停止中」（adminが" in shown


def test_the_record_stays_true_and_there_is_a_way_on(town: Town) -> None:
    town.set_route(CHECK, named(town))
    revision = town.submitted()
    town.decide(revision, "checker", 0)
    deactivate_member(membership=town.checker, actor=town.admin.user)
    deactivate_member(membership=town.approver, actor=town.admin.user)
    person = town.approver.person
    town.approver.user.delete()
    person.delete()
    shown = page(town, "reader", f"revisions/{revision.uid}/")
    assert "職員・関係者の一覧にいません" in shown and "checker職 見本 checker" in shown
    withdraw_revision(revision=revision, membership=town.drafter, keep_draft=True)
    town.set_route(APPROVE)
    town.submit(revision)
    town.decide(revision, "second", 0)
    assert len(town.issued) == 1
    assert Decision.objects.filter(name="見本 checker").count() == 1


def test_nothing_is_told_while_somebody_else_of_the_role_is_left(town: Town) -> None:
    town.set_route(APPROVE)
    town.submitted()
    answer = town.client("admin").post(
        f"/{town.municipality.code}/people/{town.approver.pk}/deactivate/", follow=True
    )
    assert "決められる人がいません" not in answer.content.decode()

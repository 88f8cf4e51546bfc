"""Who is the same person is frozen at submit, and what a contributor touches afterwards counts."""

from typing import Any

import pytest

from bcp_portal.accounts.models import Department, Person
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.services import save_row, set_status
from bcp_portal.annex.sheet import Sheet
from bcp_portal.members.services import change_member
from bcp_portal.ui.errors import DomainError
from plans.models import Submission
from plans.revisions.draft_services import log
from plans.revisions.frozen_head import digest_of
from plans.revisions.involvement import ALIKE_AT_SUBMIT, NAMESAKE, TOUCHED
from plans.revisions.withdrawal import withdraw_revision
from systems.annexes.people import PEOPLE
from tests.plans.revisions.conftest import APPROVE, Town


def write(town: Town, by: str, person: Person, **values: Any) -> None:
    """Change an entry of the list of persons as its page does."""
    sheet = Sheet.of(PEOPLE, town.municipality)
    person = Person.objects.get(pk=person.pk) if person.pk else person
    for name, value in values.items():
        setattr(person, name, value)
    version = person.version if person.pk else 0
    save_row(sheet=sheet, actor=town.members[by].user, row=person, expected_version=version)


def refusal(town: Town, revision: Any, by: str, step: int = 0) -> str:
    with pytest.raises(DomainError) as caught:
        town.decide(revision, by, step)
    assert caught.value.status == 403
    return caught.value.message


@pytest.fixture
def second_account(town: Town) -> Town:
    """The drafter has a second entry and account, which may approve."""
    town.set_route(APPROVE)
    Person.objects.filter(pk=town.approver.person.pk).update(name=town.drafter.person.name)
    return town


@pytest.mark.parametrize("values", [{"kana": "べつのひと"}, {"name": "別 人"}])
def test_the_drafter_changes_the_second_entry_after_submitting(
    second_account: Town, values: dict[str, str]
) -> None:
    town = second_account
    write(town, "drafter", town.drafter.person, kana="みほん")
    revision = town.submitted()
    assert refusal(town, revision, "approver") == NAMESAKE
    write(town, "drafter", town.approver.person, **values)
    assert refusal(town, revision, "approver") == ALIKE_AT_SUBMIT
    assert town.issued == []


def test_another_department_or_another_account_after_submitting(second_account: Town) -> None:
    town = second_account
    revision = town.submitted()
    department = Department.objects.create(municipality=town.municipality, name="別の課")
    write(town, "writer", town.approver.person, department=department)
    assert refusal(town, revision, "approver") == ALIKE_AT_SUBMIT
    clean = Person.objects.create(municipality=town.municipality, name="まったく別の人")
    change_member(
        membership=town.approver,
        actor=town.admin.user,
        display_name="見本",
        roles=["approver"],
        department=None,
        person=clean,
    )
    assert refusal(town, revision, "approver") == ALIKE_AT_SUBMIT


def test_an_entry_that_the_drafter_adds_or_renames_after_submitting(town: Town) -> None:
    town.set_route(APPROVE)
    revision = town.submitted()
    write(town, "drafter", Person(municipality=town.municipality), name="新しい人")
    change_member(
        membership=town.approver,
        actor=town.admin.user,
        display_name="新しい人",
        roles=["approver"],
        department=None,
        person=Person.objects.get(name="新しい人"),
    )
    assert refusal(town, revision, "approver") == TOUCHED
    write(town, "drafter", town.second.person, name="改名した人")
    assert refusal(town, revision, "second") == TOUCHED
    page = town.client("reader").get(f"/{town.municipality.code}/revisions/{revision.uid}/")
    assert (
        "改名した人の氏名：「見本 second」→「改名した人」（drafter（起案" in page.content.decode()
    )


def test_the_second_account_changes_the_entry_itself(second_account: Town) -> None:
    """Who looks like the drafter has the drafter's hands."""
    town = second_account
    revision = town.submitted()
    write(town, "approver", town.second.person, name="改名した人")
    assert refusal(town, revision, "second") == TOUCHED


def test_what_says_nothing_of_who_somebody_is_excludes_nobody(town: Town) -> None:
    town.set_route(APPROVE)
    revision = town.submitted()
    write(town, "drafter", town.approver.person, post="部長", kana="しょうにん")
    town.decide(revision, "approver", 0)
    assert len(town.issued) == 1


def test_submitted_again_it_is_judged_as_it_is_then(town: Town) -> None:
    """The way on for a person who really is another one."""
    town.set_route(APPROVE)
    revision = town.submitted()
    write(town, "drafter", town.approver.person, name="結婚した人")
    assert refusal(town, revision, "approver") == TOUCHED

    withdraw_revision(revision=revision, membership=town.drafter, keep_draft=True)
    town.submit(revision)
    town.decide(revision, "approver", 0)


def test_a_submission_of_an_older_release_is_decided_as_before(second_account: Town) -> None:
    town = second_account
    revision = town.submitted()
    submission = revision.submissions.get()

    old = digest_of(submission.head, submission.route, submission.content_sha256)
    Submission.objects.update(parties_data={}, digest=old)
    log(revision, None, "改定の提出", touched=list(Submission.objects.all()))
    write(town, "drafter", town.approver.person, name="別 人")
    town.decide(revision, "approver", 0)
    assert len(town.issued) == 1


def test_a_change_of_the_frozen_people_is_found(second_account: Town) -> None:
    town = second_account
    revision = town.submitted()
    data = revision.submissions.get().parties_data
    Submission.objects.update(parties_data={**data, "alike": []})
    with pytest.raises(DomainError, match="書き換えられています"):
        town.decide(revision, "second", 0)


def test_a_retired_person_is_shown(town: Town) -> None:
    town.set_route(APPROVE)
    revision = town.submitted()
    sheet = Sheet.of(PEOPLE, town.municipality)
    person = Person.objects.get(pk=town.approver.person.pk)
    set_status(sheet=sheet, actor=town.drafter.user, row=person, status=RowStatus.RETIRED)
    page = town.client("reader").get(f"/{town.municipality.code}/revisions/{revision.uid}/")
    assert "見本 approverの状態" in page.content.decode()

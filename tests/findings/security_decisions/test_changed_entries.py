"""Whoever checks or approves is shown each change, since the submit, of who somebody is."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bcp_portal.accounts.models import Department, Person
from bcp_portal.members.services import change_member
from plans.revisions.account_changes import WHO_SOMEBODY_IS
from plans.revisions.namesakes import Entered
from plans.revisions.page import RevisionPage
from tests.findings.security_decisions.test_same_person import write
from tests.plans.revisions.conftest import APPROVE, Town

VALUES = {"name": "改名 した人", "kana": "べつのよみ", "department": "別の課"}
SAID = {
    "name": "氏名：「{before}」→「改名 した人」",
    "kana": "かな：「（なし）」→「べつのよみ」",
    "department": "所属：「（なし）」→「別の課」",
}


def told(town: Town, revision: Any) -> str:
    return "\n".join(RevisionPage(revision, town.second).recorded_since)


def test_these_are_all_columns_by_which_two_entries_are_one_person() -> None:
    assert set(WHO_SOMEBODY_IS) == set(Entered.__dataclass_fields__) - {"uid"} == set(VALUES)


@pytest.mark.parametrize("column", WHO_SOMEBODY_IS)
@pytest.mark.parametrize("by", ["drafter", "writer", "admin"])
@pytest.mark.parametrize("whose", ["approver", "drafter"])
def test_each_change_of_who_somebody_is_is_told(
    town: Town, column: str, by: str, whose: str
) -> None:
    """The entry of an approver or of the drafter, by somebody with or without a hand in it."""
    town.set_route(APPROVE)
    person = town.members[whose].person
    assert person is not None
    before = person.name
    revision = town.submitted()
    assert told(town, revision) == ""
    value: Any = VALUES[column]
    if column == "department":
        value = Department.objects.create(municipality=town.municipality, name=value)
    write(town, by, person, **{column: value})
    name = VALUES["name"] if column == "name" else before
    assert f"{name}の{SAID[column].format(before=before)}（{by}" in told(town, revision)


@pytest.mark.parametrize("whose", ["approver", "drafter"])
def test_an_account_that_is_tied_to_another_person_is_told(town: Town, whose: str) -> None:
    town.set_route(APPROVE)
    revision = town.submitted()
    other = Person.objects.create(municipality=town.municipality, name="別の人")
    change_member(
        membership=town.members[whose],
        actor=town.admin.user,
        display_name="見本",
        roles=town.members[whose].roles,
        department=None,
        person=other,
    )
    assert f"「見本 {whose}」→「別の人」（admin" in told(town, revision)


def test_a_corrected_reading_is_no_absence(town: Town) -> None:
    """A deputy has not to give a reason because the drafter put a reading right."""
    town.set_route(APPROVE)
    revision = town.submitted()
    write(town, "drafter", town.approver.person, kana="しょうにん")
    page = RevisionPage(revision, town.second)
    uid = str(town.approver.person.uid)
    assert page.situation is not None
    assert not page.situation.since.removed_by_own_hand(uid)
    write(town, "drafter", town.approver.person, left_on=timezone.localdate() - timedelta(days=1))
    page = RevisionPage(revision, town.second)
    assert page.situation is not None
    assert page.situation.since.removed_by_own_hand(uid)

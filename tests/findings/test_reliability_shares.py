"""One person's or town's jobs keep nobody else waiting: limits, issues first, towns in turn."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.archive.models import ArchiveJob
from bcp_portal.importing.models import ImportJob
from bcp_portal.jobs.health import faults
from bcp_portal.jobs.services import end, hand_over, put_back
from bcp_portal.ui.errors import DomainError
from plans.models import PrintJob
from tests.conftest import ClientFactory, MemberFactory
from tests.jobs.conftest import LIVING, Make, make, queue

__all__ = ["make", "queue"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]


@pytest.fixture(autouse=True)
def small_shares(settings: Settings) -> None:
    settings.JOBS_OF_ONE_PERSON, settings.JOBS_OF_ONE_TOWN = 2, 3


@pytest.fixture
def unlimited(settings: Settings) -> None:
    settings.JOBS_OF_ONE_PERSON = settings.JOBS_OF_ONE_TOWN = 100


def asked(town: Municipality, name: str, by: User | None = None) -> PrintJob:
    """Ask for a print of which only its name is of interest."""
    with scope(municipality=town):
        job: PrintJob = PrintJob.objects.create(
            municipality=town, requested_by=by, options={"name": name}
        )
        hand_over(job)
    return job


def begin_next() -> str:
    """Begin what the worker would take next, end it, and return its name."""
    task: Any = DBTaskResult.objects.ready().first()
    assert task is not None
    task.claim(LIVING)
    with scopes_disabled():
        job: Any = PrintJob.objects.select_related("municipality").get(task_id=str(task.pk))
        PrintJob.objects.filter(pk=job.pk).update(state="running")
        job.state = "running"
        end(job, "done")
    task.set_successful(None)
    return str(job.options["name"])


def in_turn() -> Iterator[str]:
    while DBTaskResult.objects.ready().exists():
        yield begin_next()


def test_a_person_is_told_what_is_under_way(
    make: Make, member: MemberFactory, settings: Settings
) -> None:
    settings.JOBS_OF_ONE_TOWN = 100
    person = member(Role.EDITOR).user
    for label, state in (("plans.PrintJob", "running"), ("annex.ImportJob", "apply_queued")):
        job = make(label, state)
        type(job).objects.update(requested_by=person)
    with pytest.raises(DomainError) as refused:
        asked(job.municipality, "third", by=person)
    assert refused.value.status == 409
    assert "あなたの依頼が2件" in refused.value.message
    assert "Excelからの取り込み1件、印刷1件" in refused.value.message
    assert "どれかが終わってから" in refused.value.message
    asked(job.municipality, "of somebody else", by=member(Role.VIEWER).user)


def test_what_waits_for_a_person_or_has_ended_counts_not(make: Make, member: MemberFactory) -> None:
    person = member(Role.EDITOR).user
    for state in ("ready", "assigning", "failed", "done"):
        make("annex.ImportJob", state)
    ImportJob.objects.update(requested_by=person)
    asked(person.memberships.get().municipality, "first", by=person)


def test_a_town_has_its_share_and_leaves_the_others_theirs(
    municipality: Municipality, other_municipality: Municipality, member: MemberFactory
) -> None:
    for number in range(3):
        asked(municipality, str(number), by=member(Role.VIEWER).user)
    with pytest.raises(DomainError, match="見本市の依頼が、ほかの人の分を含めて3件"):
        asked(municipality, "fourth", by=member(Role.VIEWER).user)
    asked(other_municipality, "first of another town")


def test_a_job_that_goes_on_counts_itself_not(make: Make, member: MemberFactory) -> None:
    person = member(Role.EDITOR).user
    first, second = make("annex.ImportJob", "apply_queued"), make("plans.PrintJob", "queued")
    for job in (first, second):
        type(job).objects.update(requested_by=person)
        job.requested_by = person
        hand_over(job)
    put_back(second)


def test_an_issue_is_refused_to_nobody_and_begun_first(
    make: Make, municipality: Municipality, member: MemberFactory
) -> None:
    for number in range(3):
        asked(municipality, str(number))
    issue = make("plans.IssueJob", "queued")
    hand_over(issue)
    first: Any = DBTaskResult.objects.ready().first()
    assert str(first.pk) == issue.task_id


@pytest.mark.usefixtures("unlimited")
def test_towns_take_turns(municipality: Municipality, other_municipality: Municipality) -> None:
    for number in range(4):
        asked(municipality, f"a{number}")
    for number in range(2):
        asked(other_municipality, f"b{number}")
    assert list(in_turn()) == ["a0", "b0", "a1", "b1", "a2", "a3"]


@pytest.mark.usefixtures("unlimited")
def test_a_town_that_asks_again_and_again_passes_nobody(
    municipality: Municipality, other_municipality: Municipality
) -> None:
    for number in range(3):
        asked(municipality, f"a{number}")
    begun = [begin_next()]
    for number in range(4):
        asked(other_municipality, f"b{number}")
        begun.append(begin_next())
    assert begun == ["a0", "b0", "a1", "b1", "a2"]


@pytest.mark.usefixtures("unlimited")
def test_an_issue_moves_no_towns_turn(
    make: Make, municipality: Municipality, other_municipality: Municipality
) -> None:
    for number in range(3):
        asked(municipality, f"a{number}")
    issue = make("plans.IssueJob", "queued")
    hand_over(issue)
    DBTaskResult.objects.filter(pk=issue.task_id).delete()
    type(issue).objects.update(state="done")
    asked(other_municipality, "b0")
    assert list(in_turn())[:2] == ["a0", "b0"]


def test_a_task_is_overdue_by_when_it_was_asked_for(municipality: Municipality) -> None:
    asked(municipality, "just now")
    assert not [fault for fault in faults() if "waiting" in fault]


def test_the_page_says_it(
    client_for: ClientFactory, in_scope: Municipality, settings: Settings
) -> None:
    settings.JOBS_OF_ONE_PERSON = 0
    client: Client = client_for(Role.ADMIN)
    answer = client.post(f"/{in_scope.code}/archive/", {"reason": "移行の試し"})
    assert answer.status_code == 409
    assert "順番待ちまたは処理中です" in answer.content.decode()
    assert not ArchiveJob.objects.exists()

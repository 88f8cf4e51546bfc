"""Several people at the same moment, each with a database connection of their own.

Runs on whichever engine the suite runs on; on PostgreSQL the rows are really locked against each
other, on SQLite writers wait for the whole file.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections
from django_scopes import scope

from bcp_portal.ui.errors import DomainError
from plans.document.coverage import WHOLE, Coverage
from plans.models import Decision, Revision, Submission
from plans.revisions.decisions import Wish
from plans.revisions.route import Quorum, RouteStep, StepAction
from plans.revisions.withdrawal import withdraw_revision
from tests.plans.revisions.conftest import APPROVE, Town

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


@pytest.fixture(autouse=True)
def no_connection_is_left() -> Iterator[None]:
    yield
    connections.close_all()


def at_once(town: Town, *calls: Callable[[], Any]) -> list[Any]:
    """Run each call in a thread of its own, all from the same moment; return results or errors."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            with scope(municipality=town.municipality):
                connection.ensure_connection()
                start.wait(timeout=20)
                try:
                    return call()
                except DomainError as error:
                    return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return [each.result(timeout=60) for each in [threads.submit(run, call) for call in calls]]


def split(results: list[Any]) -> tuple[list[Any], list[str]]:
    errors = [each.message for each in results if isinstance(each, DomainError)]
    return [each for each in results if not isinstance(each, DomainError)], errors


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_of_two_approvers_one_decides_and_the_other_is_told_who(town: Town, _round: int) -> None:
    town.set_route(APPROVE)
    revision = town.submitted()
    done, errors = split(
        at_once(
            town,
            lambda: town.decide(revision, "approver", 0),
            lambda: town.decide(revision, "second", 0),
        )
    )
    assert len(done) == 1 and not done[0].already
    (error,) = errors
    assert f"{done[0].decision.name}がすでに決めています" in error
    assert Decision.objects.count() == 1 and len(town.issued) == 1
    revision.refresh_from_db()
    assert revision.state == "issued"


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_double_click_decides_once_and_both_presses_hear_the_same(
    town: Town, _round: int
) -> None:
    town.set_route(APPROVE)
    revision = town.submitted()
    press = lambda: town.decide(revision, "approver", 0)  # noqa: E731
    done, errors = split(at_once(town, press, press, press))
    assert errors == []
    assert sorted(outcome.already for outcome in done) == [False, True, True]
    assert len({outcome.decision.pk for outcome in done}) == 1
    assert Decision.objects.count() == 1 and len(town.issued) == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_the_last_two_of_all_issue_one_edition(town: Town, _round: int) -> None:
    step = RouteStep("両名の承認", StepAction.APPROVE, APPROVE.seats, Quorum.ALL)
    town.set_route(step)
    revision = town.submitted()
    seats = revision.submissions.get().route.steps[0].seats
    place = {seat.holder.name: number for number, seat in enumerate(seats) if seat.holder}
    done, errors = split(
        at_once(
            town,
            lambda: town.decide(revision, "approver", 0, seat=place["見本 approver"]),
            lambda: town.decide(revision, "second", 0, seat=place["見本 second"]),
        )
    )
    assert errors == [] and len(done) == 2
    assert Decision.objects.count() == 2 and len(town.issued) == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_approval_against_withdrawal_has_one_outcome(town: Town, _round: int) -> None:
    town.set_route(APPROVE)
    revision = town.submitted()
    done, errors = split(
        at_once(
            town,
            lambda: town.decide(revision, "approver", 0),
            lambda: withdraw_revision(revision=revision, membership=town.drafter, keep_draft=False),
        )
    )
    revision.refresh_from_db()
    assert len(done) == len(errors) == 1
    assert (revision.state, len(town.issued), Decision.objects.count()) in (
        ("issued", 1, 1),
        ("withdrawn", 0, 0),
    )


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_return_against_approval_of_all_has_one_outcome(town: Town, _round: int) -> None:
    town.set_route(APPROVE)
    revision = town.submitted()
    done, errors = split(
        at_once(
            town,
            lambda: town.decide(revision, "approver", 0),
            lambda: town.decide(revision, "second", 0, wish=Wish.RETURN, comment="直す"),
        )
    )
    revision.refresh_from_db()
    assert len(done) == len(errors) == 1
    assert revision.state == ("issued" if town.issued else "returned")
    assert Submission.objects.get().state == ("approved" if town.issued else "returned")


@pytest.mark.parametrize("_round", range(ROUNDS))
@pytest.mark.parametrize("second", [WHOLE, Coverage.of(annexes=[9, 17])])
def test_of_two_overlapping_revisions_one_is_opened(
    town: Town, second: Coverage, _round: int
) -> None:
    first = Coverage.of(annexes=[9])
    done, errors = split(
        at_once(
            town,
            lambda: town.draft(kind="minor", coverage=first),
            lambda: town.draft(by="writer", kind="minor", coverage=second),
        )
    )
    assert len(done) == 1 and "改定第1号" in errors[0]
    assert Revision.objects.count() == 1


def test_two_submits_at_once_make_one_submission(town: Town) -> None:
    revision = town.draft()
    press = lambda: town.submit(revision)  # noqa: E731
    done, errors = split(at_once(town, press, press))
    assert errors == [] and len({submission.pk for submission in done}) == 1
    assert Submission.objects.count() == 1

"""Who submits a whole plan holds nobody up, and freezes what was saved meanwhile."""

from collections.abc import Callable
from contextlib import contextmanager
from threading import Thread
from time import sleep
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django_scopes import scope

from bcp_portal.audit.services import Change, record
from bcp_portal.ui.errors import DomainError
from plans.models import Plan, Submission
from plans.revisions.submission import FREE_TRIES
from tests.plans.revisions.conftest import APPROVE, Town
from tests.plans.revisions.conftest import town as town_of_revisions

pytestmark = pytest.mark.django_db(transaction=True)
town = town_of_revisions
READ_LATE = "plans_approvalroute"  # by then the plan has been read


@contextmanager
def meanwhile(work: Callable[[int], None], town: Town, times: int) -> Any:
    """Let a colleague work, on a connection of their own, while the plan is read; so many times."""
    done: list[BaseException | None] = []

    def colleague() -> None:
        try:
            with scope(municipality=town.municipality):
                work(len(done))
            done.append(None)
        except BaseException as error:
            done.append(error)
        finally:
            connections.close_all()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if READ_LATE in sql and len(done) < times:
            thread = Thread(target=colleague)
            thread.start()
            thread.join(timeout=10)
            assert not thread.is_alive(), "The colleague has to wait for the submission."
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield done


def rename_plan(town: Town) -> Callable[[int], None]:
    def rename(turn: int) -> None:
        plan = Plan.objects.get()
        before, plan.title = plan.title, f"第{turn + 1}の題名"
        plan.save()
        record(
            municipality=town.municipality,
            actor=None,
            action="計画の変更",
            target=plan,
            changes=[Change("title", "題名", before, plan.title)],
        )

    return rename


@pytest.mark.parametrize("times", [1, FREE_TRIES])
def test_what_is_saved_while_the_plan_is_read_is_submitted(town: Town, times: int) -> None:
    town.set_route(APPROVE)
    revision = town.draft()
    with meanwhile(rename_plan(town), town, times) as done:
        town.submit(revision)
    assert done == [None] * times
    (submission,) = Submission.objects.all()
    assert submission.content.document["cover"]["title"] == f"第{times}の題名"
    assert submission.revision.state == "awaiting"


def test_who_only_looks_meanwhile_is_not_waited_for(town: Town) -> None:
    town.set_route(APPROVE)
    revision = town.draft()
    looks: list[int] = []

    def look(turn: int) -> None:
        looks.append(turn)
        record(
            municipality=town.municipality,
            actor=None,
            action="個人情報の表示",
            shown=[("plans.person", "0" * 32, "見本 花子")],
        )

    with meanwhile(look, town, times=5):
        town.submit(revision)
    assert Submission.objects.count() == 1
    assert looks == [0]


def test_a_second_press_while_the_first_reads_gets_the_same_submission(town: Town) -> None:
    town.set_route(APPROVE)
    revision = town.draft()

    def press(turn: int) -> None:
        town.submit(revision)

    with meanwhile(press, town, times=1) as done:
        town.submit(revision)
    assert done == [None]
    assert Submission.objects.count() == 1


def test_a_revision_that_a_colleague_changed_is_not_submitted(town: Town) -> None:
    town.set_route(APPROVE)
    revision = town.draft()
    with (
        meanwhile(lambda turn: town.change(reason="別の理由", version=9), town, times=1),
        pytest.raises(DomainError, match="この改定が変えられました"),
    ):
        town.submit(revision)
    assert not Submission.objects.exists()


def test_who_edits_the_draft_while_others_are_held_waits_and_neither_fails(town: Town) -> None:
    """At last the log is held: the revision has to be locked before it, as by who edits it."""
    town.set_route(APPROVE)
    revision = town.draft()
    renamed: list[int] = []
    edits: list[BaseException | None] = []

    def rename(turn: int) -> None:
        rename_plan(town)(turn)
        renamed.append(turn)

    def edit() -> None:
        try:
            with scope(municipality=town.municipality), transaction.atomic():
                town.change(document_number="情政第9号")
            edits.append(None)
        except BaseException as error:
            edits.append(error)
        finally:
            connections.close_all()

    editing = Thread(target=edit)

    asked_whether_past = []

    def when_held(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if len(renamed) == FREE_TRIES and ' AS "a"' in sql and "audit_entry" in sql:
            asked_whether_past.append(
                sql
            )  # the second reading was in vain: the third holds the log
        if asked_whether_past and READ_LATE in sql and editing.ident is None:
            editing.start()
            sleep(0.5)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(when_held), meanwhile(rename, town, FREE_TRIES):
        town.submit(revision)
    editing.join(timeout=30)
    assert edits == [None]
    assert Submission.objects.count() == 1

"""Saving what was checked: all of it at once, judged together, in the log, and never by halves."""

from collections.abc import Sequence
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bcp_portal.accounts.models import Department
from bcp_portal.annex import registry
from bcp_portal.audit.models import Entry
from bcp_portal.audit.verification import verify
from bcp_portal.importing import import_jobs, requests
from bcp_portal.importing.check_result import CheckedFile
from bcp_portal.importing.import_writer import (
    JUDGING,
    SAVING,
    ChangedMeanwhileError,
    RefusedAtSavingError,
    apply,
)
from bcp_portal.importing.models import ImportJob, ImportState
from bcp_portal.jobs.models import PATIENCE
from bcp_portal.jobs.supervision import look_at
from systems.models import CriticalBusiness, Site
from systems.models.critical_businesses import SELECTION_REASON
from tests.importing.desk import Desk, outcomes, workbook_of
from tests.jobs.by_hand import carry_out
from tests.rows import make_row

SITES = ("庁舎（建物）名", "拠点区分", "所在地")
REASON = SELECTION_REASON.options[0][1]
DEPARTMENTS = ("部署名", "上位の部署")


def sites(count: int, address: str, first: int = 0) -> bytes:
    numbers = range(first, first + count)
    lines = [(f"庁舎{number}", "本庁舎", f"{address}{number}") for number in numbers]
    return workbook_of(SITES, *lines)


def save(desk: Desk, checked: CheckedFile) -> list[tuple[str, int, int]]:
    """Save what was checked and return what was said about how far it was."""
    said: list[tuple[str, int, int]] = []
    apply(
        checked,
        municipality=desk.municipality,
        actor=desk.membership.user,
        file_name="表.xlsx",
        on_progress=lambda *note: said.append(note),
    )
    return said


def refusal(desk: Desk, *lines: Sequence[str], code: str) -> dict[int, list[str]]:
    with pytest.raises(RefusedAtSavingError) as refused:
        desk.bring_in(workbook_of(*lines), code)
    return {
        place: [problem.reason for problem in problems]
        for place, problems in refused.value.problems.items()
    }


@pytest.mark.quick
def test_every_new_and_changed_row_is_in_the_log_as_the_page_notes_it(desk: Desk) -> None:
    desk.bring_in(sites(3, "旧"), "3")
    desk.bring_in(sites(4, "新"), "3")
    assert [site.row_no for site in Site.objects.order_by("name")] == [1, 2, 3, 4]
    # Who keeps its name does not make room for another row of that name.
    assert [site.name for site in Site.objects.order_by("row_no")] == [
        "庁舎0",
        "庁舎1",
        "庁舎2",
        "庁舎3",
    ]
    assert [site.version for site in Site.objects.order_by("name")] == [2, 2, 2, 1]
    changed = Entry.objects.filter(action="変更").order_by("sequence")
    assert [entry.target_label for entry in changed] == ["庁舎0", "庁舎1", "庁舎2"]
    [change] = changed[1].changes
    assert (change["label"], change["before"], change["after"]) == ("所在地", "旧1", "新1")
    assert changed[1].actor == desk.membership.user
    assert Entry.objects.filter(action="追加").count() == 4
    assert verify(desk.municipality).faults == []


def test_saving_takes_no_more_queries_for_more_new_rows(desk: Desk) -> None:
    def queries(checked: CheckedFile) -> int:
        with CaptureQueriesContext(connection) as captured:
            save(desk, checked)
        return len(captured)

    few, many = (desk.check(sites(count, "中央", first=count), "3") for count in (2, 12))
    counts = queries(few), queries(many)
    # The insertion itself may be cut in pieces, by the parameters that the database takes.
    assert counts[1] <= counts[0] + 3, counts


def test_many_changed_rows_that_name_others_are_judged_with_the_reads_of_few(desk: Desk) -> None:
    names = [f"課{number}" for number in range(14)]
    desk.bring_in(workbook_of(DEPARTMENTS, *((name, None) for name in names)), "departments")

    def reads(below: Sequence[str]) -> int:
        content = workbook_of(DEPARTMENTS, *((name, "課0") for name in below))
        with CaptureQueriesContext(connection) as captured:
            desk.bring_in(content, "departments")
        return sum(query["sql"].startswith("SELECT") for query in captured)

    reads(names[1:2])
    few, many = reads(names[2:4]), reads(names[4:])
    assert Department.objects.filter(parent__name="課0").count() == 13
    assert few == many


def test_progress_tells_of_saving_and_of_judging(desk: Desk) -> None:
    said = save(desk, desk.check(sites(3, "中央"), "3"))
    assert said == [(SAVING, 3, 3), (JUDGING, 3, 3)]


def test_lines_that_are_wrong_together_are_refused_together(desk: Desk) -> None:
    desk.bring_in(workbook_of(DEPARTMENTS, ("甲課", None), ("乙課", None)), "departments")
    found = refusal(desk, DEPARTMENTS, ("甲課", "乙課"), ("乙課", "甲課"), code="departments")
    assert sorted(found) == [0, 1]
    assert all("循環" in reason for reasons in found.values() for reason in reasons)
    assert not Department.objects.exclude(parent=None).exists()


def test_of_lines_that_the_database_holds_apart_the_second_is_named(desk: Desk) -> None:
    spec = registry.spec("15")
    assert spec is not None
    names = [make_row(spec, desk.municipality, number).name for number in (1, 2, 3)]
    orders = (1, 2, 2)
    lines = [(name, REASON, str(order)) for name, order in zip(names, orders, strict=True)]
    found = refusal(desk, ("業務名", "選定理由", "優先順位"), *lines, code="16")
    assert found == {2: ["同じ優先順位の重要業務がすでにあります。"]}
    assert not CriticalBusiness.objects.exists()


def test_a_row_that_somebody_changed_meanwhile_stops_everything(desk: Desk) -> None:
    desk.bring_in(sites(2, "旧"), "3")
    checked = desk.check(sites(3, "新"), "3")
    assert outcomes(checked) == {2: "changed", 3: "changed", 4: "new"}
    Site.objects.filter(name="庁舎1").update(version=2)
    with pytest.raises(ChangedMeanwhileError):
        save(desk, checked)
    assert not Site.objects.filter(address__startswith="新").exists()


def test_a_row_that_somebody_deleted_meanwhile_stops_everything(desk: Desk) -> None:
    desk.bring_in(sites(2, "旧"), "3")
    checked = desk.check(sites(3, "新"), "3")
    Site.objects.filter(name="庁舎1").delete()
    with pytest.raises(ChangedMeanwhileError):
        save(desk, checked)
    assert not Site.objects.filter(address__startswith="新").exists()


@pytest.fixture
def waiting_job(desk: Desk) -> ImportJob:
    """An import that was checked and waits to be saved, while no worker runs."""
    desk.bring_in(workbook_of(SITES, ("別館", "本庁舎", "西町")), "3")
    upload = SimpleUploadedFile("庁舎.xlsx", sites(2, "中央"))
    job = requests.start(membership=desk.membership, upload=upload, code="3")
    with patch.object(requests, "hand_over"):
        requests.request_apply(membership=desk.membership, job=seen(job), only_good=False)
    return seen(job)


def seen(job: ImportJob) -> ImportJob:
    return ImportJob.objects.get(pk=job.pk)


def test_who_is_killed_before_the_end_leaves_nothing_and_the_job_is_done_by_the_next(
    desk: Desk, waiting_job: ImportJob
) -> None:
    with (
        patch.object(import_jobs, "_keep", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        carry_out(waiting_job)
    assert not Site.objects.filter(address__startswith="中央").exists()
    assert seen(waiting_job).state == ImportState.APPLYING
    look_at(seen(waiting_job))
    assert seen(waiting_job).state == ImportState.DONE
    assert Site.objects.filter(address__startswith="中央").exists()


def test_a_step_that_no_worker_takes_is_said_to_wait_long(waiting_job: ImportJob) -> None:
    assert not waiting_job.is_waiting_long
    waiting_job.started_at = timezone.now() - PATIENCE - timedelta(seconds=1)
    assert waiting_job.is_waiting_long
    waiting_job.state = ImportState.APPLYING
    assert not waiting_job.is_waiting_long


def test_a_job_that_was_given_up_meanwhile_writes_nothing(
    desk: Desk, waiting_job: ImportJob
) -> None:
    def give_up(*_args: object, **_options: object) -> None:
        apply(*_args, **_options)  # type: ignore[arg-type]
        ImportJob.objects.update(state=ImportState.FAILED)

    with patch.object(import_jobs, "apply", give_up):
        carry_out(waiting_job)
    assert not Site.objects.filter(address__startswith="中央").exists()
    assert seen(waiting_job).state != ImportState.DONE

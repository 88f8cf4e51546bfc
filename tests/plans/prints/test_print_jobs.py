"""Print jobs: asked for, carried out, failed, stalled, forgotten."""

import logging
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_scopes import scope
from django_tasks import default_task_backend
from PIL import Image
from pytest_django import Settings

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from bcp_portal.jobs.models import JobState
from bcp_portal.jobs.progress import ProgressNote
from bcp_portal.ui.errors import DomainError
from plans.chapters.image_files import load_image
from plans.chapters.image_services import add_image
from plans.editions.models.edition_setting import PageNumbering
from plans.printing.options import Binding, PrintOptions
from plans.prints import print_jobs as print_services
from plans.prints.models import PrintJob
from plans.prints.print_jobs import print_of, request_print
from tests.jobs.by_hand import carry_out

Member = Callable[..., Membership]
PDF = b"%PDF-1.7 a plan"


@pytest.fixture
def waiting_tasks(settings: Settings) -> None:
    """Keep tasks waiting instead of running them at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def quick_press(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """Replace the press by one that notes what it was asked for."""
    asked: list[dict[str, object]] = []

    def print_plan(municipality: Municipality, **options: object) -> bytes:
        asked.append(options)
        on_progress = options["on_progress"]
        for done in range(4):
            on_progress(done, 3)  # type: ignore[operator]
        return PDF

    monkeypatch.setattr(print_services, "print_plan", print_plan)
    return asked


def job_of(membership: Membership, state: JobState, **values: object) -> PrintJob:
    return PrintJob.objects.create(
        municipality=membership.municipality,
        requested_by=membership.user,
        state=state,
        **values,
    )


def test_a_request_is_queued_recorded_and_not_rendered_in_the_request(
    in_scope: Municipality, member: Member, waiting_tasks: None
) -> None:
    membership = member(Role.EDITOR)
    job = request_print(membership=membership, with_personal=True)
    assert job.state == JobState.QUEUED
    (task,) = default_task_backend.results
    assert task.args == ["plans.PrintJob", str(job.uid), 1]
    entry = Entry.objects.get()
    assert (entry.action, entry.actor) == ("計画の印刷", membership.user)
    assert entry.note == "個人の電話番号等を含む"


def test_asking_twice_gives_the_print_under_way_and_other_options_another(
    in_scope: Municipality, member: Member, waiting_tasks: None
) -> None:
    membership = member(Role.EDITOR)
    first = request_print(membership=membership)
    assert request_print(membership=membership) == first
    by_part = request_print(membership=membership, numbering=PageNumbering.BY_PART)
    assert by_part != first
    assert request_print(membership=member(Role.EDITOR)) != first


def test_personal_data_are_printed_only_for_those_who_may_see_them(
    in_scope: Municipality, member: Member, waiting_tasks: None
) -> None:
    assert request_print(membership=member(Role.EDITOR), with_personal=True).with_personal
    with pytest.raises(PermissionDenied):
        request_print(membership=member(Role.VIEWER), with_personal=True)


def test_the_task_makes_the_file_readable_by_the_server_only(
    in_scope: Municipality, member: Member, quick_press: list[dict[str, object]]
) -> None:
    job = request_print(membership=member(Role.VIEWER), numbering=PageNumbering.BY_PART)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert job.file.read() == PDF
    assert Path(job.file.path).stat().st_mode & 0o777 == 0o600
    assert quick_press[0]["with_personal"] is False
    assert quick_press[0]["numbering"] == PageNumbering.BY_PART


def test_progress_can_be_read_while_it_renders(
    in_scope: Municipality,
    member: Member,
    waiting_tasks: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[tuple[str, int]] = []

    def print_plan(municipality: Municipality, **options: object) -> bytes:
        options["on_progress"](0, 8)  # type: ignore[operator]
        seen.append((PrintJob.objects.get().state, ProgressNote(job).read().done))
        monkeypatch.setattr("bcp_portal.jobs.progress._SECONDS_BETWEEN_NOTES", 0)
        options["on_progress"](2, 8)  # type: ignore[operator]
        seen.append((PrintJob.objects.get().state, ProgressNote(job).read().done))
        return PDF

    monkeypatch.setattr(print_services, "print_plan", print_plan)
    job = request_print(membership=member(Role.VIEWER))
    carry_out(job)
    assert seen == [(JobState.RUNNING, 0), (JobState.RUNNING, 2)]


def test_what_stops_a_print_is_told_in_the_job(
    in_scope: Municipality, member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = "「様式9」の4行目の「氏名」にある文字は、印刷できる字形がありません。"

    def refuse(municipality: Municipality, **options: object) -> bytes:
        raise DomainError(sentence)

    monkeypatch.setattr(print_services, "print_plan", refuse)
    job = request_print(membership=member(Role.VIEWER))
    job.refresh_from_db()
    assert (job.state, job.message, bool(job.file)) == (JobState.FAILED, sentence, False)
    assert job.finished_at is not None


def test_an_unforeseen_error_is_logged_and_told_without_details(
    in_scope: Municipality,
    member: Member,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def break_down(municipality: Municipality, **options: object) -> bytes:
        raise ZeroDivisionError("inner secret")

    monkeypatch.setattr(print_services, "print_plan", break_down)
    with caplog.at_level(logging.ERROR):
        job = request_print(membership=member(Role.VIEWER))
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.FAILED, PrintJob.unforeseen)
    assert "inner secret" in caplog.text


def test_a_job_is_taken_once(
    in_scope: Municipality, member: Member, quick_press: list[dict[str, object]]
) -> None:
    job = job_of(member(Role.VIEWER), JobState.QUEUED)
    carry_out(job)
    carry_out(job)
    assert len(quick_press) == 1


def test_a_print_with_personal_data_is_found_by_its_owner_only(
    in_scope: Municipality, other_municipality: Municipality, member: Member
) -> None:
    owner, colleague = member(Role.EDITOR), member(Role.EDITOR)
    job = job_of(owner, JobState.DONE, with_personal=True)
    assert print_of(owner, job.uid) == job
    assert print_of(colleague, job.uid) is None
    assert print_of(owner, uuid4()) is None
    owner.roles = [Role.VIEWER.value]
    assert print_of(owner, job.uid) is None
    shared = job_of(owner, JobState.DONE)
    assert print_of(colleague, shared.uid) == shared
    with scope(municipality=other_municipality):
        assert print_of(owner, shared.uid) is None


def test_a_job_nobody_takes_says_that_it_waits_long(in_scope: Municipality, member: Member) -> None:
    job = job_of(member(Role.VIEWER), JobState.QUEUED)
    assert not job.is_waiting_long
    job.created_at = timezone.now() - timedelta(minutes=2)
    assert job.is_waiting_long


def test_pictures_are_read_within_the_municipality(
    in_scope: Municipality, other_municipality: Municipality
) -> None:
    source = BytesIO()
    Image.new("RGB", (4, 4), "navy").save(source, "PNG")
    size = source.tell()
    source.seek(0)
    image = add_image(municipality=in_scope, actor=None, name="図.png", file=source, size=size)
    assert load_image(image.sha256).startswith(b"\x89PNG")
    with scope(municipality=other_municipality), pytest.raises(LookupError):
        load_image(image.sha256)
    Path(image.file.path).unlink()
    with pytest.raises(LookupError):
        load_image(image.sha256)


def test_export_plan_writes_a_pdf_only_its_owner_can_read(
    municipality: Municipality, tmp_path: Path
) -> None:
    target = tmp_path / "plan.pdf"
    output = StringIO()
    call_command("export_plan", municipality.code, "--out", str(target), stdout=output)
    assert target.read_bytes().startswith(b"%PDF-1.7")
    assert target.stat().st_mode & 0o777 == 0o600
    assert str(target) in output.getvalue()


def test_export_plan_takes_every_option_of_the_print_page(
    municipality: Municipality, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def print_plan(municipality: Municipality, **options: object) -> bytes:
        asked.append(options["options"])
        return PDF

    monkeypatch.setattr("plans.management.commands.export_plan.print_plan", print_plan)
    parts = ["--part", "annex-9", "--part", "annex-17", "--binding", "double", "--no-draft-mark"]
    switches = ["--new-sheets", "--index-tabs", "--large-print", "--tagged"]
    for chosen in ([*parts, *switches], []):
        target = str(tmp_path / "plan.pdf")
        call_command("export_plan", municipality.code, "--out", target, *chosen, stdout=StringIO())
    every = PrintOptions(Binding.DOUBLE, True, True, True, ("annex-9", "annex-17"), False, True)
    assert asked == [every, PrintOptions(draft_mark=True)]


def test_the_options_of_a_job_reach_the_press(
    in_scope: Municipality, member: Member, quick_press: list[dict[str, object]]
) -> None:
    options = PrintOptions(large_print=True, parts=("annex-9",))
    request_print(membership=member(Role.VIEWER), options=options.to_json())
    assert quick_press[0]["options"] == options


def test_export_plan_of_an_unknown_municipality_says_so(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="団体コード999999の団体はありません"):
        call_command("export_plan", "999999", "--out", str(tmp_path / "plan.pdf"))


def test_start_up_warns_about_a_missing_font(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [message for message in PrintJob.check() if message.id == "plans.W001"] == []
    monkeypatch.setattr("plans.prints.models.missing_families", lambda: ["BIZ UDGothic"])
    (warning,) = [message for message in PrintJob.check() if message.id == "plans.W001"]
    assert "BIZ UDGothic" in warning.msg
    assert warning.hint == "Install the package fonts-morisawa-bizud-gothic."

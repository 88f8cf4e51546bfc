"""A person asks for a print, sees how far it is, and takes the file; nobody gets another's numbers."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.audit.models import Entry
from bcp_portal.jobs.models import JobState
from bcp_portal.jobs.progress import ProgressNote
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.printing.options import Binding, PrintOptions
from plans.prints.models import PrintJob


@pytest.fixture
def plan(in_scope: Municipality) -> Plan:
    return Plan.objects.create(municipality=in_scope, title="見本市 ICT業務継続計画")


def address(municipality: Municipality, name: str, *args: Any) -> str:
    return reverse(f"prints:{name}", args=[municipality.code, *args])


FORM = {"binding": "none", "numbering": "whole", "chapters": ["revisions"]}


def job_of(client: Client, municipality: Municipality, **data: Any) -> PrintJob:
    response = client.post(address(municipality, "list"), {**FORM, **data})
    assert response.status_code == 302
    with scope(municipality=municipality):
        return PrintJob.objects.latest("pk")


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave prints waiting, as they are before a worker takes them."""
    monkeypatch.setattr("plans.prints.print_jobs.hand_over", lambda job: None)


def test_progress_is_asked_for_until_the_print_is_finished(
    plan: Plan, queued: None, municipality: Municipality, client_for: Any
) -> None:
    client = client_for(Role.EDITOR)
    job = job_of(client, municipality)
    url = address(municipality, "progress", job.uid)
    assert 'hx-trigger="every 1s"' in client.get(url).content.decode()
    with scope(municipality=municipality):
        PrintJob.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    ProgressNote(job).write("印刷", 3, 12)
    assert "3 / 12" in client.get(url).content.decode()
    job.state = JobState.DONE
    job.file.save("plan.pdf", ContentFile(b"%PDF-"))
    text = client.get(url).content.decode()
    assert "hx-trigger" not in text
    assert address(municipality, "file", job.uid) in text


def test_the_file_is_called_by_the_title_of_the_plan(
    plan: Plan, queued: None, municipality: Municipality, client_for: Any
) -> None:
    client = client_for(Role.VIEWER)
    job = job_of(client, municipality)
    assert client.get(address(municipality, "file", job.uid)).status_code == 404
    job.state = JobState.DONE
    job.file.save("plan.pdf", ContentFile(b"%PDF-"))
    response = client.get(address(municipality, "file", job.uid))
    assert b"".join(response.streaming_content) == b"%PDF-"
    assert "filename*=utf-8''%E8%A6%8B%E6%9C%AC%E5%B8%82" in response["Content-Disposition"]


def test_numbers_are_printed_for_those_who_may_see_them_only(
    plan: Plan, queued: None, municipality: Municipality, client_for: Any
) -> None:
    editor, colleague, viewer = (client_for(r) for r in (Role.EDITOR, Role.EDITOR, Role.VIEWER))
    job = job_of(editor, municipality, with_personal="on")
    assert job.with_personal
    with scope(municipality=municipality):
        assert Entry.objects.get(action="計画の印刷").note == "個人の電話番号等を含む"
    page = address(municipality, "job", job.uid)
    assert editor.get(page).status_code == 200
    assert colleague.get(page).status_code == 404
    assert not job_of(viewer, municipality, with_personal="on").with_personal


def test_a_failed_print_says_why(
    plan: Plan, queued: None, municipality: Municipality, client_for: Any
) -> None:
    client = client_for(Role.EDITOR)
    job = job_of(client, municipality)
    with scope(municipality=municipality):
        PrintJob.objects.filter(pk=job.pk).update(
            state=JobState.FAILED, message="様式9の3行目の文字を印刷できません。"
        )
    text = client.get(address(municipality, "job", job.uid)).content.decode()
    assert "様式9の3行目の文字を印刷できません。" in text


def test_a_print_that_is_begun_again_says_so(
    plan: Plan, queued: None, municipality: Municipality, client_for: Any
) -> None:
    client = client_for(Role.EDITOR)
    job = job_of(client, municipality)
    for state, is_told in (("queued", True), ("running", True), ("done", False)):
        with scope(municipality=municipality):
            PrintJob.objects.update(state=state, begun_again=True)
        text = client.get(address(municipality, "progress", job.uid)).text
        assert ("もう一度始めています" in text) is is_told


def test_the_form_offers_every_chapter_and_annex_and_all_are_chosen(
    plan: Plan, municipality: Municipality, client_for: Any, queued: None
) -> None:
    Chapter.objects.create(municipality=plan.municipality, plan=plan, title="総則")
    client = client_for(Role.EDITOR)
    form = client.get(address(municipality, "list")).context["form"]
    labels = [label for _, label in form.fields["chapters"].choices]
    assert [label.split()[-1] for label in labels] == ["改定履歴", "総則"]
    annexes = [value for value, _ in form.fields["annexes"].choices]
    assert "annex-17" in annexes
    assert form["annexes"].initial == annexes
    assert form["draft_mark"].initial is True
    everything = {name: form[name].initial for name in ("chapters", "annexes")}
    assert job_of(client, municipality, **everything).options["parts"] == []


def test_choices_reach_the_job_and_are_offered_again(
    plan: Plan, municipality: Municipality, client_for: Any, queued: None
) -> None:
    editor, colleague = client_for(Role.EDITOR), client_for(Role.EDITOR)
    job = job_of(
        editor,
        municipality,
        annexes=["annex-9"],
        binding="double",
        new_sheets="on",
        numbering="by_part",
    )
    options = PrintOptions.from_json(job.options)
    assert options == PrintOptions(
        binding=Binding.DOUBLE, new_sheets=True, parts=("revisions", "annex-9")
    )
    again = editor.get(address(municipality, "list")).context["form"]
    offered = [again[n].initial for n in ("binding", "annexes", "draft_mark", "with_personal")]
    assert offered == ["double", ["annex-9"], False, False]
    assert again["numbering"].initial == "by_part"
    fresh = colleague.get(address(municipality, "list")).context["form"]
    assert fresh["binding"].initial == "none"


def test_parts_that_are_gone_are_forgotten(
    plan: Plan, municipality: Municipality, client_for: Any, queued: None
) -> None:
    chapter = Chapter.objects.create(municipality=plan.municipality, plan=plan, title="総則")
    client = client_for(Role.EDITOR)
    job_of(client, municipality, chapters=[f"chapter-{chapter.uid}"])
    form = client.get(address(municipality, "list")).context["form"]
    assert (form["chapters"].initial, form["annexes"].initial) == ([f"chapter-{chapter.uid}"], [])
    with scope(municipality=municipality):
        chapter.row_status = RowStatus.RETIRED
        chapter.save()
    form = client.get(address(municipality, "list")).context["form"]
    assert form["chapters"].initial == ["revisions"]
    assert "annex-9" in form["annexes"].initial


def test_nothing_chosen_is_told_and_the_rest_stays(
    plan: Plan, municipality: Municipality, client_for: Any, queued: None
) -> None:
    client = client_for(Role.EDITOR)
    response = client.post(
        address(municipality, "list"), {"binding": "double", "numbering": "whole"}
    )
    assert response.status_code == 422
    text = response.content.decode()
    assert "印刷する章か様式を1つ以上選んでください。" in text
    assert response.context["form"]["binding"].value() == "double"

"""A person asks for a print, sees how far it is, and takes the file; nobody gets another's numbers."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from plans.models.plan import Plan
from plans.models.print_jobs import PrintJob, PrintState


@pytest.fixture
def plan(in_scope: Municipality) -> Plan:
    return Plan.objects.create(municipality=in_scope, title="見本市 ICT業務継続計画")


def address(municipality: Municipality, name: str, *args: Any) -> str:
    return reverse(f"prints:{name}", args=[municipality.code, *args])


def job_of(client: Client, municipality: Municipality, **data: str) -> PrintJob:
    response = client.post(address(municipality, "list"), {"numbering": "whole", **data})
    assert response.status_code == 302
    with scope(municipality=municipality):
        return PrintJob.objects.latest("pk")


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave prints waiting, as they are before a worker takes them."""
    monkeypatch.setattr("plans.print_services._enqueue", lambda job: None)


def test_progress_is_asked_for_until_the_print_is_finished(
    plan: Plan, queued: None, municipality: Municipality, client_for: Any
) -> None:
    client = client_for(Role.EDITOR)
    job = job_of(client, municipality)
    url = address(municipality, "progress", job.uid)
    assert 'hx-trigger="every 1s"' in client.get(url).content.decode()
    with scope(municipality=municipality):
        PrintJob.objects.filter(pk=job.pk).update(
            state=PrintState.RUNNING, done_parts=3, total_parts=12
        )
    assert "3 / 12" in client.get(url).content.decode()
    job.state = PrintState.DONE
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
    job.state = PrintState.DONE
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
            state=PrintState.FAILED, message="様式9の3行目の文字を印刷できません。"
        )
    text = client.get(address(municipality, "job", job.uid)).content.decode()
    assert "様式9の3行目の文字を印刷できません。" in text

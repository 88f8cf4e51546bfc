"""What takes long is made by the worker: no page computes it, it is shown when ready, to who may see it."""

from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.audit.models import Entry, ShownRow
from bcp_portal.audit.viewing_log import SHOWING
from bcp_portal.jobs.files import path_of
from bcp_portal.jobs.models import JobState, Preparation
from tests.conftest import ClientFactory
from tests.jobs.by_hand import carry_out
from tests.rows import make_row

PHONE = "090-1234-5678"


@pytest.fixture
def contact(in_scope: Municipality) -> Any:
    spec = registry.spec("9")
    assert spec is not None
    row = make_row(spec, in_scope)
    row.mobile = PHONE
    row.save()
    return row


def asked(client: Client, town: Municipality) -> str:
    return str(client.post(reverse("annex:workbook", args=[town.code])).headers["Location"])


def test_a_workbook_is_made_by_the_worker_and_taken_from_the_page_that_waits(
    queue: None, municipality: Municipality, client_for: ClientFactory, contact: Any
) -> None:
    client = client_for(Role.VIEWER)
    address = asked(client, municipality)
    with scope(municipality=municipality):
        job = Preparation.objects.get()
    assert job.state == JobState.QUEUED
    page = client.get(address).content.decode()
    assert "まもなく始まります" in page and 'hx-trigger="every 1s"' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert client.get(f"{address}file/").status_code == 404
    assert asked(client, municipality) == address, "a second press waits for the same file"
    carry_out(job)
    page = client.get(address).content.decode()
    assert "ファイルを保存する" in page and "http-equiv" not in page
    assert client.get(f"{address}file/").status_code == 200
    assert path_of(f"prepared/{municipality.code}/{job.uid}.content").stat().st_mode & 0o77 == 0


def test_numbers_in_it_are_for_who_asked_while_they_may_see_them_and_each_taking_is_an_entry(
    municipality: Municipality, client_for: ClientFactory, contact: Any
) -> None:
    client = client_for(Role.EDITOR)
    address = asked(client, municipality)
    for way in ("", "progress/", "file/"):
        assert client_for(Role.APPROVER).get(f"{address}{way}").status_code == 404
    for count in (1, 2):
        client.head(f"{address}file/")
        client.get(f"{address}file/")
        with scope(municipality=municipality):
            assert Entry.objects.filter(action="Excelへの書き出し").count() == count
            entries = Entry.objects.filter(action=SHOWING).values_list("sequence", flat=True)
            assert ShownRow.objects.filter(
                sequence__in=list(entries), row_uid=str(contact.uid)
            ).count() == len(entries)
            assert len(entries) == count
    QuerySet(Membership).filter(roles=[Role.EDITOR.value]).update(roles=[Role.VIEWER.value])
    assert client.get(f"{address}file/").status_code == 404


def test_what_was_changed_on_the_disk_is_not_handed_out(
    municipality: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.VIEWER)
    address = asked(client, municipality)
    with scope(municipality=municipality):
        job = Preparation.objects.get()
    path_of(job.file.name).write_bytes(b"another")
    assert client.get(f"{address}file/").status_code == 409


def test_it_counts_as_what_a_person_has_under_way(
    queue: None, municipality: Municipality, client_for: ClientFactory, settings: Settings
) -> None:
    settings.JOBS_OF_ONE_PERSON = 1
    client = client_for(Role.VIEWER)
    asked(client, municipality)
    with scope(municipality=municipality):
        Preparation.objects.update(made_of="another")
    refused = client.post(reverse("annex:workbook", args=[municipality.code]))
    assert refused.status_code == 409
    assert "画面・ファイルの準備1件" in refused.content.decode()

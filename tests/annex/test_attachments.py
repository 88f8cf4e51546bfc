"""A file attached to a row: kept, removed, too large, missing on the disk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.attachment_fields import AttachmentField
from systems.models import EquipmentLocation
from tests.rows import make_row

ClientFor = Callable[..., Client]


class Attaching:
    """A room whose page an editor saves again and again."""

    def __init__(self, client: Client, municipality: Municipality) -> None:
        self.client, self.municipality = client, municipality
        with scope(municipality=municipality):
            self.uid = make_row(registry.spec("4"), municipality).uid

    @property
    def room(self) -> Any:
        with scope(municipality=self.municipality):
            return EquipmentLocation.objects.get(uid=self.uid)

    def address(self, page: str, *more: str) -> str:
        return reverse(f"annex:{page}", args=[self.municipality.code, "4", self.uid, *more])

    def save(self, **typed: Any) -> HttpResponse:
        room = self.room
        data = {"version": str(room.version), "name": room.name, "site": str(room.site_id)}
        data |= {"floor": "2", "equipment": ["server"], "row_status": "active"}
        data |= {"confidentiality": "internal"}
        return self.client.post(self.address("edit"), data | typed)

    def attach(self, content: bytes = b"plan of the room") -> HttpResponse:
        return self.save(layout_file=SimpleUploadedFile("配置図.pdf", content))


@pytest.fixture
def attaching(municipality: Municipality, client_for: ClientFor) -> Attaching:
    return Attaching(client_for(Role.EDITOR), municipality)


def test_a_file_is_attached_named_and_kept(attaching: Attaching) -> None:
    assert attaching.attach().status_code == 302
    page = attaching.client.get(attaching.address("edit")).content.decode()
    assert "今の添付：" in page and "配置図" in page
    assert 'href="annex/' not in page, "the file opens from the page of the row only"
    assert attaching.save(access="鍵は総務課").status_code == 302
    answer = attaching.client.get(attaching.address("file", "layout_file"))
    assert b"".join(answer.streaming_content) == b"plan of the room"


def test_a_file_is_taken_away(attaching: Attaching) -> None:
    attaching.attach()
    assert attaching.room.layout_file
    assert attaching.save(**{"layout_file-clear": "on"}).status_code == 302
    assert attaching.room.layout_file.name == ""
    assert attaching.client.get(attaching.address("file", "layout_file")).status_code == 404


def test_a_file_too_large_is_refused_with_its_name(
    attaching: Attaching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AttachmentField, "LARGEST_BYTES", 15)
    answer = attaching.attach()
    assert answer.status_code == 422
    assert "「配置図.pdf」は大きすぎます" in answer.content.decode()
    assert not attaching.room.layout_file


def test_a_file_gone_from_the_disk_is_said(attaching: Attaching) -> None:
    attaching.attach()
    Path(attaching.room.layout_file.path).unlink()
    answer = attaching.client.get(attaching.address("file", "layout_file"))
    assert answer.status_code == 404
    assert "本体が見つかりません" in answer.content.decode()

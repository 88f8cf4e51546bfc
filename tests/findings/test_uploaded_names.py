"""Names of uploaded files come back as uploaded."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.importing.models import ImportJob
from bcp_portal.ui.uploads import composed, name_refused
from systems.models import EquipmentLocation
from tests.rows import make_row

ClientFor = Callable[..., Client]

MAC = unicodedata.normalize("NFD", "ガイドライン（暫定版）.pdf")
AWKWARD = [
    "配置図（本庁）[3階]{控}.pdf",
    "~下書き 100％ '最終' 100%25 #1 a+b&amp;c.pdf",
    "議事録　令和8年.pdf",
    "葛\U000e0100飾区・辻\ufe00庁舎.pdf",
    "神\ufa19社と﨑と髙.pdf",
    "名前だけ",
    ".隠れた設定",
    "点..が..多い.tar.gz",
    "漢" * 84 + ".pdf",
    "漢" * 251 + ".pdf",
    "a" * 251 + ".pdf",
    "(1)(2) 写し－コピー.PDF",
    "😀絵文字👩\ufe0f.pdf",
    "e\u0301tude.pdf",
]


def name_in(answer: Any) -> str:
    """Return the name a browser saves the file under, read from the header as RFC 6266 says."""
    header = answer.headers["Content-Disposition"]
    if "filename*=" in header:
        return unquote(header.split("filename*=utf-8''")[1])
    return header.split('filename="')[1][:-1].replace("\\\\", "\\").replace('\\"', '"')


class Room:
    """A row of 様式4 to which an editor attaches files."""

    def __init__(self, client: Client, municipality: Municipality) -> None:
        self.client, self.municipality = client, municipality
        with scope(municipality=municipality):
            self.uid: UUID = make_row(registry.spec("4"), municipality).uid

    def address(self, page: str, *more: str) -> str:
        return reverse(f"annex:{page}", args=[self.municipality.code, "4", self.uid, *more])

    def attach(self, name: str) -> Any:
        with scope(municipality=self.municipality):
            row = EquipmentLocation.objects.get(uid=self.uid)
        file = SimpleUploadedFile("x", b"plan of the room")
        file._name = name  # type: ignore[attr-defined]  # Django's test file cuts long names
        typed = {"version": str(row.version), "name": row.name, "site": str(row.site_id)}
        typed |= {"floor": "2", "equipment": "server", "row_status": "active"}
        typed |= {"confidentiality": "internal"}
        return self.client.post(self.address("edit"), {**typed, "layout_file": file})

    def taken(self) -> Any:
        return self.client.get(self.address("file", "layout_file"))


@pytest.fixture
def room(municipality: Municipality, client_for: ClientFor) -> Room:
    return Room(client_for(Role.EDITOR), municipality)


@pytest.mark.parametrize("name", [MAC, *AWKWARD])
def test_an_attachment_comes_back_under_its_name(room: Room, name: str) -> None:
    assert room.attach(name).status_code == 302
    answer = room.taken()
    assert b"".join(answer.streaming_content) == b"plan of the room"
    assert name_in(answer) == composed(name)
    page = room.client.get(room.address("row")).content.decode()
    assert composed(name).replace("&", "&amp;").replace("'", "&#x27;") in page


def test_kana_of_a_mac_are_composed_and_nothing_else_is_changed() -> None:
    assert composed(MAC) == "ガイドライン（暫定版）.pdf"
    assert composed("e\u0301") == "é"
    assert composed("\u1112\u1161\u11ab") == "한"
    for kept in ("\ufa19", "葛\U000e0100", "㈱①ｶﾞ", "か\u309a"):
        assert composed(kept) == kept


@pytest.mark.parametrize("letters", [256, 290])
def test_a_name_longer_than_any_file_system_takes_is_refused_at_its_field(
    room: Room, letters: int
) -> None:
    answer = room.attach("漢" * (letters - 4) + ".pdf")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f"は{letters}文字です。255文字以内の名前に変えてから選んでください。" in page
    with scope(municipality=room.municipality):
        assert not EquipmentLocation.objects.get(uid=room.uid).layout_file


def test_selectors_do_not_count_as_letters_of_a_name() -> None:
    assert name_refused("葛\U000e0100" * 255) == ""
    assert "256文字です" in name_refused("葛\U000e0100" * 256)


def test_an_attachment_of_before_keeps_its_place_and_name(room: Room) -> None:
    """What an older release stored lies directly in the folder, its name is the path."""
    stored = default_storage.save("annex/古い配置図.pdf", ContentFile(b"old"))
    assert stored == "annex/古い配置図.pdf"
    assert Path(default_storage.path(stored)).name == "古い配置図.pdf"
    with scope(municipality=room.municipality):
        EquipmentLocation.objects.filter(uid=room.uid).update(layout_file=stored)
    answer = room.taken()
    assert b"".join(answer.streaming_content) == b"old"
    assert name_in(answer) == "古い配置図.pdf"


@pytest.mark.parametrize("name", ["annex/控え.pdf", f"annex/{'0' * 32}/控え（写し）.pdf"])
def test_a_loaded_archive_keeps_the_name_where_the_place_is_taken(
    settings: Any, tmp_path: Path, name: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    first = default_storage.save(name, ContentFile(b"one"))
    second = default_storage.save(name, ContentFile(b"two"))
    assert first != second
    assert first.rsplit("/", 1)[-1] == second.rsplit("/", 1)[-1] == name.rsplit("/", 1)[-1]
    with default_storage.open(first) as one, default_storage.open(second) as two:
        assert (one.read(), two.read()) == (b"one", b"two")


def test_the_name_of_an_import_is_kept_whole(
    municipality: Municipality, client_for: ClientFor
) -> None:
    name = "報告（第１回）　" + "長" * 230 + ".csv"
    client = client_for(Role.EDITOR)
    address = reverse("annex:import", args=[municipality.code])
    file = SimpleUploadedFile(name, "部署名\n総務課\n".encode())
    assert client.post(address, {"file": file, "as_drafts": "on"}).status_code == 302
    with scope(municipality=municipality):
        assert ImportJob.objects.get().file_name == name

"""What holds wherever a file is handed in: another one under the same name takes its place, and the log says so."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse
from django_scopes import scope
from PIL import Image

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.form_factory import Mode
from bcp_portal.annex.forms import AnnexForm, items_for
from bcp_portal.annex.raw_rows import raw_row
from bcp_portal.annex.services import save_row
from bcp_portal.annex.sheet import Sheet
from bcp_portal.audit.models import Entry
from bcp_portal.ui.picture_bytes import extras_in
from plans.models import EarlierEdition, Plan
from plans.word.outward.template_services import content_of, word_template
from tests.conftest import ClientFactory, MemberFactory
from tests.findings.test_picture_metadata import ORIGINALS
from tests.findings.test_uploaded_names_of_plans import file_of, picture
from tests.plans.word.outward import hostile
from tests.rows import make_row

OLD, NEW = b"the first file", b"another file"
# Of these each file is a record of its own, so that none can take the place of another.
EACH_ITS_OWN = {
    "annex.ImportJob.file": "an upload makes a job",
    "archive.ArchiveJob.file": "an upload makes a job",
    "plans.Decision.paper": "a decision is never written again",
    "plans.ChapterImage.file": "a picture goes by its content",
}
MADE_HERE = {
    "annex.ImportJob.entries",
    "jobs.Preparation.file",
    "plans.Edition.pdf",
    "plans.Edition.masked_pdf",
    "plans.Edition.public_pdf",
    "plans.PrintJob.file",
}
REPLACED = {"plans.EarlierEdition.file", "plans.WordTemplate.file"}


def attachments() -> Iterator[tuple[str, str]]:
    for spec in registry.specs():
        for field in spec.model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield spec.code, field.name


def test_every_place_for_a_file_is_asked() -> None:
    places = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField)
    }
    asked = set()
    for code, column in attachments():
        spec = registry.spec(code)
        assert spec is not None
        asked.add(f"{spec.model._meta.label}.{column}")
    assert places == asked | set(EACH_ITS_OWN) | MADE_HERE | REPLACED


class Row:
    """A row of an annex in the hands of an editor."""

    def __init__(self, code: str, member: MemberFactory, municipality: Municipality) -> None:
        spec = registry.spec(code)
        assert spec is not None
        self.spec, self.membership = spec, member(Role.EDITOR)
        self.sheet = Sheet.of(spec, municipality)
        self.uid = make_row(spec, municipality).uid

    def stored(self) -> Any:
        return self.spec.model.objects.get(uid=self.uid)

    def save(self, column: str, name: str, content: bytes, **typed: str) -> None:
        """Choose a file in the form of the row, and perhaps type something else."""
        row = self.stored()
        shown = items_for(self.sheet, self.membership, Mode.PAGE)
        items = [item for item in shown if item.name in {column, *typed}]
        files: Any = {column: SimpleUploadedFile(name, content)}
        form = AnnexForm(typed, files, sheet=self.sheet, row=row, items=items)
        assert form.is_valid(), form.errors
        actor = self.membership.user
        save_row(sheet=self.sheet, actor=actor, row=form.row, expected_version=row.version)

    def content(self, column: str) -> bytes:
        with getattr(self.stored(), column).open("rb") as file:
            return bytes(file.read())

    def told(self) -> list[dict[str, Any]]:
        entry = Entry.objects.filter(target_uid=str(self.uid)).latest("sequence")
        return list(entry.changes)


@pytest.mark.parametrize(("code", "column"), list(attachments()))
def test_another_file_of_the_same_name_takes_the_place_of_the_first(
    code: str,
    column: str,
    in_scope: Municipality,
    member: MemberFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(AnnexForm, "_ask_rules", lambda form: None)
    row = Row(code, member, in_scope)
    row.save(column, "手順.pdf", OLD)
    row.save(column, "手順.pdf", NEW)
    assert row.content(column) == NEW
    [change] = row.told()
    assert change["name"] == column and change["before"] != change["after"]
    assert change["before"].startswith(f"手順.pdf（{len(OLD)}バイト、SHA-256 ")
    assert change["after"].startswith(f"手順.pdf（{len(NEW)}バイト、SHA-256 ")
    row.save(column, "手順.pdf", OLD, note="ほかの欄も直した")
    assert row.content(column) == OLD
    assert {each["name"] for each in row.told()} == {column, "note"}
    again = next(each for each in row.told() if each["name"] == column)
    assert (again["before"], again["after"]) == (change["after"], change["before"])


@pytest.mark.parametrize(("code", "column"), list(attachments()))
def test_a_picture_is_stored_without_what_the_camera_wrote(
    code: str,
    column: str,
    in_scope: Municipality,
    member: MemberFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(AnnexForm, "_ask_rules", lambda form: None)
    row = Row(code, member, in_scope)
    content = ORIGINALS["jpeg exif"]() + b"behind the end"
    row.save(column, "写真.jpg", content)
    assert extras_in(row.content(column)) == []
    version = row.stored().version
    row.save(column, "写真.jpg", content)
    assert row.stored().version == version


def test_the_same_file_again_is_no_change(in_scope: Municipality, member: MemberFactory) -> None:
    row = Row("c-12", member, in_scope)
    row.save("file", "手順.pdf", OLD)
    place, version, count = row.stored().file.name, row.stored().version, Entry.objects.count()
    row.save("file", "手順.pdf", OLD)
    assert (row.stored().file.name, row.stored().version) == (place, version)
    assert Entry.objects.count() == count
    row.save("file", "手順.pdf", OLD, note="備考だけ")
    assert row.stored().file.name == place
    assert [each["name"] for each in row.told()] == ["note"]
    row.save("file", "新しい名前.pdf", OLD)
    assert [each["name"] for each in row.told()] == ["file"]


def test_a_file_that_was_lost_is_put_back(in_scope: Municipality, member: MemberFactory) -> None:
    row = Row("c-12", member, in_scope)
    row.save("file", "手順.pdf", OLD)
    Path(default_storage.path(row.stored().file.name)).unlink()
    row.save("file", "手順.pdf", OLD)
    assert row.content("file") == OLD
    assert row.told()[0]["before"] == "手順.pdf"
    assert raw_row(row.stored())["file"]["name"].endswith("/手順.pdf")


def test_an_earlier_edition_gives_its_second_file(
    municipality: Municipality, client_for: ClientFactory
) -> None:
    with scope(municipality=municipality):
        Plan.objects.create(municipality=municipality, title="計画")
    client = client_for(Role.ADMIN)
    typed = {"number_major": "1", "number_minor": "0", "content": "策定"}
    typed |= {"revised_on": "2020-04-01"}
    address = reverse("editions:earlier-new", args=[municipality.code])
    client.post(address, {**typed, "file": file_of("計画.pdf", OLD)})

    def stored() -> EarlierEdition:
        with scope(municipality=municipality):
            found: EarlierEdition = EarlierEdition.objects.select_related("municipality").get()
        return found

    def hand_in(content: bytes) -> int:
        one = stored()
        address = reverse("editions:earlier-edit", args=[municipality.code, one.uid])
        more = {"version": str(one.version), "file": file_of("計画.pdf", content)}
        assert client.post(address, {**typed, **more}).status_code == 302
        with scope(municipality=municipality):
            return int(Entry.objects.filter(action="これまでの版の変更").count())

    def taken() -> bytes:
        file = reverse("editions:earlier-file", args=[municipality.code, stored().uid])
        answer: Any = client.get(file)
        return b"".join(answer.streaming_content)

    assert hand_in(NEW) == 1 and taken() == NEW
    assert hand_in(NEW) == 1
    Path(stored().file.path).write_bytes(b"forged")
    assert hand_in(NEW) == 2 and taken() == NEW


def test_a_word_template_is_the_second_one(
    municipality: Municipality, client_for: ClientFactory
) -> None:
    with scope(municipality=municipality):
        Plan.objects.create(municipality=municipality, title="計画")
    client = client_for(Role.ADMIN)
    address = reverse("prints:word-template", args=[municipality.code])
    old, new = hostile.word("町の表紙"), hostile.word("新しい表紙")
    counts = []
    for content in (old, new, new):
        client.post(address, {"file": file_of("ひな形.docx", content)})
        with scope(municipality=municipality):
            template = word_template()
            assert template is not None and content_of(template) == content
            counts.append(Entry.objects.filter(action="Wordのひな形の登録").count())
    assert counts == [1, 2, 2]


def test_another_picture_of_the_same_name_is_another_picture(
    municipality: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    address = reverse("images:upload", args=[municipality.code])
    first, second, again = (
        client.post(address, {"file": file_of("避難図.png", content)}).json()["url"]
        for content in (picture("PNG"), _blue(), picture("PNG"))
    )
    assert first == again != second
    contents = [b"".join(client.get(url).streaming_content) for url in (first, second)]  # type: ignore[attr-defined]
    assert contents[0] != contents[1]


def _blue() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (4, 3), "blue").save(drawn, "PNG")
    return drawn.getvalue()

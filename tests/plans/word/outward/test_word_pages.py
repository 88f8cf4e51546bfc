"""A person asks for the plan as a Word file, with or without the town's own file."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from bcp_portal.jobs.models import JobState
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.prints.models import PrintJob
from plans.word.models.template import WordTemplate
from tests.plans.editions.making import issued
from tests.plans.word.outward import hostile
from tests.plans.word.outward.reading import ReadWord

ENDING = "docx"


@pytest.fixture
def plan(in_scope: Municipality) -> Plan:
    plan = Plan.objects.create(municipality=in_scope, title="見本市 ICT業務継続計画")
    Chapter.objects.create(municipality=in_scope, plan=plan, title="総則", body="<p>今の文</p>")
    return plan


def address(municipality: Municipality, name: str, *args: Any) -> str:
    return reverse(f"prints:{name}", args=[municipality.code, *args])


def job_of(client: Client, municipality: Municipality, **data: Any) -> PrintJob:
    response = client.post(address(municipality, "word"), {"source": "working", **data})
    assert response.status_code == 302, response.content.decode()
    with scope(municipality=municipality):
        return PrintJob.objects.latest("pk")


def test_the_working_copy_comes_as_a_word_file(
    plan: Plan, municipality: Municipality, client_for: Any
) -> None:
    client = client_for(Role.EDITOR)
    job = job_of(client, municipality)
    assert job.state == JobState.DONE, job.message
    assert (
        "Wordファイルを保存する"
        in client.get(address(municipality, "job", job.uid)).content.decode()
    )
    response = client.get(address(municipality, "file", job.uid))
    assert response["Content-Type"].endswith("wordprocessingml.document")
    assert f".{ENDING}" in response["Content-Disposition"]
    read = ReadWord(response.getvalue())
    assert ("Heading 1", "1 総則") in read.headings()
    assert "今の文" in read.text()
    with scope(municipality=municipality):
        assert Entry.objects.filter(action="計画のWord出力").count() == 1


def test_page_numbers_of_the_contents_are_asked_for_unless_somebody_chose_otherwise(
    plan: Plan, municipality: Municipality, client_for: Any
) -> None:
    editor = client_for(Role.EDITOR)
    offered = '<input type="checkbox" name="update_fields" class="checkboxinput form-check-input"'

    def is_offered_ticked() -> bool:
        page = editor.get(address(municipality, "word")).content.decode()
        start = page.index(offered)
        return " checked" in page[start : page.index(">", start)]

    assert is_offered_ticked()
    job_of(editor, municipality)
    assert not is_offered_ticked()


def test_an_edition_comes_as_it_was_frozen(
    plan: Plan, municipality: Municipality, client_for: Any
) -> None:
    with scope(municipality=municipality):
        edition = issued(municipality)
        Chapter.objects.update(body="<p>後から書いた文</p>")
    client = client_for(Role.EDITOR)
    job = job_of(client, municipality, source=f"edition-{edition.uid}")
    assert job.state == JobState.DONE, job.message
    content = client.get(address(municipality, "file", job.uid)).getvalue()
    assert "後から書いた文" not in ReadWord(content).text()


def test_personal_values_are_offered_only_to_those_who_may_see_them(
    plan: Plan, municipality: Municipality, client_for: Any
) -> None:
    field = 'name="with_personal"'
    editor, viewer = client_for(Role.EDITOR), client_for(Role.VIEWER)
    assert field in editor.get(address(municipality, "word")).content.decode()
    assert job_of(editor, municipality, with_personal="on").with_personal
    assert field not in viewer.get(address(municipality, "word")).content.decode()
    assert not job_of(viewer, municipality, with_personal="on").with_personal


def test_the_town_keeps_its_own_file_and_the_plan_is_written_into_it(
    plan: Plan, municipality: Municipality, client_for: Any
) -> None:
    admin = client_for(Role.ADMIN)
    file = SimpleUploadedFile("ひな形.docx", hostile.word("町の表紙"))
    response = admin.post(address(municipality, "word-template"), {"file": file})
    assert response.status_code == 302, response.content.decode()
    assert "ひな形.docx" in admin.get(address(municipality, "word")).content.decode()
    job = job_of(client_for(Role.EDITOR), municipality, own_template="on")
    assert job.state == JobState.DONE, job.message
    with scope(municipality=municipality):
        text = ReadWord(job.file.read()).text()
        assert Entry.objects.filter(action="Wordのひな形の登録").count() == 1
    assert text.startswith("町の表紙") and "今の文" in text
    admin.post(address(municipality, "word-template"), {"remove": "1"})
    with scope(municipality=municipality):
        assert not WordTemplate.objects.exists()


def test_a_template_of_word_is_kept_as_the_document_it_becomes(
    plan: Plan, municipality: Municipality, client_for: Any
) -> None:
    file = SimpleUploadedFile("ひな形.DOTX", hostile.word_template("町の表紙"))
    client_for(Role.ADMIN).post(address(municipality, "word-template"), {"file": file})
    with scope(municipality=municipality):
        template = WordTemplate.objects.get()
        assert template.original_name == "ひな形.docx"
        assert ReadWord(template.file.read()).text() == "町の表紙"
    job = job_of(client_for(Role.EDITOR), municipality, own_template="on")
    assert job.state == JobState.DONE, job.message


@pytest.mark.parametrize("said", hostile.HOSTILE)
def test_hostile_files_are_refused_in_words(
    said: str, plan: Plan, municipality: Municipality, client_for: Any
) -> None:
    file = SimpleUploadedFile("ひな形.docx", hostile.HOSTILE[said]())
    client = client_for(Role.ADMIN)
    response = client.post(address(municipality, "word-template"), {"file": file})
    assert response.status_code == 422
    assert said in response.content.decode()
    with scope(municipality=municipality):
        assert not WordTemplate.objects.exists()


def test_a_file_that_was_changed_on_the_server_is_not_used(
    plan: Plan, municipality: Municipality, client_for: Any
) -> None:
    file = SimpleUploadedFile("ひな形.docx", hostile.word("町の表紙"))
    client_for(Role.ADMIN).post(address(municipality, "word-template"), {"file": file})
    with scope(municipality=municipality):
        template = WordTemplate.objects.get()
        with template.file.storage.open(template.file.name, "wb") as stored:
            stored.write(hostile.word("別の表紙"))
    job = job_of(client_for(Role.EDITOR), municipality, own_template="on")
    assert job.state == JobState.FAILED
    assert "書き換えられています" in job.message

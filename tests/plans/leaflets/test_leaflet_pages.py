"""The pages that ask for cards, blank forms and the summary: who may, what is kept, what is logged."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django_tasks import default_task_backend
from pytest_django import Settings

from bcp_portal.accounts.models import Department, Membership, Municipality, Person
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from bcp_portal.jobs.models import JobState
from plans.chapters.models.plan import Plan
from plans.models import QuickCheckItem, ResponseRole
from plans.prints.models import PrintJob
from systems.models import EmergencyContact
from tests.plans.printing.pdf_reading import ReadPdf, comparable

SECRET = "090-1234-5678"
TEXTS = {"first_steps": "身を守る。\n報告する。", "safety_words": "無事"}
Clients = Callable[..., Client]


@pytest.fixture
def waiting_tasks(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def holder(in_scope: Municipality) -> Person:
    """A plan, and one person with a role and a telephone of their own."""
    Plan.objects.create(municipality=in_scope, title="見本市 ICT業務継続計画書")
    department = Department.objects.create(municipality=in_scope, name="情報政策課", row_no=1)
    person = Person.objects.create(
        municipality=in_scope, name="見本 確", department=department, row_no=1
    )
    EmergencyContact.objects.create(
        municipality=in_scope, person=person, kind="staff", role="復旧", mobile=SECRET, row_no=1
    )
    below = Person.objects.create(municipality=in_scope, name="見本 編", row_no=2)
    head = ResponseRole.objects.create(
        municipality=in_scope, structure="disaster", role_name="責任者", person=person, row_no=1
    )
    ResponseRole.objects.create(
        municipality=in_scope,
        structure="disaster",
        role_name="事務局",
        person=below,
        reports_to=head,
        row_no=2,
    )
    return person


def test_asking_for_cards_queues_logs_and_remembers(
    client_for: Clients, holder: Person, waiting_tasks: None
) -> None:
    client = client_for(Role.EDITOR)
    response = client.post("/139998/prints/cards/", {"whom": "roles", **TEXTS})
    job = PrintJob.objects.get()
    assert response.status_code == 302 and str(job.uid) in response.headers["Location"]
    assert (job.product, job.with_personal, job.state) == ("carry-cards", True, JobState.QUEUED)
    assert job.options["first_steps"] == ["身を守る。", "報告する。"]
    assert len(default_task_backend.results) == 1
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.note) == ("携行カードの印刷", "個人の電話番号等を含む")
    assert "身を守る。\n報告する。" in client.get("/139998/prints/cards/").content.decode()


def test_who_may_not_see_personal_data_gets_neither_page_nor_link_nor_file(
    client_for: Clients, holder: Person, tmp_path: Path
) -> None:
    editor, viewer = client_for(Role.EDITOR), client_for(Role.VIEWER)
    editor.post("/139998/prints/cards/", {"whom": "roles", **TEXTS})
    job = PrintJob.objects.get()
    assert job.state == JobState.DONE
    address = f"/139998/prints/{job.uid}/file/"
    content = b"".join(editor.get(address).streaming_content)  # type: ignore[attr-defined]
    assert comparable(SECRET) in ReadPdf(content, tmp_path).comparable_pages[0]
    assert "prints/cards/" in editor.get("/139998/prints/").content.decode()
    assert viewer.get(address).status_code == 404
    assert viewer.get("/139998/prints/cards/").status_code == 403
    assert viewer.post("/139998/prints/cards/", {"whom": "roles", **TEXTS}).status_code == 403
    assert "prints/cards/" not in viewer.get("/139998/prints/").content.decode()
    assert client_for(Role.EDITOR).get(address).status_code == 404


def test_cards_for_nobody_are_refused_in_words(client_for: Clients, holder: Person) -> None:
    client = client_for(Role.EDITOR)
    for whom, sentence in (
        ("departments", "部署を1つ以上選んでください。"),
        ("people", "カードを作る人を1人以上選んでください。"),
    ):
        response = client.post("/139998/prints/cards/", {"whom": whom, **TEXTS})
        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert "報告する。" in response.content.decode()
    chosen = {"whom": "roles", "people": [str(holder.uid)], **TEXTS}
    response = client.post("/139998/prints/cards/", chosen)
    assert "部署や職員を選んだときは" in response.content.decode()
    ResponseRole.objects.update(person=None)
    client.post("/139998/prints/cards/", {"whom": "roles", **TEXTS})
    job = PrintJob.objects.get()
    assert job.state == JobState.FAILED
    assert "携行カードを作る人がいません" in job.message


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("あ" * 61, "1行目が61文字あります"),
        ("\n".join("あいうえおかき"), "6行以内で入力してください（今は7行）"),
        ("外字\ue000", "U+E000"),
    ],
)
def test_words_that_no_card_can_hold_are_named(
    client_for: Clients, holder: Person, words: str, sentence: str
) -> None:
    data = {"whom": "roles", **TEXTS, "first_steps": words}
    response = client_for(Role.EDITOR).post("/139998/prints/cards/", data)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_departments_and_people_are_chosen_by_what_is_asked(
    client_for: Clients, holder: Person, waiting_tasks: None
) -> None:
    data = {
        "whom": "people",
        "people": [str(holder.uid)],
        "departments": [str(holder.department.uid)],  # type: ignore[union-attr]
        **TEXTS,
    }
    client_for(Role.EDITOR).post("/139998/prints/cards/", data)
    options = PrintJob.objects.get().options
    assert options["people"] == [str(holder.uid)]
    assert options["departments"] == []


def test_blank_forms_are_printed_without_personal_data(
    client_for: Clients, holder: Person, in_scope: Municipality, tmp_path: Path
) -> None:
    QuickCheckItem.objects.create(
        municipality=in_scope, row_no=1, item="庁舎に立ち入れるか", group="building"
    )
    client = client_for(Role.VIEWER)
    response = client.post(
        "/139998/prints/blank-forms/",
        {
            "annexes": ["9", "11"],
            "row_height": "usual",
            "sheets_9": 2,
            "extra_11": 0,
            "extra_19": 0,
        },
    )
    assert response.status_code == 302
    job = PrintJob.objects.get()
    assert (job.state, job.with_personal) == (JobState.DONE, False)
    with job.file.open("rb") as file:
        pages = ReadPdf(file.read(), tmp_path).comparable_pages
    assert len(pages) == 3
    assert comparable("シート番号2／2") in pages[1]
    assert comparable("庁舎に立ち入れるか") in pages[2]
    assert not [page for page in pages if comparable(SECRET) in page]


def test_bad_numbers_of_sheets_are_refused(client_for: Clients, holder: Person) -> None:
    data = {"annexes": [], "row_height": "usual", "sheets_9": 99, "extra_11": -1, "extra_19": 0}
    response = client_for(Role.VIEWER).post("/139998/prints/blank-forms/", data)
    assert response.status_code == 422
    text = response.content.decode()
    assert "印刷する様式を1つ以上選んでください。" in text
    assert not PrintJob.objects.exists()


def test_the_summary_is_printed_with_nothing_typed(
    client_for: Clients, holder: Person, tmp_path: Path
) -> None:
    response = client_for(Role.VIEWER).post("/139998/prints/summary/", {"audience": "public"})
    assert response.status_code == 302
    job = PrintJob.objects.get()
    assert (job.product, job.state) == ("summary", JobState.DONE)
    with job.file.open("rb") as file:
        pdf = ReadPdf(file.read(), tmp_path)
    assert 1 <= len(pdf.comparable_pages) <= 4
    whole = "".join(pdf.comparable_pages)
    assert comparable("計画の目的") in whole and comparable("運用管理規定") in whole
    assert comparable("見本 確") not in whole and comparable(SECRET) not in whole


def test_members_see_the_label_of_what_was_printed(
    client_for: Clients, holder: Person, member: Callable[..., Membership], waiting_tasks: None
) -> None:
    client = client_for(Role.VIEWER)
    client.post("/139998/prints/summary/", {"audience": "public"})
    assert "概要版の印刷" in client.get("/139998/prints/").content.decode()

"""Documents, comparisons, prints and archives name the rows whose personal values they show."""

from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.archive.models import ArchiveJob
from bcp_portal.audit.models import ShownRow
from bcp_portal.audit.verification import verify
from bcp_portal.jobs.models import JobState
from plans.document.coverage import WHOLE
from plans.editions.frozen_copy import FrozenCopy
from plans.editions.personal_rows import only_parts, people_in, people_now, rows_in_document
from plans.issuing.comparables import edition_code
from plans.leaflets.carry_cards import CardDesk
from plans.models import Chapter, RoleDeputy
from plans.phrases.models import PlaceholderValue
from plans.prints import products as print_products
from plans.prints.models import PrintJob
from plans.prints.products import Product
from plans.revisions.models.revision import SubmittedContent
from plans.working_copy.builder import WorkingCopy
from systems.models import EmergencyContact, Site
from tests.conftest import ClientFactory
from tests.contract.test_showing import noted
from tests.contract.visits import Answer
from tests.jobs.by_hand import carry_out, taken
from tests.plans.editions.making import PERSON, PHONE, a_plan, issued, take_snapshot
from tests.plans.revisions.making import a_submission
from tests.plans.rows import a_person, a_role

CHIEF = "図表 太郎"
CALLED = "語句 三郎"


@pytest.fixture
def town(in_scope: Municipality) -> Municipality:
    """A contact, a chart with a holder and a phrase that names somebody, each in a chapter."""
    plan = a_plan(in_scope, annexes=(9,))
    a_role(in_scope, "本部長", person=a_person(in_scope, CHIEF))
    a_role(in_scope, "係", structure="normal", person=a_person(in_scope, "別の 人"))
    PlaceholderValue.objects.create(municipality=in_scope, key="person", value=CALLED)
    body = (
        '<p>担当は<span data-placeholder="person"></span>です。</p>'
        '<div data-live-block="fig-organisation-disaster"></div>'
    )
    Chapter.objects.filter(plan=plan, title="体制").update(body=body)
    return in_scope


def uid_of(model: Any, **values: Any) -> str:
    return str(model.objects.get(**values).uid)


@pytest.fixture
def expected(town: Municipality) -> set[str]:
    from plans.models import ResponseRole

    return {
        uid_of(EmergencyContact, mobile=PHONE),
        uid_of(ResponseRole, role_name="本部長"),
        "person",
    }


def test_a_document_names_rows_of_tables_charts_and_phrases(
    town: Municipality, expected: set[str]
) -> None:
    working = WorkingCopy(town, in_edition=True)
    assert {row.uid for row in rows_in_document(working)} == expected
    edition = issued(town)
    frozen = FrozenCopy(edition.document, edition.rows)
    assert {row.uid for row in rows_in_document(frozen)} == expected
    assert {p.row.uid for p in people_in(edition.rows)} == {p.row.uid for p in people_now()}
    part = only_parts(frozen.full, {"annex-9"})
    assert {row.uid for row in rows_in_document(frozen, part)} == {
        uid_of(EmergencyContact, mobile=PHONE)
    }


def test_a_document_without_personal_values_names_nobody(in_scope: Municipality) -> None:
    plan = a_plan(in_scope, annexes=(3,))
    assert rows_in_document(WorkingCopy(in_scope, in_edition=True)) == []
    assert plan.annex_numbers == [3]


def ways(town: Municipality) -> dict[str, tuple[str, dict[str, str] | None]]:
    """Return (address, what is posted) of each way to the numbers of an edition."""
    edition = issued(town, effective_on=date(2026, 4, 1))
    submission = a_submission(town)
    snapshot = take_snapshot(town, WHOLE)
    content: QuerySet[SubmittedContent] = QuerySet(SubmittedContent)
    content.update(rows=snapshot.rows, document=snapshot.document.to_json())
    EmergencyContact.objects.filter(mobile=PHONE).update(mobile="080-7777-0001")
    code = town.code
    pair = [code, edition_code(edition.uid), "working"]
    personal = {"personal": "1"}
    return {
        "read": (reverse("editions:read-personal", args=[code, edition.uid]), None),
        "pdf": (reverse("editions:pdf-personal", args=[code, edition.uid]), None),
        "excel": (reverse("editions:excel-personal", args=[code, edition.uid]), None),
        "handset": (reverse("bookshelf:handset-personal", args=[code]), None),
        "submission": (reverse("revisions:content", args=[code, submission.revision.uid]), {}),
        "comparison": (reverse("comparison:show", args=pair), personal),
        "word": (reverse("comparison:word", args=pair), personal),
        "comparison excel": (reverse("comparison:excel", args=pair), personal),
    }


def test_every_way_to_an_edition_is_one_entry_that_names_the_contact(
    town: Municipality, expected: set[str], client_for: ClientFactory
) -> None:
    client, viewer = client_for(Role.EDITOR), client_for(Role.VIEWER)
    contact, site = uid_of(EmergencyContact, mobile=PHONE), str(Site.objects.get().uid)
    for way, (address, data) in ways(town).items():
        with noted(town) as counts:
            answer = send(client, address, data)
        assert PHONE in answer.text, way
        assert (CHIEF in answer.text) == (expected <= counts.keys()), way
        assert counts[contact] == 1 and set(counts.values()) == {1}, way
        assert site not in counts, way
        with noted(town) as counts:
            if data is None:
                client.head(address)
            assert send(viewer, address, data).status == 403, way
        assert not counts, way
    assert not verify(town).faults


def send(client: Client, address: str, data: dict[str, str] | None) -> Answer:
    if data is None:
        return Answer.of(client.get(address))
    asked = client.post(address, data)
    return Answer.of(taken(client, asked) if "/prepared/" in asked.get("Location", "") else asked)


def test_each_taking_of_a_print_is_an_entry(
    town: Municipality, expected: set[str], client_for: ClientFactory
) -> None:
    """The file itself is asked of the worker once; three people-times it is taken."""
    client = client_for(Role.EDITOR)
    plain = {"binding": "none", "numbering": "whole", "annexes": ["annex-9"]}
    with noted(town) as asked:
        client.post(reverse("prints:list", args=[town.code]), {**plain, "with_personal": "on"})
    assert not asked, "nothing was shown yet"
    job = PrintJob.objects.get()
    assert job.state == JobState.DONE, job.message
    address = reverse("prints:file", args=[town.code, job.uid])
    contact = uid_of(EmergencyContact, mobile=PHONE)
    with noted(town) as counts:
        assert client.head(address).status_code == 200
    assert not counts
    for _ in range(2):
        with noted(town) as counts:
            assert client.get(address).status_code == 200
        assert counts == {contact: 1}


def test_a_print_without_numbers_is_no_entry(town: Municipality, client_for: ClientFactory) -> None:
    job = PrintJob.objects.create(
        municipality=town, product="plan", state=JobState.DONE, with_personal=False
    )
    job.file.save("plan.pdf", ContentFile(b"%PDF-"))
    with noted(town) as counts:
        address = reverse("prints:file", args=[town.code, job.uid])
        assert client_for(Role.VIEWER).get(address).status_code == 200
    assert not counts


def test_a_print_from_before_names_every_row_it_may_hold(
    town: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    user = int(client.session["_auth_user_id"])
    job = PrintJob.objects.create(
        municipality=town,
        product="plan",
        state=JobState.DONE,
        with_personal=True,
        requested_by_id=user,
    )
    job.file.save("plan.pdf", ContentFile(b"%PDF-"))
    with noted(town) as counts:
        client.get(reverse("prints:file", args=[town.code, job.uid]))
    assert uid_of(EmergencyContact, mobile=PHONE) in counts


def test_a_personal_print_of_which_its_maker_says_nothing_names_every_row(
    town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = Product("silent", "無言の印刷物", lambda m, o: "無言", lambda order: b"%PDF-")
    monkeypatch.setitem(print_products._products, "silent", silent)
    job = PrintJob.objects.create(municipality=town, product="silent", with_personal=True)
    carry_out(job)
    job.refresh_from_db()
    assert job.state == JobState.DONE and job.rows_shown is None


def test_cards_name_who_stands_on_them(town: Municipality) -> None:
    from plans.models import ResponseRole

    chief = ResponseRole.objects.get(role_name="本部長")
    deputy = RoleDeputy.objects.create(
        municipality=town, role=chief, order=1, person=EmergencyContact.objects.get().person
    )
    desk = CardDesk.load(town)
    card = desk.card(chief.person)
    shown = {row.uid for row in desk.rows_shown([card])}
    called = {call.name for part in card.calls for call in part.calls}
    assert PERSON in called
    contact = uid_of(EmergencyContact, mobile=PHONE)
    assert shown == {str(chief.uid), str(deputy.uid), contact}
    EmergencyContact.objects.update(mobile="")
    desk = CardDesk.load(town)
    assert contact not in {row.uid for row in desk.rows_shown([desk.card(chief.person)])}


def test_each_taking_of_an_archive_names_every_row_with_a_number(
    town: Municipality, client_for: ClientFactory
) -> None:
    job = ArchiveJob.objects.create(
        municipality=town, state=JobState.DONE, reason="控え", sha256=sha256(b"PK").hexdigest()
    )
    job.file.save("archive.zip", ContentFile(b"PK"))
    client = client_for(Role.ADMIN)
    for _ in range(2):
        with noted(town) as counts:
            client.post(reverse("archive:file", args=[town.code, job.uid]))
        assert counts[uid_of(EmergencyContact, mobile=PHONE)] == 1


def test_a_phrase_that_names_somebody_is_shown_on_its_own_page_alone(
    town: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    chapter = Chapter.objects.get(title="体制")
    hidden = [
        reverse("plan:phrases", args=[town.code]),
        reverse("plan:chapter", args=[town.code, chapter.uid]),
    ]
    for address in hidden:
        with noted(town) as counts:
            assert CALLED not in client.get(address).content.decode()
        assert not counts
    with noted(town) as counts:
        address = reverse("plan:phrase", args=[town.code]) + "?key=person"
        assert CALLED in client.get(address).content.decode()
    assert counts == {"person": 1}
    with scope(municipality=town):
        assert ShownRow.objects.filter(row_uid="person").count() == 1


def test_the_worker_writes_down_whose_numbers_a_print_holds(town: Municipality) -> None:
    job = PrintJob.objects.create(
        municipality=town,
        product="plan",
        with_personal=True,
        options={"parts": ["annex-9"]},
    )
    carry_out(job)
    job.refresh_from_db()
    rows = job.rows_shown
    assert rows is not None
    assert [row.uid for row in rows] == [uid_of(EmergencyContact, mobile=PHONE)]
    assert rows[0].row_type == "systems.emergencycontact"

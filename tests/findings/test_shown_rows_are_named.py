"""「この番号を誰が見たか」 names the rows that stood there, and no other, for prints, files and commands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.viewing_log import lookings_at
from bcp_portal.importing.models import ImportJob
from plans.bookshelf import replacement_print
from plans.chapters.models.plan import Plan
from plans.comparison import services as comparison_services
from plans.editions.models.edition import Edition
from plans.issuing.comparables import edition_code
from plans.prints import print_jobs as print_services
from plans.prints.models import PrintJob
from plans.word.outward.product import WORD_PLAN
from systems.models import EmergencyContact
from tests.conftest import ClientFactory
from tests.importing.desk import Desk
from tests.jobs.by_hand import carry_out
from tests.plans.editions.making import issued, spec
from tests.plans.rows import a_person
from tests.rows import make_row

WITHOUT = "代表番号だけの行"


class Office:
    """A plan with 様式9, some rows of it with a mobile number, and one without any personal value."""

    def __init__(self, town: Municipality, client: Client, folder: Path, count: int) -> None:
        self.town, self.client, self.folder = town, client, folder
        Plan.objects.create(municipality=town, title="計画", annex_numbers=[9])
        self.rows = [self._row(number, f"090-9999-000{number}") for number in range(1, count + 1)]
        self.without = self._row(count + 1, "")

    def _row(self, number: int, mobile: str) -> EmergencyContact:
        row: EmergencyContact = make_row(spec("9"), self.town, number)
        row.kind, row.organisation = "agency", f"機関{number}"
        row.mobile, row.row_no, row.role = mobile, number, WITHOUT
        row.person = a_person(self.town, f"見本 {number}") if mobile else None
        row.save()
        return row

    def change(self) -> None:
        for row in self.rows:
            row.mobile = row.mobile.replace("090", "080")
            row.save()

    @property
    def user(self) -> User:
        return User.objects.get(pk=self.client.session["_auth_user_id"])

    def take(self, product: str, **options: Any) -> None:
        """Let the worker make a print with personal values, and take its file."""
        job = PrintJob.objects.create(
            municipality=self.town,
            product=product,
            options=options,
            with_personal=True,
            requested_by=self.user,
        )
        carry_out(job)
        assert not lookings_at(str(self.rows[0].uid)), "nothing was taken yet"
        answer = self.client.get(reverse("prints:file", args=[self.town.code, job.uid]))
        assert answer.status_code == 200


class QuickPress:
    """Prints anything as a few bytes: what is asked here is what the log says of it."""

    def print_plan(self, *args: Any, **options: Any) -> bytes:
        return b"%PDF-"

    print_parts = print_plan


@contextmanager
def quick_press(*args: Any) -> Iterator[QuickPress]:
    yield QuickPress()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(print_services, "open_press", quick_press)
    monkeypatch.setattr(comparison_services, "open_press", quick_press)
    monkeypatch.setattr(replacement_print, "extract", lambda *args: b"%PDF-")


def word(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.take(WORD_PLAN)


def comparison_pdf(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = issued(office.town)
    office.change()
    office.take("comparison", old=edition_code(edition.uid), new="working")


def replaced_pages(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = two_editions(office)
    exchanges = [SimpleNamespace(part="様式9", put=[1]), SimpleNamespace(part="奥付", put=[])]
    found = SimpleNamespace(put=[1], exchanges=exchanges)
    monkeypatch.setattr(replacement_print.Binders, "replacement", lambda self: (found, None))
    office.take(replacement_print.PAGES, old=str(first.uid), new=str(second.uid))


def import_check(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(office.town, office.user.memberships.get(), office.folder)
    book = load_workbook(BytesIO(desk.export("9")))
    for sheet in book:
        for cell in (cell for line in sheet.iter_rows() for cell in line):
            if str(cell.value).startswith("090-9999"):
                cell.value = str(cell.value).replace("090", "080")
    stored = BytesIO()
    book.save(stored)
    code = office.town.code
    file = SimpleUploadedFile("連絡先.xlsx", stored.getvalue())
    office.client.post(f"/{code}/annex/9/import/", {"file": file})
    address = reverse("annex:import-job", args=[code, ImportJob.objects.get().uid])
    assert "080-9999-0001" in office.client.get(address).content.decode()


def export_plan(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    out = str(office.folder / "plan.pdf")
    call_command(
        "export_plan", office.town.code, "--with-personal", "--out", out, stdout=StringIO()
    )


def save_archive(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    call_command(
        "save_archive", office.town.code, out=office.folder / "town.zip", stdout=StringIO()
    )


def two_editions(office: Office) -> tuple[Edition, Edition]:
    first = issued(office.town, kind="enactment")
    office.change()
    return first, issued(office.town, effective_on=date(2026, 5, 1))


WAYS = (word, comparison_pdf, replaced_pages, import_check, export_plan, save_archive)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_one_look_names_each_row_that_was_shown_and_no_other(
    way: Callable[[Office, pytest.MonkeyPatch], None],
    count: int,
    in_scope: Municipality,
    client_for: ClientFactory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = Office(in_scope, client_for(Role.EDITOR), tmp_path, count)
    way(office, monkeypatch)
    by_command = way in (export_plan, save_archive)
    for row in office.rows:
        (look,) = lookings_at(str(row.uid))
        assert look.actor_username == ("" if by_command else office.user.username)
        assert look.note.endswith(f"（{count}行）") or (count == 1 and "行）" not in look.note)
    assert not lookings_at(str(office.without.uid))

"""An altered entry of the log steers nothing silently: imports, states, codes and proofs that read it say so."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bcp_portal.accounts.models import Department, Municipality, Person
from bcp_portal.accounts.permissions import Role
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.row_order import move_row
from bcp_portal.annex.row_states import restore_row, status_before_retiring
from bcp_portal.annex.services import save_row, set_status
from bcp_portal.annex.sheet import Sheet
from bcp_portal.audit.disposal import SAID
from bcp_portal.audit.entry_faults import ALTERED, altered_since
from bcp_portal.audit.models import Entry
from bcp_portal.audit.seal_proofs import seal_faults_of
from bcp_portal.audit.services import record
from bcp_portal.audit.told_proofs import told_faults_of
from bcp_portal.audit.told_values import told_registry
from bcp_portal.importing.import_jobs import DOUBTED
from bcp_portal.importing.models import ImportJob
from bcp_portal.members.decision_codes import FORGED, issue_code, take_code
from bcp_portal.members.models import DecisionCode
from bcp_portal.ui.errors import DomainError
from systems.models import Site
from tests.audit.test_verification import TABLE, sql
from tests.conftest import ClientFactory, MemberFactory
from tests.findings.proofs_town import rows
from tests.findings.test_altered_lines_warn import tell_another, tell_another_and_sign
from tests.findings.test_excel_old_names import rename, taken_over
from tests.findings.workbooks import Book
from tests.importing.desk import Desk
from tests.plans.editions.making import spec

__all__ = ["taken_over"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(in_scope: Municipality, member: MemberFactory, tmp_path: Path) -> Desk:
    return Desk(in_scope, member(Role.EDITOR), tmp_path)


def last_rename() -> Entry:
    found: Entry = Entry.objects.filter(action="変更").latest("sequence")
    return found


def hide_kind(entry: Entry) -> None:
    sql(f"UPDATE {TABLE} SET target_type = 'x.y' WHERE id = %s", entry.pk)


def hide_action(entry: Entry) -> None:
    sql(f"UPDATE {TABLE} SET action = '表示' WHERE id = %s", entry.pk)


def hide_in_time(entry: Entry) -> None:
    moved = entry.at - timedelta(days=400)
    sql(f"UPDATE {TABLE} SET at = %s WHERE id = %s", str(moved.replace(tzinfo=None)), entry.pk)


def another_name(entry: Entry) -> None:
    sql(f"UPDATE {TABLE} SET changes = '[]' WHERE id = %s", entry.pk)


def empty(entry: Entry) -> None:
    """Let it look like one of those that were disposed of."""
    left = {"actor_name": "", "actor_username": "", "target_label": "", "changes": [], "told": []}
    left |= {"note": SAID, "search_text": "", "address": "", "salt": "", "disposed_in": 1}
    rows(Entry).filter(pk=entry.pk).update(actor=None, **left)


def take_out(entry: Entry) -> None:
    sql(f"DELETE FROM {TABLE} WHERE id = %s", entry.pk)


def brought(client: Client, code: str, content: bytes) -> str:
    upload = SimpleUploadedFile("職員.xlsx", content)
    answer = client.post(reverse("annex:import", args=[code]), {"file": upload}, follow=True)
    return answer.content.decode()


@pytest.mark.parametrize(
    "alter", [hide_kind, hide_action, hide_in_time, another_name, empty, take_out]
)
def test_an_import_says_that_what_names_meant_was_altered(
    alter: Callable[[Entry], None],
    taken_over: bytes,
    client_for: ClientFactory,
    in_scope: Municipality,
) -> None:
    client, entry = client_for(Role.EDITOR), last_rename()
    record(municipality=in_scope, actor=None, action="確認")
    assert "取り込まずに" not in brought(client, in_scope.code, taken_over)
    alter(entry)
    page = brought(client, in_scope.code, taken_over)
    number = entry.sequence
    assert f"{number}番" in page and "取り込まずに" in page


def test_what_is_altered_between_check_and_saving_is_shown_first(
    taken_over: bytes, client_for: ClientFactory, in_scope: Municipality
) -> None:
    book = Book(taken_over)
    page = book.sheet("people")
    page.put(page.row("name", "鈴木"), "post", "課長")
    client, entry = (
        client_for(Role.EDITOR),
        record(municipality=in_scope, actor=None, action="確認"),
    )
    record(municipality=in_scope, actor=None, action="確認")
    assert "取り込まずに" not in brought(client, in_scope.code, book.content)
    tell_another(entry)
    address = reverse("annex:import-apply", args=[in_scope.code, ImportJob.objects.get().uid])
    answer = client.post(address, {"only_good": "on"}, follow=True).content.decode()
    assert DOUBTED in answer and "取り込まずに" in answer
    assert Person.objects.get(name="鈴木").post == ""


def test_a_former_name_in_a_form_is_told_with_a_warning(
    desk: Desk, client_for: ClientFactory, in_scope: Municipality
) -> None:
    home = Department.objects.create(municipality=in_scope, name="情報政策課", row_no=1)
    person = Person.objects.create(municipality=in_scope, name="佐藤", row_no=1)
    rename(desk, home, "デジタル推進課")
    entry = last_rename()
    record(municipality=in_scope, actor=None, action="確認")
    client = client_for(Role.EDITOR)
    address = reverse("annex:grid", args=[in_scope.code, "people"])
    typed = {"name": "佐藤", "department": "情報政策課", "employment": "permanent", "version": "1"}
    sent = {f"{person.uid}-{name}": value for name, value in typed.items()} | {
        "row": str(person.uid)
    }
    answer = client.post(address, sent).content.decode()
    assert "名称が「デジタル推進課」に変わっています" in answer and ALTERED not in answer
    tell_another_and_sign(entry)
    assert f"{ALTERED}（{entry.sequence}番）" in client.post(address, sent).content.decode()


def test_a_state_is_not_believed_of_an_altered_entry(
    in_scope: Municipality, client_for: ClientFactory
) -> None:
    client, sheet = client_for(Role.EDITOR), Sheet.of(spec("3"), in_scope)
    site = Site(municipality=in_scope, name="本庁舎", site_kind="main", runs_core=False)
    site.pending, site.row_status = {}, RowStatus.DRAFT
    save_row(sheet=sheet, actor=None, row=site, expected_version=0)
    site = set_status(sheet=sheet, actor=None, row=site, status=RowStatus.RETIRED)
    entry = Entry.objects.latest("sequence")
    record(municipality=in_scope, actor=None, action="確認")
    address = reverse("annex:row", args=[in_scope.code, "3", site.uid])
    assert status_before_retiring(sheet, site) == RowStatus.DRAFT
    assert ALTERED not in client.get(address).content.decode()
    tell_another_and_sign(entry)
    assert f"{ALTERED}（{entry.sequence}番）" in client.get(address).content.decode()
    assert restore_row(sheet=sheet, actor=None, row=site).row_status != RowStatus.DRAFT


@pytest.mark.parametrize("column", ["note", "actor_name"])
def test_a_code_is_not_taken_whose_entry_was_altered(
    column: str, in_scope: Municipality, member: MemberFactory
) -> None:
    checker, admin = member(Role.CHECKER, username="kakunin"), member(Role.ADMIN, username="kanri")
    code = issue_code(membership=checker, actor=admin.user)
    entry = Entry.objects.latest("sequence")
    sql(f"UPDATE {TABLE} SET {column} = '偽' WHERE id = %s", entry.pk)
    with pytest.raises(DomainError) as refused:
        take_code(checker, code, not_from={})
    assert refused.value.message == FORGED
    assert f"操作記録（{entry.sequence}番）" in "".join(
        seal_faults_of([DecisionCode.objects.get()])
    )


def test_values_are_not_proven_by_an_altered_entry(
    in_scope: Municipality, member: MemberFactory
) -> None:
    checker = member(Role.CHECKER, username="kakunin")
    entry = record(municipality=in_scope, actor=None, action="値の控え", told=())
    kind = told_registry.kind_of(checker)
    assert kind is not None
    sql(f"UPDATE {TABLE} SET told = '[1]' WHERE id = %s", entry.pk)
    assert any(f"{entry.sequence}番" in each for each in told_faults_of(kind))


def test_only_what_was_altered_is_named(in_scope: Municipality) -> None:
    entries = [record(municipality=in_scope, actor=None, action="確認") for _ in range(4)]
    assert altered_since(entries[0].at) == frozenset()
    hide_in_time(entries[2])
    assert altered_since(entries[2].at) == {entries[2].sequence}
    assert altered_since(entries[3].at) == {entries[2].sequence}


def test_numbers_of_namesakes_are_watched_too(
    desk: Desk, client_for: ClientFactory, in_scope: Municipality
) -> None:
    one, _ = (
        Person.objects.create(municipality=in_scope, name="佐藤", row_no=number)
        for number in (1, 2)
    )
    content = desk.export("people")
    move_row(sheet=Sheet.of(spec("people"), in_scope), actor=None, row=one, up=False)
    entry = Entry.objects.latest("sequence")
    record(municipality=in_scope, actor=None, action="確認")
    hide_action(entry)
    client = client_for(Role.EDITOR)
    assert f"{entry.sequence}番" in brought(client, in_scope.code, content)

"""No page or file of the operation log shows an altered, deleted or shortened entry without a word."""

import json
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.chain import entry_digest
from bcp_portal.audit.entry_faults import ALTERED, GAPS, LINES, altered_among, missing_in_log
from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import SeenRow, entry_content, entry_search_text, record
from bcp_portal.audit.viewing_log import SHOWING
from systems.models import EmergencyContact
from tests.conftest import ClientFactory

PAGES = ("/audit/", "/audit/2/", "/annex/9/rows/{uid}/history/", "/annex/9/rows/{uid}/lookers/")
FORGED = "偽の補足"
LINE = "見本団体"


@pytest.fixture
def contact(in_scope: Municipality) -> EmergencyContact:
    """A row that was added (1, 2), and whose numbers were shown with those of another (3)."""
    row = EmergencyContact.objects.create(
        municipality=in_scope, kind="agency", organisation=LINE, role="情報班"
    )
    for action in ("追加", "変更"):
        record(municipality=in_scope, actor=None, action=action, target=row)
    look(row)
    return row


def look(row: EmergencyContact) -> None:
    rows = [SeenRow("systems.emergencycontact", uid, uid) for uid in (str(row.uid), "other")]
    record(municipality=row.municipality, actor=None, action=SHOWING, note="一覧", shown=rows)


@pytest.fixture
def reader(contact: EmergencyContact, client_for: ClientFactory) -> Client:
    return client_for(Role.AUDITOR, Role.EDITOR)


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def read(client: Client, row: EmergencyContact, page: str) -> str:
    answer = client.get(f"/{row.municipality.code}{page.format(uid=row.uid)}")
    return answer.content.decode()


def exported(client: Client, row: EmergencyContact) -> list[str]:
    answer = client.post(f"/{row.municipality.code}/audit/export/", {"reason": "監査"})
    return answer.getvalue().decode().splitlines()


def forge_note(number: int) -> None:
    sql("UPDATE audit_entry SET note = %s WHERE sequence = %s", FORGED, number)


def forge_with_digest(number: int) -> None:
    entry = Entry.objects.get(sequence=number)
    entry.note = FORGED
    sql(
        "UPDATE audit_entry SET note = %s, search_text = %s, digest = %s WHERE sequence = %s",
        FORGED,
        entry_search_text(entry),
        entry_digest(entry.previous_digest, entry_content(entry)),
        number,
    )


def forge_changes(number: int) -> None:
    """Put in what the program never writes: pages shall tell of it instead of breaking."""
    changes = json.dumps([1, {"label": "偽"}] if number == 2 else {"偽": 1})
    sql("UPDATE audit_entry SET changes = %s WHERE sequence = %s", changes, number)


@pytest.mark.parametrize("forge", [forge_note, forge_with_digest, forge_changes])
def test_every_page_warns_of_an_altered_entry_above_and_at_it(
    contact: EmergencyContact, reader: Client, forge: Callable[[int], None]
) -> None:
    for page in PAGES:
        assert ALTERED not in read(reader, contact, page)
    assert ALTERED not in "".join(exported(reader, contact))
    forge(2)
    forge(3)
    for page in PAGES:
        text = read(reader, contact, page)
        assert text.count(ALTERED) == (3 if page == "/audit/" else 2), page
        assert ("3番" if "lookers" in page else "2番") in text
    lines = exported(reader, contact)
    assert [line.split(",")[0] for line in lines if line.endswith(ALTERED)] == ["3", "2"]


def test_every_page_says_that_numbers_are_missing(
    contact: EmergencyContact, reader: Client
) -> None:
    sql("DELETE FROM audit_entry WHERE sequence = 1")
    for page in (*PAGES, "/audit/?action=追加"):
        assert f"{GAPS}（1番）。" in read(reader, contact, page), page
    assert f"{GAPS}（1番）。" in exported(reader, contact)[1]
    gone = reader.get(f"/{contact.municipality.code}/audit/1/")
    assert gone.status_code == 404 and f"{GAPS}（1番）。" in gone.content.decode()


def test_a_log_that_was_cut_says_so(contact: EmergencyContact) -> None:
    assert missing_in_log() == ()
    sql("DELETE FROM audit_entry WHERE sequence IN (2, 3)")
    assert missing_in_log()[0] == f"{GAPS}（2番から3番まで）。"


def test_whose_look_was_taken_out_is_said_where_it_lacks_and_at_the_entry(
    contact: EmergencyContact, reader: Client
) -> None:
    sql("DELETE FROM audit_shownrow WHERE row_uid = %s", str(contact.uid))
    for page in PAGES:
        assert LINES in read(reader, contact, page), page
    assert LINES in exported(reader, contact)[1]
    assert ALTERED in read(reader, contact, "/audit/3/")
    sql("UPDATE audit_shownrow SET row_uid = 'x'")
    assert altered_among(list(Entry.objects.all())) == {3}


def test_checking_costs_the_same_however_many_entries_are_shown(
    contact: EmergencyContact, reader: Client
) -> None:
    def queries(page: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            read(reader, contact, page)
        return len(captured)

    pages = ("/audit/", PAGES[2], PAGES[3])
    few = [queries(page) for page in pages]
    for _ in range(2):
        look(contact)
        record(municipality=contact.municipality, actor=None, action="変更", target=contact)
    assert [queries(page) for page in pages] == few

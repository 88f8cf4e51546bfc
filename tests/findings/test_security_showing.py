"""A number cannot be seen without an entry, and the entry names the row."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.drafts import keep_draft
from bcp_portal.annex.services import save_row
from bcp_portal.annex.sheet import Sheet
from bcp_portal.audit.models import Entry, ShownRow
from bcp_portal.audit.services import Change, SeenRow, entry_content, record
from bcp_portal.audit.verification import verify
from bcp_portal.audit.viewing_log import SHOWING, lookings_at
from systems.models import EmergencyContact
from tests.conftest import ClientFactory, MemberFactory
from tests.contract.test_showing import noted

NUMBER = "090-0000-0003"
ANNEX = "9"


@pytest.fixture
def contact(in_scope: Municipality, member: MemberFactory) -> EmergencyContact:
    """One contact as a person types it, with a private mobile number."""
    spec = registry.spec(ANNEX)
    assert spec is not None
    row = EmergencyContact(
        kind="agency",
        organisation="防災室",
        person_name="見本 花子",
        role="情報班",
        mobile=NUMBER,
    )
    sheet = Sheet.of(spec, in_scope)
    saved: EmergencyContact = save_row(
        sheet=sheet, actor=member(Role.EDITOR).user, row=row, expected_version=0
    )
    return saved


def url(contact: EmergencyContact, name: str, *args: Any) -> str:
    return reverse(f"annex:{name}", args=[contact.municipality.code, ANNEX, *args])


def typed(client: Client, contact: EmergencyContact) -> dict[str, Any]:
    """Return what the edit form posts when nobody touches it."""
    form = client.get(url(contact, "edit", contact.uid)).context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: "" if value is None else value for name, value in values.items()}


def test_a_blind_save_that_is_answered_with_the_stored_number_is_an_entry(
    contact: EmergencyContact, client_for: ClientFactory
) -> None:
    data = typed(client_for(Role.EDITOR), contact)
    blind = {**data, "version": 0, "mobile": "090-1111-1111", "person_name": "別の 名"}
    with noted(contact.municipality) as counts:
        answer = client_for(Role.EDITOR).post(url(contact, "edit", contact.uid), blind)
    assert answer.status_code == 409 and NUMBER in answer.content.decode()
    assert counts == {str(contact.uid): 1}


def test_a_conflict_in_the_grid_is_an_entry(
    contact: EmergencyContact, client_for: ClientFactory
) -> None:
    uid = str(contact.uid)
    blind = {
        "row": uid,
        f"{uid}-version": 0,
        f"{uid}-kind": "agency",
        f"{uid}-role": "情報班",
        f"{uid}-organisation": "防災室",
        f"{uid}-person_name": "別の 名",
        f"{uid}-mobile": "090-1111-1111",
        f"{uid}-row_status": "active",
        f"{uid}-confidentiality": "internal",
    }
    with noted(contact.municipality) as counts:
        answer = client_for(Role.EDITOR).post(url(contact, "grid"), blind)
    assert answer.status_code == 409, answer.context["grid"].problems
    assert NUMBER in answer.content.decode()
    assert counts == {uid: 1}


def test_a_refused_save_that_shows_the_number_again_is_an_entry_and_one_that_does_not_is_none(
    contact: EmergencyContact, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    data = {**typed(client, contact), "arrival_minutes": "ゆっくり"}
    for mobile, name, shown in ((NUMBER, "見本 花子", 1), ("090-2222-2222", "別の 名", 0)):
        with noted(contact.municipality) as counts:
            answer = client.post(
                url(contact, "edit", contact.uid), {**data, "mobile": mobile, "person_name": name}
            )
        assert answer.status_code == 422
        assert (NUMBER in answer.content.decode()) == bool(shown)
        assert counts.get(str(contact.uid), 0) == shown


def test_ten_queries_a_digit_find_nothing(
    contact: EmergencyContact, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    for guess in ("090", "0003", NUMBER, "花子", "見本 花子"):
        page = client.get(url(contact, "list"), {"q": guess}).content.decode()
        assert f"row-{contact.uid}" not in page
        assert "誰が検索しても探しません" in page
    assert (
        f"row-{contact.uid}" in client.get(url(contact, "list"), {"q": "情報班"}).content.decode()
    )


def test_the_history_shows_changes_and_lookings_have_a_page_of_their_own(
    contact: EmergencyContact, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    for _ in range(60):
        client.post(url(contact, "reveal", contact.uid))
    history = client.get(url(contact, "history", contact.uid)).content.decode()
    assert "追加" in history and "個人情報の表示" not in history
    lookers = client.get(url(contact, "lookers", contact.uid))
    text = lookers.content.decode()
    assert "61件" in text, (
        "sixty showings and the history, which shows the number it was added with"
    )
    assert "行の画面" in text and "変更履歴" in text
    assert NUMBER not in text
    assert "花子" not in client_for(Role.VIEWER).get(lookers.request["PATH_INFO"]).content.decode()
    assert len(lookers.context["page"].object_list) == 50


def test_the_question_who_saw_it_is_answered_by_a_number_of_queries_that_does_not_grow(
    contact: EmergencyContact, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    address = url(contact, "lookers", contact.uid)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    client.post(url(contact, "reveal", contact.uid))
    few = queries()
    for _ in range(20):
        client.post(url(contact, "reveal", contact.uid))
    assert queries() == few


def test_a_grid_of_many_rows_is_one_entry_found_from_each_of_them(
    contact: EmergencyContact, client_for: ClientFactory, member: MemberFactory
) -> None:
    spec = registry.spec(ANNEX)
    assert spec is not None
    second = EmergencyContact(kind="staff", person_name="見本 次郎", role="総務班", mobile=NUMBER)
    sheet = Sheet.of(spec, contact.municipality)
    save_row(sheet=sheet, actor=member(Role.EDITOR).user, row=second, expected_version=0)
    client_for(Role.EDITOR).get(url(contact, "grid"))
    [entry] = Entry.objects.filter(action=SHOWING)
    assert entry.shown_count == 2 and "2行" in entry.note
    for row in (contact, second):
        assert list(lookings_at(str(row.uid))) == [entry]
    auditor = client_for(Role.AUDITOR)
    for row in (contact, second):
        found = auditor.get(
            reverse("audit:list", args=[contact.municipality.code]), {"target": str(row.uid)}
        )
        assert "個人情報の表示" in found.content.decode()
    page = auditor.get(reverse("audit:entry", args=[contact.municipality.code, entry.sequence]))
    assert "情報班" in page.content.decode() or str(contact.uid) in page.content.decode()


def test_an_entry_of_a_former_release_still_says_who_looked(
    contact: EmergencyContact, client_for: ClientFactory
) -> None:
    record(municipality=contact.municipality, actor=None, action=SHOWING, target=contact)
    old = Entry.objects.latest("sequence")
    assert "shown" not in entry_content(old)
    assert list(lookings_at(str(contact.uid))) == [old]
    assert not verify(contact.municipality).faults


def forged_label(entry: Entry) -> None:
    sql(
        "UPDATE audit_shownrow SET row_uid = 'other-' || row_uid WHERE sequence = %s",
        entry.sequence,
    )


def forged_away(entry: Entry) -> None:
    sql("DELETE FROM audit_shownrow WHERE sequence = %s", entry.sequence)


def forged_in(entry: Entry) -> None:
    sql(
        "INSERT INTO audit_shownrow (municipality_id, sequence, row_type, row_uid, row_label)"
        " VALUES (%s, %s, '', 'x', '')",
        entry.municipality_id,
        entry.sequence - 1,
    )


def forged_count(entry: Entry) -> None:
    sql("DELETE FROM audit_shownrow WHERE sequence = %s", entry.sequence)
    sql(
        "UPDATE audit_entry SET shown_count = 0, shown_digest = '' WHERE sequence = %s",
        entry.sequence,
    )


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("forge", [forged_label, forged_away, forged_in, forged_count])
def test_whoever_changes_which_rows_were_shown_is_found(
    in_scope: Municipality, forge: Callable[[Entry], None]
) -> None:
    rows = [SeenRow("systems.emergencycontact", f"uid-{n}", f"行{n}") for n in range(3)]
    record(municipality=in_scope, actor=None, action="追加")
    entry = record(municipality=in_scope, actor=None, action=SHOWING, shown=[*rows, rows[0]])
    assert entry.shown_count == 3
    assert ShownRow.objects.count() == 3
    assert not verify(in_scope).faults
    forge(entry)
    assert verify(in_scope).faults


def test_reading_or_taking_the_log_names_the_rows_whose_numbers_it_tells(
    contact: EmergencyContact, client_for: ClientFactory
) -> None:
    both = client_for(Role.AUDITOR, Role.EDITOR)
    code = contact.municipality.code
    added = Entry.objects.get(action="追加", target_uid=str(contact.uid))
    with noted(contact.municipality) as counts:
        page = both.get(reverse("audit:entry", args=[code, added.sequence])).content.decode()
    assert NUMBER in page and counts == {str(contact.uid): 1}
    with noted(contact.municipality) as counts:
        taken = both.post(reverse("audit:export", args=[code]), {"reason": "監査"})
    assert NUMBER in taken.getvalue().decode() and counts == {str(contact.uid): 1}
    alone = client_for(Role.AUDITOR)
    with noted(contact.municipality) as counts:
        taken = alone.post(reverse("audit:export", args=[code]), {"reason": "監査"})
        alone.get(reverse("audit:entry", args=[code, added.sequence]))
    assert NUMBER not in taken.getvalue().decode() and not counts


def test_a_draft_gives_numbers_back_to_those_who_may_see_them_and_says_so(
    contact: EmergencyContact, member: MemberFactory
) -> None:
    membership = member(Role.EDITOR)
    key = f"annex:{ANNEX}:{contact.uid}"
    fields = [["mobile", NUMBER], ["person_name", "別の 名"], ["role", "情報班長"]]
    kept(contact, membership.user, key, fields)
    client = Client()
    client.force_login(membership.user, "django.contrib.auth.backends.ModelBackend")
    address = reverse("annex:drafts", args=[contact.municipality.code]) + f"?key={key}"
    with noted(contact.municipality) as counts:
        assert NUMBER in client.get(address).content.decode()
    assert counts == {str(contact.uid): 1}
    kept(contact, membership.user, key, [["mobile", "090-7777-7777"], ["role", "情報班長"]])
    with noted(contact.municipality) as counts:
        client.get(address)
    assert not counts, "what one typed oneself is not what is stored"
    uid = str(contact.uid)
    grid = f"annex:{ANNEX}:grid:"
    kept(contact, membership.user, grid, [[f"{uid}-mobile", NUMBER], ["new-0-mobile", "1"]])
    with noted(contact.municipality) as counts:
        client.get(address.replace(key, grid))
    assert counts == {uid: 1}
    kept(contact, membership.user, key, fields)
    membership.roles = [Role.VIEWER.value]
    with scope(municipality=contact.municipality):
        membership.save()
    with noted(contact.municipality) as counts:
        left = client.get(address).json()["drafts"][0]["fields"]
    assert left == [["role", "情報班長"]] and not counts


def kept(contact: EmergencyContact, user: User, key: str, fields: list[list[str]]) -> None:
    with scope(municipality=contact.municipality):
        keep_draft(municipality=contact.municipality, user=user, key=key, fields=fields)


def test_a_showing_is_found_by_its_action_and_says_the_way(in_scope: Municipality) -> None:
    change = Change("mobile", "携帯電話", "", NUMBER, personal=True)
    record(municipality=in_scope, actor=None, action="変更", changes=[change])
    rows = [SeenRow("systems.emergencycontact", "uid-1", "情報班")]
    entry = record(
        municipality=in_scope, actor=None, action=SHOWING, note="様式9の行の画面", shown=rows
    )
    assert (entry.target_uid, entry.target_label) == ("uid-1", "情報班")
    assert NUMBER not in entry.search_text

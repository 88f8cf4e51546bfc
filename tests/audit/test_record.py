"""What one entry keeps."""

from threading import Thread

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.terminal import at_terminal
from bcp_portal.audit.chain import GENESIS, searchable_text
from bcp_portal.audit.models import ChainHead, Entry
from bcp_portal.audit.services import Change, Event, record, record_all
from bcp_portal.audit.verification import verify
from tests.conftest import MemberFactory


def test_entries_are_numbered_and_chained(in_scope: Municipality, member: MemberFactory) -> None:
    user = member("editor", username="sato").user
    department = Department.objects.create(municipality=in_scope, name="総務課")
    first = record(municipality=in_scope, actor=user, action="追加", target=department)
    second = record(municipality=in_scope, actor=None, action="確認")
    assert [first.sequence, second.sequence] == [1, 2]
    assert first.previous_digest == GENESIS
    assert second.previous_digest == first.digest
    head = ChainHead.objects.get()
    assert (head.sequence, head.digest) == (2, second.digest)
    assert first.target_uid == str(department.uid)
    assert first.target_key == f"accounts.department:{department.uid}"
    assert (first.target_label, second.actor_name) == ("総務課", "システム")


def test_each_municipality_has_a_chain_of_its_own(
    municipality: Municipality, other_municipality: Municipality
) -> None:
    for each in (municipality, other_municipality):
        with scope(municipality=each):
            assert record(municipality=each, actor=None, action="追加").sequence == 1
            assert Entry.objects.count() == 1


def test_the_terminal_of_the_request_is_noted(in_scope: Municipality) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    with at_terminal(request):
        assert record(municipality=in_scope, actor=None, action="追加").address == "192.0.2.7"
        given = record(municipality=in_scope, actor=None, action="追加", address="192.0.2.9")
        assert given.address == "192.0.2.9"
    assert record(municipality=in_scope, actor=None, action="追加").address == ""


def test_personal_values_are_kept_but_cannot_be_searched(in_scope: Municipality) -> None:
    entry = record(
        municipality=in_scope,
        actor=None,
        action="変更",
        changes=[
            Change("mobile", "携帯電話", "090-0000-0001", "090-0000-0002", personal=True),
            Change("post", "職", "主事", "主任 Ａ"),
        ],
    )
    assert entry.changes[0]["before"] == "090-0000-0001"
    assert "0000" not in entry.search_text
    assert "携帯電話" in entry.search_text
    assert "主任a" in entry.search_text


def test_writing_costs_the_same_however_long_the_log(in_scope: Municipality) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            record(municipality=in_scope, actor=None, action="追加")
        return len(captured)

    queries()
    assert [queries() for _ in range(3)] == [queries()] * 3


def write_five(municipality: Municipality) -> None:
    try:
        with scope(municipality=municipality):
            for _ in range(5):
                record(municipality=municipality, actor=None, action="追加")
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_people_writing_at_once_make_one_unbroken_chain(municipality: Municipality) -> None:
    """The first entries race for the head that does not exist yet."""
    writers = [Thread(target=write_five, args=[municipality]) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with scope(municipality=municipality):
        numbers = list(Entry.objects.order_by("sequence").values_list("sequence", flat=True))
    assert numbers == list(range(1, 21))
    assert verify(municipality).faults == []


def test_many_events_are_one_chain_for_the_queries_of_one(in_scope: Municipality) -> None:
    record(municipality=in_scope, actor=None, action="追加")
    events = [Event("変更", note=f"{number}件目") for number in range(40)]
    with CaptureQueriesContext(connection) as captured:
        entries = record_all(municipality=in_scope, actor=None, events=events)
    with CaptureQueriesContext(connection) as alone:
        record(municipality=in_scope, actor=None, action="追加")
    assert [entry.sequence for entry in entries] == list(range(2, 42))
    assert Entry.objects.get(sequence=41).note == "39件目"
    assert verify(in_scope).head.sequence == 42
    assert verify(in_scope).faults == []
    assert len(captured) <= len(alone) + 1


def test_what_the_log_stores_to_be_searched_is_the_same_in_every_release() -> None:
    """verify_audit compares it with what was stored years ago; these keys are of the first release."""
    stored = {
        "ＡＢＣ システム": "abcシステム",
        "社⻑・⼩林": "社⻑小林",
        "ﾊﾞｯｸｱｯﾌﾟ　第Ⅱ期": "バックアップ第ii期",
        "髙橋 ①": "髙橋1",
    }
    assert {text: searchable_text(text, "", ()) for text in stored} == stored

"""Whoever touches the log behind its back is found, with the number of the entry."""

from collections.abc import Callable
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.audit.chain import entry_digest
from bcp_portal.audit.models import ChainHead, Entry
from bcp_portal.audit.services import Change, entry_content, entry_search_text, record
from bcp_portal.audit.verification import Link, verify, witness_faults
from bcp_portal.audit.witnesses import Witness

LENGTH = 6
TABLE = Entry._meta.db_table
HEAD = ChainHead._meta.db_table


@pytest.fixture
def log(in_scope: Municipality) -> Municipality:
    """A log of six entries, one with a change."""
    for number in range(1, LENGTH + 1):
        record(
            municipality=in_scope,
            actor=None,
            action="変更",
            note=f"記録{number}",
            changes=[Change("rto", "目標復旧時間", "3日", "24時間"), Change("b", "あ", "", "😀")],
        )
    return in_scope


def sql(statement: str, *values: object) -> None:
    """Do what somebody with the database password, but not the program, would do."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def change_note() -> None:
    sql(f"UPDATE {TABLE} SET note = %s WHERE sequence = 3", "改ざん")


def change_json() -> None:
    sql(f"UPDATE {TABLE} SET changes = %s WHERE sequence = 3", "[]")


def change_actor() -> None:
    sql(f"UPDATE {TABLE} SET actor_username = %s WHERE sequence = 3", "someone")


def hide_from_search() -> None:
    sql(f"UPDATE {TABLE} SET search_text = '' WHERE sequence = 3")


def change_time() -> None:
    entry = Entry.objects.get(sequence=3)
    moved = connection.ops.adapt_datetimefield_value(entry.at.replace(year=2020))
    sql(f"UPDATE {TABLE} SET at = %s WHERE sequence = 3", moved)


def with_matching_digest(sequence: int) -> None:
    entry = Entry.objects.select_related("municipality").get(sequence=sequence)
    entry.note = "改ざん"
    digest = entry_digest(entry.previous_digest, entry_content(entry))
    sql(
        f"UPDATE {TABLE} SET note = %s, search_text = %s, digest = %s WHERE sequence = %s",
        entry.note,
        entry_search_text(entry),
        digest,
        sequence,
    )


def change_with_matching_digest() -> None:
    with_matching_digest(3)


def remove_middle() -> None:
    sql(f"DELETE FROM {TABLE} WHERE sequence IN (3, 4)")


def remove_first() -> None:
    sql(f"DELETE FROM {TABLE} WHERE sequence = 1")


def remove_tail() -> None:
    sql(f"DELETE FROM {TABLE} WHERE sequence >= 5")


def remove_last() -> None:
    sql(f"DELETE FROM {TABLE} WHERE sequence = {LENGTH}")


def remove_everything() -> None:
    sql(f"DELETE FROM {TABLE}")


def remove_head() -> None:
    sql(f"DELETE FROM {HEAD}")


def reorder() -> None:
    sql(f"UPDATE {TABLE} SET sequence = 99 WHERE sequence = 3")
    sql(f"UPDATE {TABLE} SET sequence = 3 WHERE sequence = 4")
    sql(f"UPDATE {TABLE} SET sequence = 4 WHERE sequence = 99")


def copy_of(sequence: int, at_sequence: int) -> None:
    entry = Entry.objects.get(sequence=sequence)
    entry.pk, entry.sequence, entry.note = None, at_sequence, "なかった記録"
    entry._state.adding = True
    entry.save()


def insert_after_the_end() -> None:
    copy_of(LENGTH, LENGTH + 1)


def insert_before_the_beginning() -> None:
    copy_of(1, 0)


def insert_in_the_middle() -> None:
    for number in range(LENGTH, 3, -1):
        sql(f"UPDATE {TABLE} SET sequence = %s WHERE sequence = %s", number + 1, number)
    copy_of(3, 4)
    sql(f"UPDATE {HEAD} SET sequence = %s", LENGTH + 1)


def replace_last() -> None:
    with_matching_digest(LENGTH)


TAMPERINGS: dict[Callable[[], None], int] = {
    change_note: 3,
    change_json: 3,
    change_actor: 3,
    hide_from_search: 3,
    change_time: 3,
    change_with_matching_digest: 4,  # the next entry no longer follows
    remove_middle: 3,
    remove_first: 1,
    remove_tail: 5,
    remove_last: 6,
    remove_everything: 1,
    remove_head: 1,
    reorder: 3,
    insert_after_the_end: 7,
    insert_before_the_beginning: 0,
    insert_in_the_middle: 4,
    replace_last: 6,
}


@pytest.mark.quick
def test_an_untouched_log_is_sound(log: Municipality) -> None:
    verdict = verify(log)
    assert verdict.faults == []
    assert verdict.head == Link(LENGTH, Entry.objects.get(sequence=LENGTH).digest)


@pytest.mark.quick
@pytest.mark.parametrize(
    ("tamper", "number"), TAMPERINGS.items(), ids=lambda x: getattr(x, "__name__", x)
)
def test_tampering_is_found_with_its_number(
    log: Municipality, tamper: Callable[[], None], number: int
) -> None:
    assert verify(log).faults == []
    tamper()
    faults = verify(log).faults
    assert faults[0].sequence == number
    assert f"{number}番" in faults[0].sentence


def rewritten(log: Municipality, note: str) -> None:
    """Rebuild the whole chain and its head around a changed first entry."""
    previous = "0" * 64
    for entry in Entry.objects.select_related("municipality").order_by("sequence"):
        entry.note = note if entry.sequence == 1 else entry.note
        entry.previous_digest = previous
        previous = entry_digest(previous, entry_content(entry))
        text = entry.search_text.replace("記録1", note)
        sql(
            f"UPDATE {TABLE} SET note=%s, previous_digest=%s, digest=%s, search_text=%s"
            " WHERE sequence=%s",
            entry.note,
            entry.previous_digest,
            previous,
            text,
            entry.sequence,
        )
    sql(f"UPDATE {HEAD} SET digest = %s", previous)


@pytest.mark.quick
def test_what_somebody_else_noted_of_the_log_must_be_in_it(log: Municipality) -> None:
    entry = Entry.objects.get(sequence=3)
    noted = Witness("第1版", 3, entry.digest)
    assert list(witness_faults([noted, Witness("提出")])) == []
    [fault] = witness_faults([noted, replace(noted, digest="f" * 64)])
    assert fault.sequence == 3 and "第1版に控えてある値と一致しません" in fault.sentence
    [fault] = witness_faults([replace(noted, sequence=LENGTH + 1)])
    assert fault.sequence == LENGTH + 1
    remove_everything()
    found = [fault.sentence for fault in witness_faults([Witness("提出")])]
    assert found == ["提出があるのに、操作記録が1件もありません。記録全体が削除されています。"]


@pytest.mark.quick
def test_a_rewritten_chain_is_found_by_the_value_on_paper(log: Municipality) -> None:
    noted = verify(log).head
    assert verify(log, noted=noted).faults == []
    rewritten(log, "改ざん")
    assert verify(log).faults == []
    assert [fault.sequence for fault in verify(log, noted=noted).faults] == [LENGTH]


def test_entries_added_later_do_not_disturb_the_value_on_paper(log: Municipality) -> None:
    noted = verify(log).head
    record(municipality=log, actor=None, action="追加")
    assert verify(log, noted=noted).faults == []


def test_the_log_of_another_municipality_is_not_blamed(
    log: Municipality, other_municipality: Municipality
) -> None:
    with scope(municipality=other_municipality):
        record(municipality=other_municipality, actor=None, action="追加")
    sql(f"UPDATE {TABLE} SET note = 'x' WHERE municipality_id = %s", log.pk)
    assert verify(other_municipality).faults == []
    assert len(verify(log).faults) == LENGTH


def test_the_command_reports_a_sound_log(log: Municipality) -> None:
    out = StringIO()
    call_command("verify_audit", log.code, stdout=out)
    head = ChainHead.objects.get()
    assert f"見本市（{log.code}）: 6件の操作記録に改ざんはありません。" in out.getvalue()
    assert f"6:{head.digest}" in out.getvalue()


def test_the_command_names_the_entry_and_fails(log: Municipality) -> None:
    change_note()
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("verify_audit", stdout=out)
    assert caught.value.returncode == 1
    assert "3番の内容が記録の後に書き換えられています。" in out.getvalue()
    assert log.name in str(caught.value)


def test_the_command_takes_the_noted_value(log: Municipality) -> None:
    noted = f"{LENGTH}:{ChainHead.objects.get().digest}"
    call_command("verify_audit", log.code, noted=noted, stdout=StringIO())
    rewritten(log, "改ざん")
    with pytest.raises(CommandError):
        call_command("verify_audit", log.code, noted=noted, stdout=StringIO())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["999999"], "「999999」の団体は登録されていません"),
        (["--noted", "6:abc"], "団体コードを指定"),
        (["139998", "--noted", "abc"], "そのまま指定"),
    ],
)
def test_the_command_explains_wrong_arguments(
    log: Municipality, arguments: list[str], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("verify_audit", *arguments, stdout=StringIO())

"""The log takes new entries and nothing else."""

import pytest
from django.db.models import ProtectedError
from django_scopes import ScopeError

from bcp_portal.accounts.models import Municipality
from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import record
from tests.conftest import MemberFactory


@pytest.fixture
def entry(in_scope: Municipality) -> Entry:
    return record(municipality=in_scope, actor=None, action="追加", note="最初の記録")


def stored_note() -> str:
    return Entry.objects.get().note


CHANGES = {
    "update": lambda entry: Entry.objects.update(note="別の記録"),
    "filtered update": lambda entry: Entry.objects.filter(pk=entry.pk).update(note="別の記録"),
    "update through the tenant": lambda entry: entry.municipality.entry_set.update(note="別の記録"),
    "bulk_update": lambda entry: Entry.objects.bulk_update([entry], ["note"]),
    "update_or_create": lambda entry: Entry.objects.update_or_create(
        sequence=1, defaults={"note": "別の記録"}
    ),
    "save": lambda entry: entry.save(),
    "save of a fresh copy": lambda entry: Entry.objects.get().save(),
    "save with update_fields": lambda entry: entry.save(update_fields=["note"]),
    "delete": lambda entry: Entry.objects.all().delete(),
    "delete through the tenant": lambda entry: entry.municipality.entry_set.all().delete(),
    "instance delete": lambda entry: entry.delete(),
    "bulk_create": lambda entry: Entry.objects.bulk_create([entry]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_an_entry_is_never_changed_or_deleted(entry: Entry, change) -> None:
    entry.note = "別の記録"
    with pytest.raises(TypeError, match="never changed"):
        change(entry)
    assert stored_note() == "最初の記録"


def test_a_second_insert_with_the_key_of_an_entry_is_refused(entry: Entry) -> None:
    double = Entry(pk=entry.pk, municipality=entry.municipality, sequence=2, at=entry.at)
    with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
        double.save()


def test_outside_a_scope_the_log_cannot_be_read(municipality: Municipality) -> None:
    for read in (Entry.objects.all, Entry.objects.count, lambda: Entry.objects.filter(sequence=1)):
        with pytest.raises(ScopeError):
            list(read())


def test_a_municipality_with_a_log_cannot_be_deleted(entry: Entry) -> None:
    with pytest.raises(ProtectedError):
        entry.municipality.delete()
    assert stored_note() == "最初の記録"


def test_the_name_stays_when_the_account_goes(
    in_scope: Municipality, member: MemberFactory
) -> None:
    user = member("editor", username="sato").user
    record(municipality=in_scope, actor=user, action="追加")
    user.delete()
    left = Entry.objects.get()
    assert (left.actor, left.actor_name, left.actor_username) == (None, "sato", "sato")

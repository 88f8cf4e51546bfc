"""The whole sample plan survives freezing: masked as built masked, and put back as it was."""

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.kinds import MASK
from plans.document.coverage import WHOLE
from plans.document.document import Document
from plans.document.tables import tables_of
from plans.issuing.restoring import restore_edition
from plans.working_copy.builder import build_document
from systems.models import EmergencyContact, SystemItem
from tests.plans.editions.making import issued, take_snapshot


def texts(document: Document) -> list[list[list[str]]]:
    return [table.texts() for table in tables_of(document)]


def test_masked_from_the_frozen_plan_is_masked_when_built(town: Municipality) -> None:
    snapshot = take_snapshot(town, WHOLE)
    plain = build_document(town, include_personal=False, in_edition=True)
    number = EmergencyContact.objects.exclude(mobile="")[0].mobile
    assert number in str(snapshot.document)
    assert number not in str(snapshot.masked)
    assert (snapshot.masked.front, snapshot.masked.chapters) == (plain.front, plain.chapters)
    assert snapshot.masked.annexes == plain.annexes
    assert MASK in str(snapshot.masked)
    assert snapshot.masked != snapshot.document


def test_the_frozen_plan_survives_json_and_is_the_same_twice(town: Municipality) -> None:
    snapshot = take_snapshot(town, WHOLE)
    assert Document.from_json(snapshot.document.to_json()) == snapshot.document
    assert take_snapshot(town, WHOLE).sha256 == snapshot.sha256


def test_the_whole_plan_is_put_back(town: Municipality) -> None:
    before = texts(build_document(town, include_personal=True))
    edition = issued(town)
    untouched = restore_edition(edition=edition, actor=None, what=WHOLE)
    assert (untouched.changed, untouched.added, untouched.retired) == (0, 0, 0)
    SystemItem.objects.update(overview="書き換えた概要")
    EmergencyContact.objects.update(mobile="090-0000-0000")
    assert texts(build_document(town, include_personal=True)) != before
    report = restore_edition(edition=edition, actor=None, what=WHOLE)
    assert report.notes == []
    assert texts(build_document(town, include_personal=True)) == before

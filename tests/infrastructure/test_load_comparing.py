"""The comparing after a load misses no save: each kind of loss is named, and what is whole is not."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.drafts import keep_draft
from bcp_portal.annex.services import save_row
from bcp_portal.annex.sheet import Sheet
from bcp_portal.audit.models import Entry
from benchmarks.load import towns
from benchmarks.load.browser import Answer
from benchmarks.load.notes import fault_of
from benchmarks.load.saves import Kept, LogLine, Save, faults
from tests.conftest import MemberFactory

MINE = Save("139998", "1", "a", 2, "me", "負荷甲001-0001")
YOURS = Save("139998", "1", "a", 3, "you", "負荷甲002-0001")
LINES = (LogLine(7, "me", MINE.mark), LogLine(9, "you", YOURS.mark))
WHOLE = Kept("139998", 3, YOURS.mark, 1, LINES)


def found(*saves: Save, unanswered: int = 0, **changed: Any) -> list[str]:
    return faults(saves or (MINE, YOURS), {"a": replace(WHOLE, **changed)}, {"a": unanswered})


def test_what_is_wholly_there_is_no_fault() -> None:
    assert found() == []
    assert faults([], {"b": replace(WHOLE, version=1)}, {}) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"version": 2}, "version 3 was accepted, version 2 is stored"),
        ({"version": 4}, "2 saves were accepted, 3 versions were made"),
        ({"text": MINE.mark}, "does not stand in it"),
        ({"log": LINES[1:]}, f"{MINE.mark} stands in 0 entries"),
        ({"log": (*LINES, LINES[0])}, f"{MINE.mark} stands in 2 entries"),
        ({"log": (LogLine(8, "you", MINE.mark), LINES[1])}, "is you's in the log"),
        ({"log": (LogLine(10, "me", MINE.mark), LINES[1])}, "in another order"),
        ({"town": "279994"}, "was saved in another town"),
    ],
)
def test_each_kind_of_loss_is_named(changed: dict[str, Any], words: str) -> None:
    assert any(words in fault for fault in found(**changed))


def test_a_row_that_is_gone_and_a_version_given_twice_are_named() -> None:
    assert faults([MINE], {}, {}) == ["1 a: is gone, after 1 accepted saves"]
    twice = found(MINE, replace(YOURS, version=2), version=2)
    assert any("accepted twice" in fault for fault in twice)


def test_a_save_that_nobody_made_is_named_unless_its_answer_was_lost() -> None:
    kept = {"b": replace(WHOLE, version=2)}
    assert faults([], kept, {}) == ["b: 1 versions more, and nobody saved it"]
    assert faults([], kept, {"b": 1}) == []
    assert found(version=4, unanswered=1) == []


def test_a_save_taken_out_of_the_database_is_missed(
    in_scope: Municipality, member: MemberFactory
) -> None:
    person = member(Role.EDITOR, username="load-000")
    spec = registry.spec("departments")
    assert spec is not None
    row = Department.objects.create(municipality=in_scope, name="防災課", note="")
    before = towns.versions()
    row.note = MINE.mark
    save_row(
        sheet=Sheet.of(spec, in_scope), actor=person.user, row=row, expected_version=row.version
    )
    save = Save(in_scope.code, "departments", str(row.uid), row.version, "load-000", MINE.mark)
    assert faults([save], towns.kept(before), {}) == []
    assert towns.broken_proofs() == []

    towns.take_one_out(save.uid, save.mark)
    assert len(faults([save], towns.kept(before), {})) == 1
    assert len(towns.broken_proofs()) == 1
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(Entry._meta.db_table)
        cursor.execute(f"DELETE FROM {table} WHERE target_uid = %s", [save.uid])
    assert len(faults([save], towns.kept(before), {})) == 2


def test_a_draft_that_was_lost_is_named(in_scope: Municipality, member: MemberFactory) -> None:
    person = member(Role.EDITOR, username="load-000")
    key = "annex:departments:new"
    expected = {("load-000", key): MINE.mark}
    assert len(towns.lost_drafts(expected)) == 1
    keep_draft(municipality=in_scope, user=person.user, key=key, fields=[["note", MINE.mark]])
    assert towns.lost_drafts(expected) == []


@pytest.mark.parametrize(
    ("kind", "status", "said", "location", "is_fault"),
    [
        ("list", 200, "", "", False),
        ("form save", 302, "", "/139998/annex/1/", False),
        ("form save", 409, "ほかの人がこの行を先に保存しました。", "", False),
        ("form save", 409, "", "", True),
        ("form save", 503, "データベースが混み合っていて、書き込めませんでした。", "", False),
        ("form save", 503, "サーバの空き容量が足りません。", "", True),
        ("form save", 422, "この項目は必須です。", "", True),
        ("list", 500, "システムの内部で問題が起きました。", "", True),
        ("list", 0, "", "", True),
        ("list", 302, "", "/sign-in/?next=/139998/", True),
        ("foreign", 404, "", "", False),
        ("foreign", 200, "", "", True),
    ],
)
def test_an_answer_is_a_fault_unless_it_does_what_was_asked_or_says_why_not(
    kind: str, status: int, said: str, location: str, is_fault: bool
) -> None:
    answer = Answer(kind, "/139998/", status, 0.1, location=location)
    assert bool(fault_of(answer, said)) is is_fault

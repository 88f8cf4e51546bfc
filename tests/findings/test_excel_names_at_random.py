"""Names in a file changed at random, in chains and rings: what the page shows is what is stored."""

import random
from collections.abc import Iterator

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.audit.models import Entry
from bcp_portal.importing.check_result import CheckedFile
from systems.models import SystemItem, VendorContract
from tests.cases import cases
from tests.findings.stored_names import assert_shown_is_stored, copied, filled, names_of
from tests.findings.workbooks import Book
from tests.importing.desk import Desk


@pytest.mark.long_form
@pytest.mark.parametrize("seed", range(cases(3, 40)))
def test_names_changed_at_random_are_stored_as_shown(
    desk: Desk, in_scope: Municipality, seed: int
) -> None:
    """In people, departments, systems and vendors; rows that name them stand in the same file."""
    chance = random.Random(seed)
    names = [filled(in_scope, code) for code in ("people", "departments", "2-1", "1", "8", "2-2")]
    assert all(names)
    for contract in VendorContract.objects.all():
        contract.systems.set(chance.sample(list(SystemItem.objects.all()), 2))
    book = Book(desk.export()).keep("people", "departments", "2-1", "1", "8", "2-2")
    for code in ("people", "departments", "2-1", "1"):
        page = book.sheet(code)
        chosen = chance.sample(page.rows, chance.choice((2, 3, 4)))
        old = [page.get(row, "name") for row in chosen]
        new = [*old[1:], chance.choice((old[0], f"新しい名{seed}{code}"))]
        for row, name in zip(chosen, new, strict=True):
            page.put(row, "name", name)
        if chance.random() < 0.5:
            page.add(**{**copied(page, chosen[0]), "name": f"加えた名{code}"})
    for code, column in (("8", "person"), ("1", "owner_department"), ("2-2", "vendor")):
        page = book.sheet(code)
        for row in page.rows:
            if chance.random() < 0.6:
                page.put(row, column, chance.choice([page.get(r, column) for r in page.rows]))
    _name_several(book, chance)
    before = _named_rows()
    checked = desk.bring_in(book.content)
    assert_shown_is_stored(checked)
    assert_file_is_stored(book, checked)
    _assert_log_tells_each_change_once(checked, before)


def _name_several(book: Book, chance: random.Random) -> None:
    """Let contracts name one to three systems as the file calls them; others keep what stood there."""
    names = [book.sheet("1").get(row, "name") for row in book.sheet("1").rows]
    page = book.sheet("2-2")
    for row in page.rows:
        if chance.random() < 0.7:
            page.put(row, "systems", "、".join(chance.sample(names, chance.choice((1, 2, 3)))))


def _named_rows() -> dict[str, int]:
    return {e.target_uid: e.sequence for e in Entry.objects.order_by("sequence")}


def assert_file_is_stored(book: Book, checked: CheckedFile) -> None:
    """Whatever a line that was taken says of another row is what that row is called now."""
    for code, column in (("8", "person"), ("1", "owner_department"), ("2-2", "vendor")):
        spec, page = registry.spec(code), book.sheet(code)
        assert spec is not None
        refused = {e.row for e in checked.plan.entries if e.code == code and e.problems}
        for row in set(page.rows) - refused:
            stored = spec.model.objects.get(uid=page.worksheet.cell(row, 1).value)
            shown = [e for e in checked.plan.entries if (e.code, e.row) == (code, row)]
            named = getattr(stored, column)
            # A name that nobody bears any more stays where nobody touched the cell.
            if type(named).objects.filter(name=page.get(row, column)).exists():
                assert str(named) == page.get(row, column), shown
    compared = 0
    for row, contract in _contracts_taken(book, checked):
        told = sorted(book.sheet("2-2").get(row, "systems").split("、"))
        if SystemItem.objects.filter(name__in=told).count() == len(told):
            assert names_of(contract, "systems") == told, row
            compared += 1
    assert compared


def _contracts_taken(book: Book, checked: CheckedFile) -> Iterator[tuple[int, VendorContract]]:
    page = book.sheet("2-2")
    refused = {e.row for e in checked.plan.entries if e.code == "2-2" and e.problems}
    for row in set(page.rows) - refused:
        yield row, VendorContract.objects.get(uid=page.worksheet.cell(row, 1).value)


def _assert_log_tells_each_change_once(checked: CheckedFile, before: dict[str, int]) -> None:
    last = max(before.values(), default=0)
    for write in checked.writes:
        entry = checked.plan.entries[write.place]
        noted = Entry.objects.filter(target_uid=str(write.form.row.uid), sequence__gt=last)
        assert noted.count() == 1, (entry, [e.changes for e in noted])
        if entry.outcome == "changed":
            shown = sorted((c.label, c.old, c.new) for c in entry.changes)
            logged = [(c["label"], c["before"], c["after"]) for c in noted[0].changes]
            kept = [each for each in logged if each[0] != "最終確認日"]
            assert sorted(kept) == shown

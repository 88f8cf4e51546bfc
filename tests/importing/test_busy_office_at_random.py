"""Whatever others do between the page and the saving: what is saved was shown, and theirs stays."""

import random
from contextlib import suppress
from typing import Any

import pytest

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.row_changes import NAMESAKE
from bcp_portal.audit.models import Entry
from bcp_portal.audit.verification import verify
from bcp_portal.importing.import_outcome import ImportLine
from bcp_portal.importing.meanings import lines_meant, rows_meant
from bcp_portal.importing.models import ImportState
from bcp_portal.ui.errors import DomainError
from systems.models import Site
from tests.cases import cases
from tests.conftest import MemberFactory
from tests.findings.workbooks import Book
from tests.importing.desk import Desk
from tests.importing.office import Office

FIELDS: dict[type[Any], tuple[str, ...]] = {
    Department: ("name", "note", "parent", "row_status"),
    Site: ("name", "address", "manager_department", "row_status"),
}
Stored = dict[str, dict[str, Any]]


@pytest.mark.long_form
@pytest.mark.parametrize("seed", range(cases(3, 40)))
def test_what_is_saved_was_shown_and_nobodys_work_is_taken_back(
    desk: Desk, member: MemberFactory, in_scope: Municipality, seed: int
) -> None:
    chance = random.Random(seed)
    office = Office(desk, member(Role.EDITOR).user)
    departments = [office.add(Department(name=f"課{n}", note="旧")) for n in range(6)]
    for n in range(4):
        of = chance.choice(departments)
        office.add(Site(name=f"館{n}", site_kind="main", address="旧", manager_department=of))
    content = _file(office, chance)
    office.show(content)
    for _ in range(6):
        shown = office.entries()
        if chance.random() < 0.8 and any(each.held and not each.settled for each in shown):
            office.mark(*(each.row for each in shown if each.held or each.since))
            shown = office.entries()
        for _ in range(chance.choice((0, 1, 2, 3))):
            _somebody_works(office, chance)
        before, last = _stored(), _last()
        try:
            job = office.press(only_good=True)
        except DomainError:
            break
        _assert_saved_is_shown(shown, before, last)
        if job.state == ImportState.DONE:
            break
    assert verify(in_scope).faults == []


def _file(office: Office, chance: random.Random) -> bytes:
    """Return an export in which names are exchanged, rows are added, and references are changed."""
    book = Book(office.desk.export()).keep("departments", "3")
    page, sites = book.sheet("departments"), book.sheet("3")
    chosen = chance.sample(page.rows, chance.choice((2, 3)))
    names = [page.get(row, "name") for row in chosen]
    new = [*names[1:], chance.choice((names[0], "新しい課"))]
    for row, name in zip(chosen, new, strict=True):
        page.put(row, "name", name)
    if chance.random() < 0.7:
        page.add(name="加えた課", note="新", parent=chance.choice((None, *names)))
    known = [page.get(row, "name") for row in page.rows]
    for row in page.rows:
        if chance.random() < 0.5:
            page.put(row, "note", "新")
    for row in sites.rows:
        if chance.random() < 0.6:
            sites.put(row, "manager_department", chance.choice(known))
        if chance.random() < 0.5:
            sites.put(row, "address", "新")
    return book.content


def _somebody_works(office: Office, chance: random.Random) -> None:
    row = chance.choice([*Department.objects.all(), *Site.objects.all()])
    what = chance.choice(("note", "note", "name", "retire", "delete", "add", "point"))
    with suppress(DomainError):
        if what == "note":
            column = "note" if isinstance(row, Department) else "address"
            office.edit(row, **{column: f"同僚{chance.random():.3}"})
        elif what == "name":
            office.edit(row, name=f"改めた{chance.random():.3}")
        elif what == "retire":
            office.retire(row)
        elif what == "delete":
            office.delete(row)
        elif what == "add":
            name = chance.choice(("加えた課", "新しい課"))
            if not Department.objects.filter(name=name).exists():
                office.add(Department(name=name, note="同僚"))
        elif isinstance(row, Site):
            office.edit(row, manager_department=chance.choice(Department.objects.all()))


def _stored() -> Stored:
    return {
        str(row.uid): {name: getattr(row, name) for name in names}
        for model, names in FIELDS.items()
        for row in model.objects.select_related(*(n for n in names if n in ("parent",)))
    }


def _last() -> int:
    return Entry.objects.latest("sequence").sequence


def _assert_saved_is_shown(shown: list[ImportLine], before: Stored, last: int) -> None:
    """Compare each cell that the saving changed with what the page said, and with the log."""
    after = _stored()
    lines = {line.uid.lower(): line for line in shown if line.uid and line.writes}
    added = {line.name: line for line in shown if line.outcome == "new"}
    assert before.keys() <= after.keys()
    for uid, cells in after.items():
        line = lines.get(uid) if uid in before else added.get(cells["name"])
        told = {change.name: change for change in line.changes} if line else {}
        noted = Entry.objects.filter(sequence__gt=last, target_uid=uid)
        changed = [name for name in cells if cells[name] != before.get(uid, {}).get(name)]
        if uid not in before:
            assert line is not None and not line.settled
            assert noted.count() == 1 and noted[0].action == "追加"
            continue
        logged = [each for entry in noted for each in entry.changes]
        assert noted.count() <= 1 and set(changed) <= {each["name"] for each in logged}
        for each in logged:
            # A name that the file gives to the row behind it is shown as a change, and told as one.
            shown_as = (told[each["name"]].old, told[each["name"]].new.removesuffix(NAMESAKE))
            assert shown_as == (each["before"], each["after"].removesuffix(NAMESAKE))
        for name in changed:
            assert line is not None and not line.settled and name in told, (cells, before[uid])
            assert told[name].new.removesuffix(NAMESAKE) == _text(name, cells[name])
            # It was still what the page showed: nobody's work of the meantime is taken back.
            if name not in ("parent", "manager_department"):
                assert told[name].old == _text(name, before[uid][name])
                continue
            was, meant = rows_meant(line)[name]
            assert was == _uid(before[uid][name])
            assert meant == _uid(cells[name]) or lines_meant(line)


def _uid(row: Any) -> set[str]:
    return {str(row.uid)} if row else set()


def _text(name: str, value: Any) -> str:
    if name == "row_status":
        return str(RowStatus(value).label)
    return "" if value is None else str(value)

"""A name in a file means the row that bears it after the import; what is shown is what is stored."""

import random
from typing import Any

import pytest

from bcp_portal.accounts.models import Department, Municipality, Person
from bcp_portal.annex import registry
from bcp_portal.annex.importing.checked import Checked
from bcp_portal.audit.models import Entry
from plans.models import ResponseRole
from systems.models import SystemItem, Vendor
from tests.annex.importing.desk import Desk, changes_of, outcomes, reasons
from tests.cases import cases
from tests.findings.workbooks import Book
from tests.rows import make_row

PEOPLE = ("中村 大輔", "小林 拓也", "高橋 健", "福田 哲也", "太田 明美", "藤田 明")
ROLES = ("推進本部長", "インフラチームリーダー", "CSIRT調査担当", "運用B班長", "広報", "記録")


@pytest.fixture
def office(in_scope: Municipality) -> Municipality:
    """Six people, each in a role and at the head of nothing; systems of two departments."""
    for number, (name, role) in enumerate(zip(PEOPLE, ROLES, strict=True), start=1):
        person = Person.objects.create(
            municipality=in_scope, name=name, row_no=number, post=f"職{number}"
        )
        ResponseRole.objects.create(
            municipality=in_scope,
            structure="disaster",
            role_name=role,
            person=person,
            duties="指揮",
            row_no=number,
        )
    return in_scope


def holder(role: str) -> str:
    return str(ResponseRole.objects.get(role_name=role).person)


def transfer(desk: Desk) -> Checked:
    """A: 中村 becomes 小林, 小林 becomes 新任, and the roles of 中村 are given to 小林."""
    book = Book(desk.export()).keep("people", "8")
    book.sheet("people").replace("name", {"中村 大輔": "小林 拓也", "小林 拓也": "新任 太郎"})
    book.sheet("8").replace("person", {"中村 大輔": "小林 拓也"})
    return desk.bring_in(book.content)


def test_a_chain_of_renames_stores_whom_the_page_shows(desk: Desk, office: Municipality) -> None:
    lead = ResponseRole.objects.get(role_name="推進本部長")
    checked = transfer(desk)
    assert not checked.plan.counts()["refused"], reasons(checked)
    assert holder("推進本部長") == "小林 拓也"
    assert_shown_is_stored(checked)
    # Whose name now stands in the cell that nobody touched is the person who bears it.
    assert holder("インフラチームリーダー") == "小林 拓也"
    lead.refresh_from_db()
    [entry] = Entry.objects.filter(target_uid=str(lead.uid), action="変更")
    assert [(c["before"], c["after"]) for c in entry.changes] == [("中村 大輔", "小林 拓也")]


def test_importing_the_same_file_again_changes_nothing(desk: Desk, office: Municipality) -> None:
    transfer(desk)
    book = Book(desk.export()).keep("people", "8")
    checked = desk.check(book.content)
    assert set(outcomes(checked).values()) == {"unchanged"}, reasons(checked)


def test_a_name_borne_by_two_after_the_import_is_refused(desk: Desk, office: Municipality) -> None:
    book = Book(desk.export()).keep("people", "8")
    book.sheet("people").replace("name", {"中村 大輔": "小林 拓也"})
    book.sheet("8").replace("person", {"高橋 健": "小林 拓也"})
    checked = desk.check(book.content)
    [refused] = [e for e in checked.plan.entries if e.outcome == "refused"]
    assert "2件あります" in refused.problems[0].reason and refused.name.startswith("CSIRT")


def test_who_keeps_the_name_because_the_line_is_refused_is_not_taken_for_another(
    desk: Desk, office: Municipality
) -> None:
    book = Book(desk.export()).keep("people", "8")
    page = book.sheet("people")
    page.replace("name", {"中村 大輔": "小林 拓也", "小林 拓也": "新任 太郎"})
    page.put(page.row("name", "新任 太郎"), "employment", "知らない区分")
    book.sheet("8").replace("person", {"高橋 健": "小林 拓也", "福田 哲也": "新任 太郎"})
    checked = desk.bring_in(book.content)
    refused = {e.name: e.problems[0].reason for e in checked.plan.entries if e.outcome == "refused"}
    assert "小林 拓也" in refused, refused
    told = " ".join(refused.values())
    assert "「小林 拓也」は職員・関係者に2件あります" in told
    assert "「新任 太郎」" in told
    assert holder("CSIRT調査担当") == "高橋 健" and holder("運用B班長") == "福田 哲也"


def test_a_plain_rename_leaves_cells_that_nobody_touched(desk: Desk, office: Municipality) -> None:
    book = Book(desk.export()).keep("people", "8")
    book.sheet("people").replace("name", {"太田 明美": "大田 明美"})
    checked = desk.bring_in(book.content)
    assert checked.plan.counts()["changed"] == 1
    assert holder("広報") == "大田 明美"


@pytest.mark.long_form
@pytest.mark.parametrize("seed", range(cases(3, 40)))
def test_names_changed_at_random_are_stored_as_shown(
    desk: Desk, in_scope: Municipality, seed: int
) -> None:
    """In people, departments, systems and vendors; rows that name them stand in the same file."""
    chance = random.Random(seed)
    names = [_filled(in_scope, code) for code in ("people", "departments", "2-1", "1", "8", "2-2")]
    assert all(names)
    book = Book(desk.export()).keep("people", "departments", "2-1", "1", "8", "2-2")
    for code in ("people", "departments", "2-1", "1"):
        page = book.sheet(code)
        chosen = chance.sample(page.rows, chance.choice((2, 3, 4)))
        old = [page.get(row, "name") for row in chosen]
        new = [*old[1:], chance.choice((old[0], f"新しい名{seed}{code}"))]
        for row, name in zip(chosen, new, strict=True):
            page.put(row, "name", name)
        if chance.random() < 0.5:
            page.add(**{**_copied(page, chosen[0]), "name": f"加えた名{code}"})
    for code, column in (("8", "person"), ("1", "owner_department"), ("2-2", "vendor")):
        page = book.sheet(code)
        for row in page.rows:
            if chance.random() < 0.6:
                page.put(row, column, chance.choice([page.get(r, column) for r in page.rows]))
    before = _named_rows()
    checked = desk.bring_in(book.content)
    assert_shown_is_stored(checked)
    assert_file_is_stored(book, checked)
    _assert_log_tells_each_change_once(checked, before)


def _filled(municipality: Municipality, code: str) -> list[Any]:
    """Fill a table with six rows that its rules accept."""
    spec = registry.spec(code)
    assert spec is not None
    first = spec.model.objects.count() + 1
    made = [make_row(spec, municipality, n, full=code == "8") for n in range(first, 7)]
    if code == "2-1":
        Vendor.objects.update(kinds=["maintenance"])
    return made


def _copied(page: Any, row: int) -> dict[str, Any]:
    names = ("kind", "hosting", "overview", "owner_department", "kinds", "employment")
    return {name: page.get(row, name) for name in names if name in page.columns}


def _named_rows() -> dict[str, int]:
    return {e.target_uid: e.sequence for e in Entry.objects.order_by("sequence")}


def assert_shown_is_stored(checked: Checked) -> None:
    """Compare each change of the check page with what an export would say now."""
    for write in checked.writes:
        entry = checked.plan.entries[write.place]
        sheet = write.forms.target.sheet
        row = sheet.spec.model.objects.get(uid=write.form.row.uid)
        for label, (_, new) in changes_of(entry).items():
            item = next(i for i in sheet.items if i.column.label == label)
            if item.model_field.many_to_one:
                assert str(getattr(row, item.name)) in new, (entry.name, label)
            elif item.name in ("name", "overview"):
                assert getattr(row, item.name) == new


def assert_file_is_stored(book: Book, checked: Checked) -> None:
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


def _assert_log_tells_each_change_once(checked: Checked, before: dict[str, int]) -> None:
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


def test_a_freed_name_may_be_that_of_a_new_row(desk: Desk, in_scope: Municipality) -> None:
    """C: GIS is renamed to 旧GIS, and a new GIS stands below it."""
    _filled(in_scope, "1")
    gis = SystemItem.objects.first()
    assert gis is not None
    SystemItem.objects.filter(pk=gis.pk).update(name="GIS")
    book = Book(desk.export("1"))
    page = book.sheet("1")
    row = page.row("name", "GIS")
    page.put(row, "name", "旧GIS")
    page.add(**{**_copied(page, row), "name": "GIS"})
    checked = desk.bring_in(book.content)
    counts = checked.plan.counts()
    assert (counts["changed"], counts["new"], counts["refused"]) == (1, 1, 0), reasons(checked)
    assert SystemItem.objects.get(name="旧GIS").pk == gis.pk
    assert SystemItem.objects.get(name="GIS").pk != gis.pk


@pytest.mark.parametrize("in_order", [True, False])
def test_a_chain_of_department_names_is_one_import(
    desk: Desk, in_scope: Municipality, in_order: bool
) -> None:
    names = ("人事課", "総務課") if in_order else ("総務課", "人事課")
    for number, name in enumerate(names, start=1):
        Department.objects.create(municipality=in_scope, name=name, row_no=number)
    personnel = Department.objects.get(name="人事課")
    book = Book(desk.export("departments"))
    book.sheet("departments").replace("name", {"人事課": "総務課", "総務課": "総務企画課"})
    checked = desk.bring_in(book.content)
    assert checked.plan.counts()["changed"] == 2, reasons(checked)
    assert Department.objects.get(name="総務課").pk == personnel.pk
    changes = {e.target_uid: e.changes[0] for e in Entry.objects.filter(action="変更")}
    assert (changes[str(personnel.uid)]["before"], changes[str(personnel.uid)]["after"]) == (
        "人事課",
        "総務課",
    )


def test_two_vendors_may_change_their_names(desk: Desk, in_scope: Municipality) -> None:
    first, second = _filled(in_scope, "2-1")[:2]
    book = Book(desk.export("2-1"))
    book.sheet("2-1").replace("name", {first.name: second.name, second.name: first.name})
    checked = desk.bring_in(book.content)
    assert checked.plan.counts()["changed"] == 2, reasons(checked)
    assert Vendor.objects.get(pk=first.pk).name == second.name


def test_a_freed_name_is_not_given_away_when_its_line_is_refused(
    desk: Desk, in_scope: Municipality
) -> None:
    _filled(in_scope, "1")
    SystemItem.objects.filter(pk=SystemItem.objects.order_by("pk")[0].pk).update(name="GIS")
    book = Book(desk.export("1"))
    page = book.sheet("1")
    row = page.row("name", "GIS")
    page.put(row, "name", "旧GIS")
    page.put(row, "owner_department", "どこにもない課")
    page.add(**{**_copied(page, page.rows[1]), "name": "GIS"})
    checked = desk.bring_in(book.content)
    assert checked.plan.counts()["new"] == 0 and checked.plan.counts()["refused"] == 2
    assert SystemItem.objects.filter(name="GIS").count() == 1


def test_choosing_another_row_of_the_same_name_is_saved(desk: Desk, office: Municipality) -> None:
    """On a page too: what only looks the same is a change."""
    from bcp_portal.annex.services import save_row
    from bcp_portal.annex.sheet import Sheet

    spec = registry.spec("8")
    assert spec is not None
    other = Person.objects.create(municipality=office, name="高橋 健", row_no=9)
    role = ResponseRole.objects.get(role_name="CSIRT調査担当")
    role.person = other
    save_row(
        sheet=Sheet.of(spec, office),
        actor=desk.membership.user,
        row=role,
        expected_version=role.version,
    )
    assert ResponseRole.objects.get(pk=role.pk).person_id == other.pk
    assert Entry.objects.latest("sequence").changes[0]["after"] == "高橋 健（同じ名称の別の行）"

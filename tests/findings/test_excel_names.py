"""A name in a file means the row that bears it after the import; what is shown is what is stored."""

import pytest

from bcp_portal.accounts.models import Department, Municipality, Person
from bcp_portal.annex import registry
from bcp_portal.audit.models import Entry
from bcp_portal.importing.check_result import CheckedFile
from plans.models import ResponseRole
from systems.models import SystemItem, Vendor
from tests.findings.stored_names import assert_shown_is_stored, copied, filled
from tests.findings.workbooks import Book
from tests.importing.desk import Desk, outcomes, reasons

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


def transfer(desk: Desk) -> CheckedFile:
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


def test_a_freed_name_may_be_that_of_a_new_row(desk: Desk, in_scope: Municipality) -> None:
    """C: GIS is renamed to 旧GIS, and a new GIS stands below it."""
    filled(in_scope, "1")
    gis = SystemItem.objects.first()
    assert gis is not None
    SystemItem.objects.filter(pk=gis.pk).update(name="GIS")
    book = Book(desk.export("1"))
    page = book.sheet("1")
    row = page.row("name", "GIS")
    page.put(row, "name", "旧GIS")
    page.add(**{**copied(page, row), "name": "GIS"})
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
    first, second = filled(in_scope, "2-1")[:2]
    book = Book(desk.export("2-1"))
    book.sheet("2-1").replace("name", {first.name: second.name, second.name: first.name})
    checked = desk.bring_in(book.content)
    assert checked.plan.counts()["changed"] == 2, reasons(checked)
    assert Vendor.objects.get(pk=first.pk).name == second.name


def test_a_freed_name_is_not_given_away_when_its_line_is_refused(
    desk: Desk, in_scope: Municipality
) -> None:
    filled(in_scope, "1")
    SystemItem.objects.filter(pk=SystemItem.objects.order_by("pk")[0].pk).update(name="GIS")
    book = Book(desk.export("1"))
    page = book.sheet("1")
    row = page.row("name", "GIS")
    page.put(row, "name", "旧GIS")
    page.put(row, "owner_department", "どこにもない課")
    page.add(**{**copied(page, page.rows[1]), "name": "GIS"})
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

"""A person of the same name in another 所属 is pointed out before a second row of that name is made."""

from bcp_portal.accounts.models import Department, Person
from bcp_portal.accounts.permissions import Role
from bcp_portal.importing.models import ImportState
from tests.conftest import MemberFactory
from tests.findings.test_excel_report import report
from tests.importing.desk import Desk, workbook_of
from tests.importing.office import Office

HEADS = ("氏名", "所属", "任用区分", "備考")


def an_office(desk: Desk, member: MemberFactory) -> Office:
    office = Office(desk, member(Role.EDITOR).user)
    office.add(Department(name="総務課"))
    office.add(Department(name="防災課"))
    return office


def a_person(office: Office, name: str, department: str = "") -> Person:
    of = Department.objects.filter(name=department).first()
    added: Person = office.add(Person(name=name, department=of, employment="permanent"))
    return added


def test_a_new_line_names_the_same_name_in_another_department(
    desk: Desk, member: MemberFactory
) -> None:
    office = an_office(desk, member)
    known = a_person(office, "山田 修", "防災課")
    lines = [("山田 修", "総務課", "常勤", "A"), ("新顔 三郎", "防災課", "常勤", "B")]
    office.show(workbook_of(HEADS, *lines), "people")
    first, second = office.entries()
    assert first.outcome == "new" and second.namesakes == ()
    assert first.namesakes == ((str(known.uid), "山田 修（所属：防災課）"),)
    said = "同じ名称の行がほかにあります：山田 修（所属：防災課）"
    written = report(desk, workbook_of(HEADS, *lines), "people")["新規"]
    assert any(said in line for line in written)


def test_lines_of_one_name_in_two_departments_name_each_other(
    desk: Desk, member: MemberFactory
) -> None:
    office = an_office(desk, member)
    lines = [("山田 修", of, "常勤", "") for of in ("総務課", "防災課")]
    office.show(workbook_of(HEADS, *lines), "people")
    first, second = office.entries()
    assert first.namesakes == ()
    assert second.namesakes == (("", "山田 修（シート「Sheet1」の2行目）"),)
    assert office.press().state == ImportState.DONE


def test_one_added_meanwhile_is_shown_before_a_second_is_made(
    desk: Desk, member: MemberFactory
) -> None:
    office = an_office(desk, member)
    lines = [("新顔 三郎", "防災課", "常勤", "A"), ("池田 幸子", "防災課", "常勤", "B")]
    office.show(workbook_of(HEADS, *lines), "people")
    a_person(office, "新顔 三郎")
    job = office.press()
    assert job.state == ImportState.READY
    assert Person.objects.filter(name="新顔 三郎").count() == 1
    said = office.waiting()
    assert list(said) == [2]
    assert "同じ名称の別の行「新顔 三郎（所属：空欄）」が登録されています。" in said[2]
    assert f"{office.colleague.username}が「新顔 三郎」の行を登録しました。" in said[2]
    office.mark(2)
    assert office.entries()[0].namesakes
    assert office.press().state == ImportState.DONE
    assert Person.objects.filter(name="新顔 三郎").count() == 2


def test_a_namesake_that_moves_on_stops_nothing(desk: Desk, member: MemberFactory) -> None:
    office = an_office(desk, member)
    known = a_person(office, "山田 修", "防災課")
    office.show(workbook_of(HEADS, ("山田 修", "総務課", "常勤", "A")), "people")
    office.edit(known, department=None)
    assert office.press().state == ImportState.DONE

"""The masters of departments and people."""

from datetime import date

from bcp_portal.accounts.models import Department
from bcp_portal.accounts.permissions import Permission
from bcp_portal.annex import registry
from systems.annexes.departments import DEPARTMENTS
from systems.annexes.people import PEOPLE
from tests.systems.facilities import make_department, said


def test_a_department_is_registered_once_under_all_its_names(in_scope):
    make_department(in_scope, "情報政策課", aliases=["電算課"])
    [(column, message)] = said(DEPARTMENTS, Department(municipality=in_scope, name="電 算課"))
    assert column == "name"
    assert message.startswith("「電 算課」は、登録済みの「情報政策課」の名称または別名と同じです。")


def test_departments_do_not_stand_above_each_other_in_a_circle(in_scope):
    top = make_department(in_scope, "総務部")
    middle = make_department(in_scope, "総務課", parent=top)
    below = make_department(in_scope, "総務係", parent=middle)
    assert said(DEPARTMENTS, below) == []
    top.parent = below
    assert said(DEPARTMENTS, top) == [
        ("parent", "「上位の部署」が循環しています：総務部→総務係→総務課→総務部。")
    ]


def test_a_department_is_not_abolished_before_it_is_set_up(in_scope):
    row = Department(
        municipality=in_scope,
        name="準備室",
        valid_from=date(2026, 4, 1),
        valid_to=date(2026, 3, 31),
    )
    assert said(DEPARTMENTS, row) == [
        ("valid_to", "「廃止日」（令和8年3月31日）が「設置日」（令和8年4月1日）より前です。")
    ]


def test_people_are_edited_by_those_who_keep_contacts():
    assert PEOPLE.edit_permission is Permission.EDIT_CONTACTS
    assert DEPARTMENTS.edit_permission is Permission.EDIT_ANNEX


def test_the_masters_are_registered_and_are_not_printed():
    assert registry.spec("people") is PEOPLE
    assert registry.spec("departments") is DEPARTMENTS
    assert not PEOPLE.printed
    assert not DEPARTMENTS.printed

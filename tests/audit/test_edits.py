"""What is saved and told of records that a service changes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bcp_portal.accounts.models import Department, Municipality, Person
from bcp_portal.annex.models import AnnexSetting, ColumnSetting
from bcp_portal.audit.edits import NAMESAKE, Edit, removal_of, save_changes, write_edits
from bcp_portal.audit.models import Entry
from tests.conftest import MemberFactory


@pytest.fixture
def department(in_scope: Municipality) -> Department:
    return Department.objects.create(municipality=in_scope, name="総務課")


def _save(municipality: Municipality, *edits: Edit, **given: object) -> bool:
    return save_changes(municipality=municipality, actor=None, action="変更", edits=edits, **given)


def test_what_differs_is_saved_counted_and_told(
    in_scope: Municipality, department: Department, member: MemberFactory
) -> None:
    actor = member("editor").user
    values = {"name": "総務部", "is_ict": True, "valid_from": date(2026, 4, 1), "valid_to": None}
    edit = Edit(department, values, beside={"updated_by": actor})

    assert _save(in_scope, edit, target=department, note="一覧から")

    department.refresh_from_db()
    assert (department.name, department.version, department.updated_by) == ("総務部", 2, actor)
    entry = Entry.objects.get()
    assert [(c["label"], c["before"], c["after"]) for c in entry.changes] == [
        ("部署名", "総務課", "総務部"),
        ("ICT部門", "いいえ", "はい"),
        ("設置日", "", "令和8年4月1日"),
    ]
    assert (entry.target_label, entry.note) == ("総務部", "一覧から")
    assert [sorted(told["values"]) for told in entry.told] == [["is_ict", "name", "valid_from"]]


def test_nothing_is_written_where_nothing_differs(
    in_scope: Municipality, department: Department
) -> None:
    edit = Edit(department, {"name": "総務課"}, beside={"note": "x"})
    with CaptureQueriesContext(connection) as captured:
        assert not _save(in_scope, edit, target=department)

    assert not [each for each in captured if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert not Entry.objects.exists()


def test_a_field_that_stays_is_not_written(in_scope: Municipality, department: Department) -> None:
    before = department.updated_at
    Department.objects.filter(pk=department.pk).update(note="後から")

    _save(in_scope, Edit(department, {"name": "総務部", "note": ""}), target=department)

    department.refresh_from_db()
    assert (department.name, department.note) == ("総務部", "後から")
    assert department.updated_at > before


def test_one_entry_tells_of_several_records_and_of_a_new_one_all(in_scope: Municipality) -> None:
    known = ColumnSetting.objects.create(municipality=in_scope, code="1", column="name")
    new = ColumnSetting(municipality=in_scope, code="1", column="owner")
    edits = [
        Edit(
            setting,
            {"label": label, "hidden": False},
            labels={setting.column: setting.column},
            text=lambda setting, _: setting.label or "（標準）",
            tells_all=setting._state.adding,
        )
        for setting, label in ((known, "名前"), (new, "主管"))
    ]

    assert _save(in_scope, *edits)

    entry = Entry.objects.get()
    assert [(c["name"], c["label"], c["before"], c["after"]) for c in entry.changes] == [
        ("name", "name", "（標準）", "名前"),
        ("owner", "owner", "（標準）", "主管"),
    ]
    assert [sorted(told["values"]) for told in entry.told] == [
        ["label"],
        ["former_labels", "hidden", "label", "public"],
    ]


def test_a_record_that_was_not_there_said_nothing_before(in_scope: Municipality) -> None:
    new = Department(municipality=in_scope)

    written = write_edits([Edit(new, {"name": "総務課", "is_ict": False}, is_new=True)])

    assert [(c.before, c.after) for c in written.changes] == [("", "総務課"), ("", "いいえ")]
    assert (new.pk is not None, new.version) == (True, 1)
    assert written.told[0].names is None


def test_a_setting_that_is_not_stored_said_its_defaults(in_scope: Municipality) -> None:
    setting = AnnexSetting(municipality=in_scope, code="1")

    written = write_edits([Edit(setting, {"confidentiality": "public", "title": ""})])

    assert [(c.before, c.after) for c in written.changes] == [("非公開", "公開")]


def test_another_row_of_the_same_name_is_a_change(
    in_scope: Municipality, member: MemberFactory
) -> None:
    one, two = (
        Person.objects.create(municipality=in_scope, name="山田 太郎", row_no=number)
        for number in (1, 2)
    )
    membership = member("editor")
    membership.person = one
    membership.save()

    written = write_edits([Edit(membership, {"person": two})])

    assert [(c.before, c.after) for c in written.changes] == [("山田 太郎", f"山田 太郎{NAMESAKE}")]
    membership.refresh_from_db()
    assert membership.person == two


def test_a_removed_record_says_what_it_said(department: Department) -> None:
    labels = {"name": "部署名", "note": "備考"}

    assert [(c.label, c.before, c.after) for c in removal_of(department, labels)] == [
        ("部署名", "総務課", "")
    ]

"""One row on two sheets is one row; sorted rows and old exports revert nothing unasked."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bcp_portal.accounts.models import Department, Municipality, Person
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.services import save_row
from bcp_portal.annex.sheet import Sheet
from bcp_portal.audit.models import Entry
from bcp_portal.audit.verification import verify
from bcp_portal.importing import requests
from bcp_portal.importing.models import ImportJob, ImportState
from systems.models import SystemItem
from tests.conftest import ClientFactory, MemberFactory
from tests.findings.test_excel_files import content
from tests.findings.workbooks import Book
from tests.importing.desk import Desk, outcomes, reasons
from tests.importing.test_rows_that_name_rows import two_sheets
from tests.rows import make_row

MODELS = ("システム名称", "機種名")
NOTES = ("システム名称", "備考")
PEOPLE = (
    "中村 大輔",
    "小林 拓也",
    "高橋 健",
    "福田 哲也",
    "太田 明美",
    "藤田 明",
    "岡 実",
    "辻 薫",
)


@pytest.fixture
def office(in_scope: Municipality) -> SystemItem:
    spec = registry.spec("1")
    assert spec is not None
    for name in ("総務課", "財政課", "税務課"):
        Department.objects.create(municipality=in_scope, name=name)
    system: SystemItem = make_row(spec, in_scope, 1)
    SystemItem.objects.filter(pk=system.pk).update(name="Office")
    return system


@pytest.fixture
def people(in_scope: Municipality) -> None:
    for number, name in enumerate(PEOPLE, start=1):
        Person.objects.create(
            municipality=in_scope,
            name=name,
            row_no=number,
            post=f"職{number}",
            kana=f"かな{number}",
        )


def test_two_sheets_change_two_columns_of_one_row(desk: Desk, office: SystemItem) -> None:
    sheets = (
        ("機種の調査", (MODELS, ("Office", "RX2540"))),
        ("備考の調査", (NOTES, ("Office", "更新予定"))),
    )
    checked = desk.bring_in(two_sheets(*sheets), "1")
    first, second = checked.plan.entries
    assert [c.label for c in first.changes] == ["機種名", "備考"] and not second.changes
    assert "同じ行です" in second.problems[0].reason
    office.refresh_from_db()
    assert (office.model, office.note) == ("RX2540", "更新予定")
    [entry] = Entry.objects.filter(action="変更", target_uid=str(office.uid))
    assert sorted(change["label"] for change in entry.changes) == ["備考", "機種名"]
    assert verify(desk.municipality).faults == []


def test_the_file_of_two_sheets_changes_one_row_once(desk: Desk, office: SystemItem) -> None:
    checked = desk.bring_in(content("59c_two_sheets_two_columns_one_row.xlsx"))
    first, second = checked.plan.entries
    assert [(c.label, c.new) for c in first.changes] == [
        ("機種名", "機種調査で直した"),
        ("備考", "備考調査で直した"),
    ]
    assert not second.changes and "同じ行です" in second.problems[0].reason
    office.refresh_from_db()
    assert (office.model, office.note) == ("機種調査で直した", "備考調査で直した")
    [entry] = Entry.objects.filter(action="変更", target_uid=str(office.uid))
    logged = sorted((c["label"], c["after"]) for c in entry.changes)
    assert logged == [("備考", "備考調査で直した"), ("機種名", "機種調査で直した")]


def test_sheets_that_contradict_each_other_are_refused(desk: Desk, office: SystemItem) -> None:
    heads = ("システム名称", "主管部門")
    names = ("総務課", "財政課", "税務課")
    checked = desk.check(two_sheets(*((n, (heads, ("Office", n))) for n in names)), "1")
    assert {e.outcome.value for e in checked.plan.entries} == {"refused"}
    assert all("違う値" in reason for reason in reasons(checked)), reasons(checked)
    assert not checked.writes


def test_a_row_that_is_refused_on_one_sheet_is_refused_on_the_other(
    desk: Desk, office: SystemItem
) -> None:
    sheets = (
        ("良い", (NOTES, ("Office", "更新予定"))),
        ("悪い", (("システム名称", "主管部門"), ("Office", "ない課"))),
    )
    checked = desk.check(two_sheets(*sheets), "1")
    assert [e.outcome.value for e in checked.plan.entries] == ["refused", "refused"]
    assert not checked.writes


def test_a_new_row_told_on_two_sheets_is_refused_the_second_time(desk: Desk) -> None:
    heads = ("庁舎（建物）名", "拠点区分")
    content = two_sheets(
        ("東", (heads, ("本庁舎", "本庁舎"))), ("西", (heads, ("本庁舎", "本庁舎")))
    )
    checked = desk.check(content, "3")
    assert [e.outcome.value for e in checked.plan.entries] == ["new", "refused"]
    assert "シート「東」の2行目" in reasons(checked)[0]


@pytest.mark.parametrize("columns", [(), ("name",)], ids=["whole lines", "names alone"])
def test_rows_sorted_without_their_ids_are_refused_one_by_one(
    desk: Desk, people: None, columns: tuple[str, ...]
) -> None:
    book = Book(desk.export("people"))
    book.sheet("people").sort(lambda line: str(line["name"]), columns)
    checked = desk.check(book.content)
    counts = checked.plan.counts()
    moved = [e for e in checked.plan.entries if e.held]
    assert counts["changed"] == 0 and counts["refused"] == len(moved) >= 6, counts
    for entry in moved:
        assert f"「{entry.name}」の行" in entry.problems[0].reason.replace("　", "」の行")
        assert "並べ替えた" in entry.problems[0].reason


def test_a_line_of_another_row_is_noticed_among_others(desk: Desk, people: None) -> None:
    book = Book(desk.export("people"))
    page = book.sheet("people")
    first, second = page.row("name", "中村 大輔"), page.row("name", "藤田 明")
    for name in page.columns:
        if name != "uid":
            one, other = page.get(first, name), page.get(second, name)
            page.put(first, name, other)
            page.put(second, name, one)
    assert desk.check(book.content).plan.counts()["refused"] == 2


def edit(desk: Desk, actor: Any, name: str, values: Mapping[str, str]) -> None:
    spec = registry.spec("people")
    assert spec is not None
    row = Person.objects.get(name=name)
    for column, value in values.items():
        setattr(row, column, value)
    save_row(
        sheet=Sheet.of(spec, desk.municipality),
        actor=actor,
        row=row,
        expected_version=row.version,
    )


@pytest.fixture
def old_export(desk: Desk, people: None, member: MemberFactory) -> bytes:
    """An export with one edit of its owner, after which somebody else changed three rows."""
    book = Book(desk.export("people"))
    page = book.sheet("people")
    page.put(page.row("name", "中村 大輔"), "post", "課長")
    page.put(page.row("name", "高橋 健"), "post", "係長")
    other = member(Role.EDITOR).user
    edit(desk, other, "高橋 健", {"kana": "たかはし"})
    edit(desk, other, "福田 哲也", {"post": "主幹"})
    edit(desk, other, "辻 薫", {"post": "主査"})
    page.put(page.row("name", "辻 薫"), "post", "参事")
    return book.content


def test_an_old_export_takes_nothing_back(desk: Desk, old_export: bytes) -> None:
    checked = desk.bring_in(old_export)
    found = {e.name: e for e in checked.plan.entries}
    assert checked.plan.counts()["changed"] == 2 and checked.plan.counts()["refused"] == 0
    assert [c.label for c in found["高橋 健"].changes] == ["職"]
    assert "さんが" not in found["高橋 健"].held[0].reason
    assert "「かな3」から「たかはし」に変えた" in found["高橋 健"].held[0].reason
    assert "も「職8」から「主査」に変えた" in found["辻 薫"].held[0].reason
    assert Person.objects.get(name="高橋 健").kana == "たかはし"
    assert Person.objects.get(name="高橋 健").post == "係長"
    assert Person.objects.get(name="福田 哲也").post == "主幹"
    assert Person.objects.get(name="辻 薫").post == "主査"


def test_own_later_edits_are_held_too(desk: Desk, people: None) -> None:
    book = Book(desk.export("people"))
    page = book.sheet("people")
    page.put(page.row("name", "岡 実"), "kana", "おか")
    edit(desk, desk.membership.user, "岡 実", {"post": "主査"})
    [entry] = [e for e in desk.bring_in(book.content).plan.entries if e.name == "岡 実"]
    assert [change.label for change in entry.changes] == ["かな"]
    assert "「職7」から「主査」に変えた" in entry.held[0].reason
    assert Person.objects.get(name="岡 実").post == "主査"


def test_what_is_asked_is_taken_row_by_row(
    desk: Desk, old_export: bytes, client_for: ClientFactory
) -> None:
    job = requests.start(
        membership=desk.membership, upload=SimpleUploadedFile("職員.xlsx", old_export)
    )
    job.refresh_from_db()
    assert job.state == ImportState.READY and job.summary["held"] == 3
    keys = {e.name: e.key for e in requests.entries_of(job, personal=True) if e.held}
    requests.confirm(
        membership=desk.membership,
        job=job,
        shown=list(keys.values()),
        chosen=[keys["福田 哲也"], "999:ない"],
    )
    job = ImportJob.objects.get(pk=job.pk)
    assert job.confirmed == [keys["福田 哲也"]] and job.summary["held"] == 2
    requests.request_apply(membership=desk.membership, job=job, only_good=False)
    assert ImportJob.objects.get(pk=job.pk).state == ImportState.DONE
    assert Person.objects.get(name="福田 哲也").post == "職4"
    assert Person.objects.get(name="辻 薫").post == "主査"


def test_without_its_id_column_rows_are_found_by_name(desk: Desk, people: None) -> None:
    """D: the rows of labels below the names are no data."""
    book = Book(desk.export("people"))
    book.sheet("people").worksheet.delete_cols(1)
    checked = desk.check(book.content)
    assert checked.plan.counts()["refused"] == 0, reasons(checked)
    assert set(outcomes(checked).values()) <= {"unchanged", "skipped"}

"""A sheet put into another book keeps the time of its export, or is read as one of any time."""

import pytest

from bcp_portal.accounts.models import Municipality, Person
from bcp_portal.annex import registry
from bcp_portal.annex.excel.identity import IDENTITY_SHEET
from bcp_portal.annex.references import References
from bcp_portal.annex.row_order import move_row
from bcp_portal.annex.sheet import Sheet
from plans.models import ResponseRole
from tests.findings.test_excel_old_names import home_of, rename, taken_over
from tests.findings.workbooks import Book
from tests.importing.desk import Desk, reasons

__all__ = ["taken_over"]
UNKNOWN = "このシートは、いつ書き出したものか分かりません。"


def moved(content: bytes, *, stamped: bool) -> Book:
    """Return the sheets of an export without what the book said of itself."""
    book = Book(content)
    del book.workbook[IDENTITY_SHEET]
    for worksheet in book.workbook.worksheets:
        if not stamped and str(worksheet["A1"].value).startswith("bcp-portal:"):
            worksheet["A2"].value = None
    return book


@pytest.mark.parametrize("stamped", [True, False])
def test_a_name_taken_over_is_held_as_in_its_own_book(
    desk: Desk, taken_over: bytes, stamped: bool
) -> None:
    checked = desk.bring_in(moved(taken_over, stamped=stamped).content)
    [held] = [entry for entry in checked.plan.entries if entry.held]
    assert held.name == "佐藤" and not checked.plan.counts()["changed"]
    assert "今の名称が「デジタル推進課」の部署の名称でした" in held.held[0].reason
    assert (UNKNOWN in held.held[0].reason) is not stamped
    assert (home_of("佐藤"), home_of("鈴木")) == ("デジタル推進課", "情報政策課")


def test_a_sheet_in_a_later_book_of_ours_keeps_its_own_time(desk: Desk, taken_over: bytes) -> None:
    """A sheet of before the names changed, in a workbook that was written behind that."""
    old, new = Book(taken_over).sheet("people"), Book(desk.export("people"))
    for row in new.sheet("people").worksheet.iter_rows():
        for cell in row:
            if type(cell).__name__ == "Cell":
                cell.value = old.worksheet[cell.coordinate].value
    checked = desk.bring_in(new.content)
    assert [entry.name for entry in checked.plan.entries if entry.held] == ["佐藤"]


@pytest.mark.parametrize("stamped", [True, False])
def test_a_cell_changed_since_is_held(desk: Desk, in_scope: Municipality, stamped: bool) -> None:
    person = Person.objects.create(municipality=in_scope, name="佐藤", post="主事", row_no=1)
    content = desk.export("people")
    rename(desk, person, "佐藤", post="主任")
    checked = desk.bring_in(moved(content, stamped=stamped).content)
    [entry] = checked.plan.entries
    assert Person.objects.get().post == "主任" and not checked.plan.counts()["changed"]
    assert ("いつ書き出したものか" in entry.held[0].reason) is not stamped


def test_a_sheet_of_another_town_is_known_by_itself(desk: Desk, in_scope: Municipality) -> None:
    Person.objects.create(municipality=in_scope, name="佐藤", row_no=1)
    book = moved(desk.export("people"), stamped=True)
    page = book.sheet("people").worksheet
    page["A2"].value = page["A2"].value.replace("139998", "130001")
    desk.check(book.content)
    [assignment] = desk.assigned.taken
    assert not assignment.head.uid_column and assignment.export is None


@pytest.mark.parametrize("stamped", [True, False])
def test_a_row_told_by_a_number_is_named_by_the_number_of_today(
    desk: Desk, in_scope: Municipality, stamped: bool
) -> None:
    spec = registry.spec("people")
    assert spec is not None
    one, _, third = (
        Person.objects.create(municipality=in_scope, name=name, row_no=number)
        for number, name in ((1, "佐藤"), (2, "鈴木"), (5, "佐藤"))
    )
    for number, person in enumerate((one, third), start=1):
        ResponseRole.objects.create(
            municipality=in_scope, structure="disaster", role_name=f"広報{number}",
            duties="広報", person=person, row_no=number,
        )  # fmt: skip
    content = moved(desk.export("8"), stamped=stamped).content
    for _ in range(2):
        move_row(sheet=Sheet.of(spec, in_scope), actor=None, row=third, up=True)
    checked = desk.bring_in(content)
    held = {entry.name: entry.held[0].reason for entry in checked.plan.entries if entry.held}
    assert len(held) == 2, checked.plan.entries
    assert not checked.plan.counts()["refused"], reasons(checked)
    for name, number in (("広報1", 2), ("広報2", 1)):
        reason = next(text for row, text in held.items() if name in row)
        assert f"この行に登録されているのは「佐藤（No.{number}）」" in reason
        assert (UNKNOWN in reason) is not stamped
    assert "今の「佐藤（No.5）」" not in "".join(held.values())


def test_a_number_that_is_gone_is_not_said_to_be_unknown(in_scope: Municipality) -> None:
    for number in (1, 2):
        Person.objects.create(municipality=in_scope, name="佐藤", row_no=number)
    with pytest.raises(ValueError, match=r"その名称の.*は「佐藤（No.1）」「佐藤（No.2）」です"):
        References(Person).find("佐藤（No.31）")

"""The Excel of an old edition, brought in again, takes back neither later edits nor names of today."""

from typing import Any

import pytest

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.excel.workbook import workbook_bytes
from bcp_portal.annex.services import save_row
from bcp_portal.annex.sheet import Sheet
from plans.editions.edition_reader import book_of_edition
from systems.models import Site
from tests.conftest import MemberFactory
from tests.findings.test_excel_old_names import rename
from tests.findings.workbooks import Book
from tests.importing.desk import Desk, reasons
from tests.plans.editions.making import a_plan, issued
from tests.rows import make_row


def edit(desk: Desk, actor: Any, name: str, **values: Any) -> None:
    """Change a site as its page does."""
    spec = registry.spec("3")
    assert spec is not None
    site = Site.objects.get(name=name)
    for column, value in values.items():
        setattr(site, column, value)
    save_row(
        sheet=Sheet.of(spec, desk.municipality),
        actor=actor,
        row=site,
        expected_version=site.version,
    )


@pytest.fixture
def book(desk: Desk, in_scope: Municipality, member: MemberFactory) -> Book:
    """The Excel of an edition, after which others changed a site and 都市計画課 took a name over."""
    spec = registry.spec("3")
    assert spec is not None
    a_plan(in_scope, annexes=(3,))
    Site.objects.all().delete()
    ict, town = (
        Department.objects.create(municipality=in_scope, name=name, row_no=number)
        for number, name in enumerate(("情報政策課", "都市計画課"), start=1)
    )
    for number, (name, keeper) in enumerate((("本庁舎", ict), ("支所", town)), start=1):
        make_row(spec, in_scope, number)
        Site.objects.filter(row_no=number).update(
            name=name, manager_department=keeper, structure="木造", address="一丁目"
        )
    edition = issued(in_scope)
    edit(desk, member(Role.EDITOR).user, "支所", structure="鉄骨造")
    edit(desk, desk.membership.user, "支所", address="二丁目")
    rename(desk, ict, "デジタル推進課")
    rename(desk, town, "情報政策課")
    return Book(workbook_bytes(book_of_edition(edition, with_personal=False)))


def test_later_edits_of_whomever_are_held(desk: Desk, book: Book) -> None:
    page = book.sheet("3")
    page.put(page.row("name", "支所"), "note", "移転の予定")
    checked = desk.bring_in(book.content)
    [entry] = [each for each in checked.plan.entries if each.name == "支所"]
    assert [change.label for change in entry.changes] == ["備考"]
    said = "".join(problem.reason for problem in entry.held)
    assert "「木造」から「鉄骨造」に変えた" in said and "「一丁目」から「二丁目」に変えた" in said
    site = Site.objects.get(name="支所")
    assert (site.structure, site.address, site.note) == ("鉄骨造", "二丁目", "移転の予定")


def test_a_name_that_another_row_took_over_since_is_held(desk: Desk, book: Book) -> None:
    checked = desk.bring_in(book.content)
    [entry] = [each for each in checked.plan.entries if each.name == "本庁舎"]
    assert "今の名称が「デジタル推進課」の部署の名称でした" in entry.held[0].reason
    assert not checked.plan.counts()["refused"], reasons(checked)
    keepers = {site.name: str(site.manager_department) for site in Site.objects.all()}
    assert keepers == {"本庁舎": "デジタル推進課", "支所": "情報政策課"}


def test_what_is_marked_is_taken_from_the_old_edition(desk: Desk, book: Book) -> None:
    found = desk.check(book.content).plan.entries
    assert sorted(each.name for each in found if each.held) == ["支所", "本庁舎"]
    [held] = [each for each in found if each.name == "支所"]
    desk.bring_in(book.content, confirmed={(held.sheet, held.row): ()})
    site = Site.objects.get(name="支所")
    assert (site.structure, site.address) == ("木造", "一丁目")
    assert str(Site.objects.get(name="本庁舎").manager_department) == "デジタル推進課"

"""A name in an old export means the row that bore it then: nothing is re-pointed without being held."""

import random
from typing import Any

import pytest

from bcp_portal.accounts.models import Department, Municipality, Person
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.form_factory import value_of
from bcp_portal.annex.references import References
from bcp_portal.annex.row_order import move_row
from bcp_portal.annex.services import delete_row, save_row, set_status
from bcp_portal.annex.sheet import Sheet
from bcp_portal.audit.disposal import dispose
from bcp_portal.audit.models import Entry
from bcp_portal.importing.check_result import CheckedFile
from bcp_portal.importing.sheet_matching import TOO_OLD
from plans.models import ResponseRole
from tests.cases import cases
from tests.findings.workbooks import Book
from tests.importing.desk import Desk, reasons
from tests.rows import make_row

MASTERS = ("departments", "people", "1", "2-1", "3")


def rename(desk: Desk, row: Any, name: str, **others: Any) -> None:
    """Save a row under another name, as its page does."""
    spec = registry.spec_of_model(type(row))
    assert spec is not None
    row = type(row).objects.get(pk=row.pk)
    for column, value in {"name": name, **others}.items():
        setattr(row, column, value)
    save_row(
        sheet=Sheet.of(spec, desk.municipality),
        actor=desk.membership.user,
        row=row,
        expected_version=row.version,
    )


@pytest.fixture
def taken_over(desk: Desk, in_scope: Municipality) -> bytes:
    """An export, after which 都市計画課 took the name that 情報政策課 gave up."""
    ict, town = (
        Department.objects.create(municipality=in_scope, name=name, row_no=number)
        for number, name in enumerate(("情報政策課", "都市計画課"), start=1)
    )
    for number, (name, home) in enumerate((("佐藤", ict), ("鈴木", town)), start=1):
        Person.objects.create(municipality=in_scope, name=name, department=home, row_no=number)
    content = desk.export("people")
    rename(desk, ict, "デジタル推進課")
    rename(desk, town, "情報政策課")
    return content


def home_of(name: str) -> str:
    return str(Person.objects.get(name=name).department)


def test_a_name_that_another_row_took_over_is_held(desk: Desk, taken_over: bytes) -> None:
    checked = desk.bring_in(taken_over)
    [held] = [entry for entry in checked.plan.entries if entry.held]
    assert held.name == "佐藤" and not checked.plan.counts()["changed"]
    assert "今の名称が「デジタル推進課」の部署の名称でした" in held.held[0].reason
    assert "今の名称「デジタル推進課」で書いてください" in held.held[0].reason
    assert (home_of("佐藤"), home_of("鈴木")) == ("デジタル推進課", "情報政策課")


def test_a_name_that_nobody_bears_any_more_still_means_its_row(
    desk: Desk, taken_over: bytes
) -> None:
    book = Book(taken_over)
    page = book.sheet("people")
    page.put(page.row("name", "鈴木"), "post", "課長")
    checked = desk.bring_in(book.content)
    assert not checked.plan.counts()["refused"], reasons(checked)
    assert Person.objects.get(name="鈴木").post == "課長" and home_of("鈴木") == "情報政策課"


def test_what_is_marked_is_taken(desk: Desk, taken_over: bytes) -> None:
    [held] = [entry for entry in desk.check(taken_over).plan.entries if entry.held]
    desk.bring_in(taken_over, confirmed={(held.sheet, held.row): ()})
    assert home_of("佐藤") == "情報政策課"


def test_a_new_line_of_an_old_export_is_held_as_a_whole(desk: Desk, taken_over: bytes) -> None:
    book = Book(taken_over)
    line = book.sheet("people").add(name="新任", department="情報政策課", employment="常勤")
    [entry] = [e for e in desk.bring_in(book.content).plan.entries if e.row == line]
    assert entry.held and entry.outcome == "refused"
    assert not Person.objects.filter(name="新任").exists()


def test_a_line_without_uid_is_not_taken_for_the_row_that_took_its_name(
    desk: Desk, in_scope: Municipality
) -> None:
    ict, town = (
        Department.objects.create(municipality=in_scope, name=name, row_no=number)
        for number, name in enumerate(("情報政策課", "都市計画課"), start=1)
    )
    book = Book(desk.export("departments"))
    page = book.sheet("departments")
    page.put(page.row("name", "情報政策課"), "note", "三階")
    page.worksheet.delete_cols(1)
    rename(desk, ict, "デジタル推進課")
    rename(desk, town, "情報政策課")
    desk.bring_in(book.content)
    town.refresh_from_db()
    assert town.note == ""


def test_the_name_of_a_row_that_was_deleted_or_retired_is_held(
    desk: Desk, in_scope: Municipality
) -> None:
    spec = registry.spec("departments")
    assert spec is not None
    sheet = Sheet.of(spec, in_scope)
    one, two, three = (
        Department.objects.create(municipality=in_scope, name=name, row_no=number)
        for number, name in enumerate(("甲課", "乙課", "丙課"), start=1)
    )
    for number, home in enumerate((one, two), start=1):
        Person.objects.create(
            municipality=in_scope, name=f"人{number}", department=home, row_no=number
        )
    content = desk.export("people")
    for person in Person.objects.all():
        rename(desk, person, person.name, department=three)
    delete_row(sheet=sheet, actor=None, row=one)
    set_status(sheet=sheet, actor=None, row=two, status=RowStatus.RETIRED)
    rename(desk, two, "旧乙課")
    for name in ("甲課", "乙課"):
        new = Department(municipality=in_scope, name=name)
        save_row(sheet=sheet, actor=None, row=new, expected_version=0)
    checked = desk.bring_in(content)
    assert not checked.plan.counts()["changed"]
    assert {home_of("人1"), home_of("人2")} == {"丙課"}
    told = " ".join(p.reason for e in checked.plan.entries for p in e.held)
    assert "その後に削除された部署の名称でした" in told
    dispose(Entry.objects.filter(target_uid=str(one.uid)), 1)
    assert not desk.check(content).plan.entries
    assert TOO_OLD in [each.note for each in desk.assigned.left]
    assert TOO_OLD not in [each.note for each in _left_of(desk, desk.export("people"))]


def _left_of(desk: Desk, content: bytes) -> list[Any]:
    desk.check(content)
    return desk.assigned.left


def test_another_name_that_was_taken_over_is_held(desk: Desk, in_scope: Municipality) -> None:
    one, two = (
        Department.objects.create(municipality=in_scope, name=name, aliases=[alias], row_no=number)
        for number, (name, alias) in enumerate((("甲課", "電算"), ("乙課", "窓口")), start=1)
    )
    Person.objects.create(municipality=in_scope, name="佐藤", department=one, row_no=1)
    book = Book(desk.export("people"))
    page = book.sheet("people")
    page.put(page.row("name", "佐藤"), "department", "窓口")
    rename(desk, two, "乙課", aliases=[])
    rename(desk, one, "甲課", aliases=["窓口"])
    Person.objects.update(department=None)
    checked = desk.bring_in(book.content)
    assert [e.name for e in checked.plan.entries if e.held] == ["佐藤"]


def test_namesakes_told_apart_by_number_are_held_once_they_were_sorted(
    desk: Desk, in_scope: Municipality
) -> None:
    spec = registry.spec("people")
    assert spec is not None
    one, other = (
        Person.objects.create(municipality=in_scope, name="佐藤", row_no=number)
        for number in (1, 2)
    )
    role = ResponseRole.objects.create(
        municipality=in_scope, structure="disaster", role_name="広報", person=one, row_no=1
    )
    content = Book(desk.export("8")).keep("8").content
    move_row(sheet=Sheet.of(spec, in_scope), actor=None, row=other, up=True)
    checked = desk.bring_in(content)
    role.refresh_from_db()
    assert role.person == one
    assert [entry.name for entry in checked.plan.entries if entry.held], reasons(checked)


def test_a_form_says_how_a_row_is_called_now(desk: Desk, in_scope: Municipality) -> None:
    town = Department.objects.create(municipality=in_scope, name="都市計画課", row_no=1)
    rename(desk, town, "まちづくり課")
    with pytest.raises(ValueError, match="「都市計画課」は、名称が「まちづくり課」に変わって"):
        References(Department).find("都市計画課")


@pytest.mark.long_form
@pytest.mark.parametrize("seed", range(cases(3, 40)))
def test_no_reference_is_pointed_elsewhere_unsaid_after_chains_of_renames(
    desk: Desk, in_scope: Municipality, seed: int
) -> None:
    """Every column that names a row of a master, in every table, filled twice."""
    chance = random.Random(seed)
    for code in (*MASTERS, "8", "9", "2-2"):
        spec = registry.spec(code)
        assert spec is not None
        for number in range(spec.model.objects.count() + 1, 4):
            make_row(spec, in_scope, number, full=code not in MASTERS)
    book = Book(desk.export())
    before = named(in_scope)
    for code in MASTERS:
        chain(desk, code, chance)
    checked = desk.bring_in(book.content, as_drafts=True)
    assert_held_or_same(before, named(in_scope), checked)


def chain(desk: Desk, code: str, chance: random.Random) -> None:
    """Let rows of a master take the names of one another, in one or two rounds."""
    spec = registry.spec(code)
    assert spec is not None
    for _ in range(chance.choice((1, 2))):
        rows = list(spec.model.objects.order_by("row_no"))
        chance.shuffle(rows)
        names = [row.name for row in rows]
        for number, row in enumerate(rows):
            rename(desk, row, f"仮{number}{code}")
        new = [*names[1:], chance.choice((names[0], f"新しい名{chance.random():.6f}"))]
        for row, name in zip(rows, new, strict=True):
            rename(desk, row, name)


def named(municipality: Municipality) -> dict[tuple[str, str, str], list[str]]:
    """Return the uids that each column of each row names."""
    found = {}
    for spec in registry.specs():
        for item in Sheet.of(spec, municipality).all_items:
            if item.editable and getattr(item.model_field, "related_model", None):
                for row in spec.model.objects.all():
                    value = value_of(row, item)
                    rows = value if isinstance(value, list) else [value]
                    uids = sorted(str(getattr(each, "uid", "")) for each in rows if each)
                    found[(spec.code, str(row.uid), item.column.label)] = uids
    return found


def assert_held_or_same(before: Any, after: Any, checked: CheckedFile) -> None:
    for place, uids in before.items():
        assert after[place] == uids, (place, [e for e in checked.plan.entries if e.uid == place[1]])

"""What is found of tables is what their rows say now: nothing missed, stale, personal, or of another town."""

from copy import copy
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.models import AnnexSetting, ChoiceSetting, ColumnSetting
from bcp_portal.annex.searched.columns import searched_items
from bcp_portal.annex.searched.rows import named_models
from bcp_portal.annex.searched.source import KEPT, table_groups
from bcp_portal.annex.services import delete_row, save_row
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.table_builder import cells_of, rows_of
from bcp_portal.audit.services import record
from bcp_portal.search.finding import SearchQuestion, find
from bcp_portal.search.lines import Group
from bcp_portal.spelling.letters import readable
from tests.cases import cases
from tests.conftest import MemberFactory
from tests.contract.test_kept_counts import Writer
from tests.rows import make_full_rows, make_row

WRITES = cases(12, 300)
pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(in_scope: Municipality, member: MemberFactory) -> Membership:
    record(municipality=in_scope, actor=None, action="開始")
    return member(Role.EDITOR)


def sheet_of(code: str, municipality: Municipality) -> Sheet:
    return Sheet.named(code, Presentation.load(municipality))


def found(membership: Membership, wanted: str) -> set[tuple[str, str]]:
    """Return (table, uid) of the rows that are found."""
    hits = find(SearchQuestion(wanted), table_groups(membership))
    return {
        line.address.args  # type: ignore[misc]
        for each in hits
        for line in each.lines
        if line.address.url_name == "annex:row"
    }


def save(sheet: Sheet, membership: Membership, row: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    save_row(sheet=sheet, actor=membership.user, row=row, expected_version=row.version)


def fresh(membership: Membership) -> list[Group]:
    KEPT.clear()
    return table_groups(membership)


@pytest.mark.long_form
def test_what_is_kept_is_what_a_fresh_reading_says_after_any_write(editor: Membership) -> None:
    writer = Writer(editor.municipality, editor.user, seed=7)
    for spec in registry.specs():
        if not spec.model.objects.exists():
            writer.add(sheet_of(spec.code, editor.municipality), None)
    written = []
    for _ in range(WRITES):
        written.append(writer.write())
        assert table_groups(editor) == fresh(editor), written[-3:]
        table_groups(editor)


def test_rows_are_found_by_exactly_what_their_cells_say(editor: Membership) -> None:
    """The naive way: read every row of every table anew, and look whether a cell says the word."""
    make_full_rows(registry.specs(), editor.municipality)
    for wanted in ("備考の値1", "値2", "略称", "地震", "名", "No.1", "令和", "0256"):
        naive = set()
        for spec in registry.specs():
            sheet = sheet_of(spec.code, editor.municipality)
            rows = list(rows_of(sheet))
            items = searched_items(sheet)
            names = {line.address.args[1]: line.name for line in _lines(editor, spec.code)}
            for row, cells in zip(rows, cells_of(items, rows), strict=True):
                texts = [item.column.text(cells[item.name]) for item in items]
                texts.append(names[str(row.uid)])
                if any(readable(wanted) in readable(text) for text in texts):
                    naive.add((spec.code, str(row.uid)))
        assert found(editor, wanted) == naive, wanted


def _lines(membership: Membership, code: str) -> Any:
    return next(g for g in table_groups(membership) if g.slug == f"rows-{code}").lines


def test_every_column_in_words_is_searched_and_no_other() -> None:
    """Personal columns and telephone numbers are out for everybody, and so is what manages rows."""
    never = {"row_status", "confidentiality"}
    for spec in registry.specs():
        sheet = Sheet(spec, Presentation(Municipality()))
        names = {item.name for item in searched_items(sheet)}
        for item in sheet.items:
            out = item.column.personal or item.column.kind.is_telephone or item.name in never
            assert not (out and item.name in names), (spec.code, item.name)
            if item.editable and not out and item.column.kind.is_running_text:
                assert item.name in names, (spec.code, item.name)


def test_no_personal_value_and_no_telephone_number_is_in_any_line(editor: Membership) -> None:
    secret = "秘の値"
    make_full_rows(registry.specs(), editor.municipality, 1)
    for spec in registry.specs():
        row = spec.model.objects.order_by("pk")[0]
        sheet = sheet_of(spec.code, editor.municipality)
        for item in sheet.all_items:
            if item.editable and (item.column.personal or item.column.kind.is_telephone):
                current = getattr(row, item.name)
                if isinstance(current, str):
                    most = item.model_field.max_length or 99
                    setattr(row, item.name, f"{secret}{item.name}"[:most])
        row.save()
    groups = fresh(editor)
    assert sum(len(group.lines) for group in groups) > 60
    for group in groups:
        for line in group.lines:
            assert readable(secret) not in line.folded, (group.slug, line)
            assert secret not in line.name


def test_the_name_of_a_person_in_a_personal_column_finds_no_row(editor: Membership) -> None:
    people = sheet_of("people", editor.municipality)
    person = make_row(people.spec, editor.municipality, full=True)
    save(people, editor, person, name="葛󠄀西 美咲", department=None)
    contacts = sheet_of("9", editor.municipality)
    contact = make_row(contacts.spec, editor.municipality, full=True)
    contact.person, contact.person_name = person, ""
    contact.save()
    assert found(editor, "葛西") == {("people", str(person.uid))}


def test_a_row_is_found_once_it_is_saved_and_no_more_once_it_is_deleted(editor: Membership) -> None:
    sheet = sheet_of("20", editor.municipality)
    row = sheet.spec.model(municipality=editor.municipality, title="髙﨑市の手順")
    assert found(editor, "高崎") == set()
    save_row(sheet=sheet, actor=editor.user, row=row, expected_version=0)
    assert found(editor, "高崎") == {("20", str(row.uid))}
    save(sheet, editor, row, title="別の手順")
    assert found(editor, "高崎") == set()
    assert found(editor, "別の手順") == {("20", str(row.uid))}
    delete_row(sheet=sheet, actor=editor.user, row=row)
    assert found(editor, "別の手順") == set()


def test_what_a_row_names_is_found_under_its_new_name(editor: Membership) -> None:
    vendors, contracts = (sheet_of(code, editor.municipality) for code in ("2-1", "2-2"))
    contract = make_row(contracts.spec, editor.municipality, full=True)
    vendor = contract.vendor
    save(vendors, editor, vendor, name="甲電算")
    here = ("2-2", str(contract.uid))
    assert here in found(editor, "甲電算")
    save(vendors, editor, vendor, name="乙電算")
    assert here not in found(editor, "甲電算")
    assert here in found(editor, "乙電算")


def test_every_table_that_a_column_names_tells_of_its_changes() -> None:
    for model in named_models():
        assert registry.spec_of_model(model), model


def test_what_a_row_is_called_elsewhere_depends_on_that_row_alone(editor: Membership) -> None:
    """Lines are made anew when a row that they name is; what that row names is not asked."""
    make_full_rows(registry.specs(), editor.municipality, 1)
    named = named_models()
    for spec in registry.specs():
        if spec.model in named:
            row = spec.model.objects.order_by("pk")[0]
            with CaptureQueriesContext(connection) as asked:
                str(row)
            assert not asked.captured_queries, spec.code


def test_a_column_that_is_not_in_use_is_not_searched(editor: Membership) -> None:
    for spec in registry.specs():
        sheet = sheet_of(spec.code, editor.municipality)
        item = next((each for each in searched_items(sheet) if each.spec.inferred), None)
        if item and item.column.kind.is_running_text:
            break
    else:
        pytest.fail("No such column.")
    row = make_row(spec, editor.municipality, full=True)
    save(sheet, editor, row, **{item.name: "珍しい言葉"})
    assert found(editor, "珍しい言葉") == {(spec.code, str(row.uid))}
    ColumnSetting.objects.create(
        municipality=editor.municipality, code=spec.code, column=item.name, hidden=True
    )
    assert found(editor, "珍しい言葉") == set()


def test_titles_labels_and_choices_are_those_of_the_municipality(editor: Membership) -> None:
    sheet = sheet_of("1", editor.municipality)
    row = make_row(sheet.spec, editor.municipality, full=True)
    item = next(i for i in searched_items(sheet) if getattr(i.model_field, "choice_list", None))
    table_groups(editor)
    town = editor.municipality
    ChoiceSetting.objects.create(
        municipality=town,
        list_code=item.model_field.choice_list.code,
        value=getattr(row, item.name),
        label="珍しい区分",
    )
    assert ("1", str(row.uid)) in found(editor, "珍しい区分")
    AnnexSetting.objects.create(municipality=town, code="1", title="珍しい一覧")
    (hit,) = find(SearchQuestion("珍しい一覧"), table_groups(editor))
    assert hit.group.slug == "tables" and hit.lines[0].address.args == ("1",)
    ColumnSetting.objects.create(municipality=town, code="1", column=item.name, label="珍しい項目")
    (hit,) = find(SearchQuestion("珍しい項目"), table_groups(editor))
    assert hit.group.slug == "tables"


def test_rows_of_another_town_are_not_found(
    editor: Membership, member: MemberFactory, other_municipality: Municipality
) -> None:
    neighbour = member(Role.EDITOR, municipality=other_municipality)
    with scope(municipality=other_municipality):
        record(municipality=other_municipality, actor=None, action="開始")
        sheet = sheet_of("20", other_municipality)
        row = sheet.spec.model(municipality=other_municipality, title="隣町の手順")
        save_row(sheet=sheet, actor=neighbour.user, row=row, expected_version=0)
        assert found(neighbour, "隣町の手順") == {("20", str(row.uid))}
    assert found(editor, "隣町の手順") == set()
    with scope(municipality=other_municipality):
        assert found(neighbour, "隣町の手順") == {("20", str(row.uid))}


@pytest.mark.parametrize("number", [1, 3, 300])
def test_a_search_asks_equally_often_however_many_rows_there_are(
    editor: Membership, number: int
) -> None:
    town, sheet = editor.municipality, sheet_of("1", editor.municipality)
    first = make_row(sheet.spec, town, full=True)
    more = [copy(first) for _ in range(number - 1)]
    for place, row in enumerate(more, first.row_no + 1):
        row.pk, row.uid, row.name, row.row_no = None, uuid4(), f"値{place}の写し", place
        row._state.adding = True
    sheet.spec.model.objects.bulk_create(more)
    table_groups(editor)
    with CaptureQueriesContext(connection) as asked:
        assert len(found(editor, "値")) >= number
    assert len(asked) == 6, [each["sql"][:90] for each in asked.captured_queries]
    save(sheet, editor, first, note="珍しい備考")
    with CaptureQueriesContext(connection) as asked:
        assert found(editor, "珍しい備考") == {("1", str(first.uid))}
    reads = [each["sql"] for each in asked.captured_queries if "systems_systemitem" in each["sql"]]
    assert len(asked) < 25 and len(reads) < 6, len(asked)
    assert number == 1 or all("IN (" in sql or "UNION ALL" in sql for sql in reads)


def test_what_was_made_beside_another_log_is_not_believed(
    editor: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_row(sheet_of("1", editor.municipality).spec, editor.municipality)
    table_groups(editor)
    assert KEPT.get(editor.municipality)
    link, kept = (99, "0" * 64), KEPT.get(editor.municipality)
    assert kept is not None
    KEPT.put(editor.municipality, link, kept)
    assert KEPT.get(editor.municipality) is None

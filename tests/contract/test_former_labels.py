"""What holds for every annex: a file of before all columns and options were renamed arrives where it did."""

from collections.abc import Callable

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.excel.export import book_of_one
from bcp_portal.annex.excel.workbook import workbook_bytes
from bcp_portal.annex.listing import Listing, Query
from bcp_portal.annex.settings_services import (
    ColumnChoice,
    OptionChoice,
    save_annex_setting,
    save_columns,
    save_options,
)
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.importing.heading import Head, match_columns
from bcp_portal.importing.passed_on_heads import why_asked
from bcp_portal.importing.targets import ImportTarget
from tests.conftest import MemberFactory
from tests.importing.desk import Desk, outcomes, reasons
from tests.rows import make_row

EVERY_ROLE = (Role.EDITOR, Role.ADMIN, Role.CONTACT_STEWARD)
SPECS = registry.specs()
every_annex = pytest.mark.parametrize("spec", SPECS, ids=[spec.code for spec in SPECS])


@pytest.fixture
def desk(
    in_scope: Municipality, member: MemberFactory, tmp_path_factory: pytest.TempPathFactory
) -> Desk:
    return Desk(in_scope, member(*EVERY_ROLE), tmp_path_factory.mktemp("desk"))


def rename(desk: Desk, spec: AnnexSpec, called: Callable[[str, str], str]) -> None:
    """Call the table, all its columns and all their options otherwise, by what they are called now."""
    common = {"municipality": desk.municipality, "actor": desk.membership.user}
    sheet = Sheet.of(spec, desk.municipality)
    title = called("title", sheet.title)
    save_annex_setting(code=spec.code, values={"title": title}, **common)  # type: ignore[arg-type]
    columns = [
        ColumnChoice(item.name, called(item.name, item.column.label), hidden=False)
        for item in sheet.items
    ]
    save_columns(code=spec.code, columns=columns, **common)  # type: ignore[arg-type]
    lists = {
        item.model_field.choice_list.code: item.column.choices
        for item in sheet.items
        if getattr(item.model_field, "choice_list", None)
    }
    for code, choices in lists.items():
        options = [
            OptionChoice(value, called(value, label), hidden=False) for value, label in choices
        ]
        save_options(list_code=code, options=options, **common)  # type: ignore[arg-type]


def target_of(desk: Desk, spec: AnnexSpec) -> ImportTarget:
    return ImportTarget(Sheet.of(spec, desk.municipality), desk.membership)


@every_annex
def test_every_column_is_known_by_each_label_it_had(spec: AnnexSpec, desk: Desk) -> None:
    heads = []
    for turn in range(3):
        wanted = target_of(desk, spec).wanted
        heads.append({number: each.label for number, each in enumerate(wanted, start=1)})
        rename(desk, spec, lambda name, label, turn=turn: f"{turn}番の{name}")  # type: ignore[misc]
    target = target_of(desk, spec)
    names = {number: each.name for number, each in enumerate(target.wanted, start=1)}
    twice = [label for label in heads[0].values() if list(heads[0].values()).count(label) > 1]
    for labels in heads:
        asked = {n: label for n, label in labels.items() if label not in twice}
        head = Head(1, asked)
        found = match_columns(head, target.wanted)
        assert found == {number: names[number] for number in asked}
        assert why_asked(head, target.wanted, target.unused, found) == ""


@every_annex
def test_an_export_of_before_a_renaming_changes_nothing(spec: AnnexSpec, desk: Desk) -> None:
    make_row(spec, desk.municipality, full=True)
    content = desk.export(spec.code)
    rename(desk, spec, lambda name, label: f"新しい{name}")
    checked = desk.check(content)
    assert [each.target.code for each in desk.assigned.taken] == [spec.code]
    assert set(outcomes(checked).values()) == {"unchanged"}, reasons(checked)


def test_an_export_is_made_by_the_names_of_now(desk: Desk) -> None:
    spec = SPECS[0]
    rename(desk, spec, lambda name, label: f"新しい{name}")
    listing = Listing(Sheet.of(spec, desk.municipality), Query.read({}), personal=False)
    book = book_of_one(listing)
    assert workbook_bytes(book) and "新しいtitle" in book.sheets[0].heading

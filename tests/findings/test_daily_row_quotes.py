"""Working prints mark the name of a row that is 作成中 also where a text of the program quotes it."""

from collections.abc import Iterator
from typing import Any

import pytest

from bcp_portal.accounts.models import Department, Municipality, Person
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.sheet import Presentation
from bcp_portal.annex.table import Table
from plans.annexes.draft_marks import MARK, NAME_MARK, NAMES_DRAFTS
from plans.models import ResponseRole
from plans.text.live_blocks import LiveBlock
from plans.working_copy.table_source import TableSource
from systems.models import ReferenceDocument, Site, SystemItem
from tests.findings.test_daily_row_names import first_are_drafts
from tests.findings.test_daily_rows import two_of_each

__all__ = ["first_are_drafts", "two_of_each"]
NAMED = (
    (Department, "name", "作りかけ課"),
    (Person, "name", "作りかけ 太郎"),
    (Site, "name", "作りかけ庁舎"),
    (SystemItem, "name", "作りかけシステム"),
    (ResponseRole, "role_name", "作りかけ班長"),
    (ReferenceDocument, "title", "作りかけ規程"),
)
NAMES = tuple(name for *_, name in NAMED)


@pytest.fixture
def named(first_are_drafts: list[Any]) -> None:
    """The rows that are 作成中 have names that stand nowhere else."""
    for model, field, name in NAMED:
        drafts: Any = model.objects.filter(row_status=RowStatus.DRAFT)
        assert drafts.update(**{field: name}) == 1, name


def printed(municipality: Municipality, *, in_edition: bool = False) -> Iterator[tuple[str, Table]]:
    source = TableSource(
        Presentation.load(municipality), include_personal=True, in_edition=in_edition
    )
    for spec in (*registry.specs(), *registry.derived_tables()):
        table = source.printed_table(spec.code)
        if table:
            yield spec.code, table


def test_no_text_of_a_table_quotes_a_draft_without_a_mark(
    named: None, in_scope: Municipality
) -> None:
    seen: set[tuple[str, str]] = set()
    for code, table in printed(in_scope):
        for texts in table.texts():
            if any(MARK in text for text in texts):
                continue  # The whole line is marked.
            for column, text in zip(table.columns, texts, strict=True):
                for name in NAMES:
                    quoted = text.count(name)
                    assert text.count(f"{name}{NAME_MARK}") == quoted, (code, column.name, text)
                    if quoted and column.kind not in {Kind.REFERENCE, Kind.REFERENCES}:
                        seen.add((code, column.name))
                        assert table.note.count(NAMES_DRAFTS) == 1, code
    assert seen >= {("17", "operator"), ("b-4-security", "holder"), ("b-9", "organisation")}
    assert len({code for code, _ in seen}) > 12


def test_a_chapter_that_shows_some_columns_marks_them(named: None, in_scope: Municipality) -> None:
    source = TableSource(Presentation.load(in_scope), include_personal=True)
    said = str(source.block(LiveBlock("b-9", columns=("organisation", "person"))))
    assert f"作りかけ課{NAME_MARK}" in said and f"作りかけ 太郎{NAME_MARK}" in said
    masked = str(source.masked().block(LiveBlock("b-9")))
    assert "作りかけ 太郎" not in masked


def test_an_edition_quotes_without_a_mark(named: None, in_scope: Municipality) -> None:
    said = dict(printed(in_scope, in_edition=True))
    for code, table in said.items():
        assert NAME_MARK not in str(table.to_json()), code
    # It does not vanish: the page before submitting names the row (test_named_drafts).
    assert "作りかけ課" in str(said["17"].texts())

"""A row that is not public is named in no cell of another row: for every column that names rows, by its kind."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import MASK, Kind
from bcp_portal.annex.table import Public, Table
from bcp_portal.annex.table_builder import build_table
from plans.document.document import AnnexPart, Cover, Document
from plans.document.public_choices import PublicChoices
from plans.document.redaction import redact
from plans.document.withheld_rows import kept_rows, rows_of
from plans.summary.document import kept_in_scope
from tests.rows import make_row

pytestmark = pytest.mark.django_db
NAMING = (Kind.REFERENCE, Kind.REFERENCES)


@pytest.fixture
def whole(in_scope: Municipality) -> Document:
    """Return every table and view with all columns shown; the first row of each table is 非公開."""
    for spec in registry.specs():
        for number in (1, 2):
            if spec.model.objects.count() < number:
                make_row(spec, in_scope, number, full=True)
        spec.model.objects.update(confidentiality=Confidentiality.PUBLIC)
        first = spec.model.objects.order_by("pk").values_list("pk", flat=True)[:1]
        spec.model.objects.filter(pk__in=list(first)).update(
            confidentiality=Confidentiality.INTERNAL
        )
    tables = [_shown(each.build(in_scope)) for each in registry.derived_tables()]
    tables += [_shown(table) for table in _own_tables(in_scope)]
    part = AnnexPart("annex-1", 1, "様式1 すべて", tables=tuple(tables), confidentiality="public")
    cover = Cover("見本市", "計画", "初版", "令和8年4月1日施行", "情報政策課", draft=False)
    return Document(cover, (), (), (part,), None, ())


def _own_tables(municipality: Municipality) -> Iterator[Table]:
    for spec in registry.specs():
        yield build_table(spec, municipality=municipality, include_personal=True)


def _shown(table: Table) -> Table:
    columns = tuple(replace(c, public=Public.SHOW, personal=False) for c in table.columns)
    return replace(table, columns=columns)


def test_no_cell_names_a_row_that_is_kept_back(whole: Document) -> None:
    kept = frozenset(uid for _, uid, _ in rows_of(whole))
    named = [cell for cell in _naming_cells(whole) if any(uid in kept for uid, _ in cell[2])]
    assert len({cell[:2] for cell in named}) > 60
    public = redact(whole, PublicChoices(), kept=kept)
    (part,) = public.annexes
    shown = {
        (t.code, r.uid, c.name): t.text(r, c)
        for t in part.tables
        for r in t.rows
        for c in t.columns
    }
    missed = []
    for code, column, items, uid in named:
        text = shown.get((code, uid, column), MASK)
        open_names = {name for each, name in items if each not in kept}
        closed_names = {name for each, name in items if each in kept} - open_names
        if MASK not in text or closed_names & set(text.split("、")):
            missed.append((code, column, text))
    assert missed == []


Naming = tuple[str, str, list[tuple[str, str]], str]


def _naming_cells(document: Document) -> Iterator[Naming]:
    """Yield (table, column, rows named by uid and text, uid of the row) of public rows."""
    for table in document.annexes[0].tables:
        for column in table.columns:
            for row in table.rows:
                value = row.cells.get(column.name)
                if column.kind in NAMING and value and row.confidentiality == "public":
                    items = value if isinstance(value, list) else [value]
                    yield table.code, column.name, [(i["uid"], i["text"]) for i in items], row.uid


def test_a_summary_keeps_back_the_same_rows(whole: Document) -> None:
    assert kept_in_scope() == kept_rows(rows_of(whole))

"""security: the name of a row that is 非公開 does not come out by the cells of other rows, or is told."""

from dataclasses import replace
from typing import Any

from bcp_portal.annex.kinds import MASK, Kind
from bcp_portal.annex.table import Column, Public, Table, TableRow
from plans.document.document import AnnexPart, Cover, Document
from plans.document.public_choices import PublicChoices
from plans.document.redaction import redact
from plans.public_edition.finder import Finder
from plans.public_edition.finds import finds_in, refusing
from plans.public_edition.hidden_value_collection import hidden_values

SECRET, OPEN = "極秘役割名", "情報班長"


def roles(first: str, *, views: tuple[Table, ...] = ()) -> Document:
    columns = (
        Column("role_name", "役割", public=Public.SHOW),
        Column("reports_to", "上位の役割", Kind.REFERENCE, public=Public.SHOW),
        Column("others", "関係する役割", Kind.REFERENCES, public=Public.SHOW),
    )
    head, chief = {"uid": "r1", "text": SECRET}, {"uid": "r2", "text": OPEN}
    rows = (
        TableRow("r1", {"role_name": SECRET}, first),
        TableRow("r2", {"role_name": OPEN, "reports_to": head, "others": [head]}, "public"),
        TableRow("r3", {"role_name": "庶務班長", "others": [chief, head]}, "public"),
    )
    table = Table("8", "緊急時対応体制", columns, rows, number=8)
    part = AnnexPart("annex-8", 8, "様式8", tables=(table, *views), confidentiality="public")
    cover = Cover("見本市", "計画", "初版", "令和8年4月1日施行", "情報政策課", draft=False)
    return Document(cover, (), (), (part,), None, ())


def raw(first: str) -> dict[str, Any]:
    row = {"uid": "r1", "role_name": SECRET, "confidentiality": first}
    more = {"uid": "r2", "role_name": OPEN, "confidentiality": "public"}
    return {"tables": {"8": [row, more]}}


def told(document: Document, first: str) -> list[str]:
    public = redact(document, PublicChoices())
    hidden = hidden_values(document, raw(first), public)
    finds = finds_in(public, Finder(hidden), hidden)
    assert refusing(finds, ()) == []
    return sorted({find.value.text for find in finds})


def test_other_rows_show_a_mask_for_a_row_that_is_kept_back() -> None:
    for first in ("internal", "partial"):
        (table,) = redact(roles(first), PublicChoices()).annexes[0].tables
        texts = {
            row.uid: [table.text(row, column) for column in table.columns] for row in table.rows
        }
        assert texts["r2"] == [OPEN, MASK, MASK]
        assert texts["r3"] == ["庶務班長", "", f"{OPEN}、{MASK}"]
        assert told(roles(first), first) == []
    (table,) = redact(roles("public"), PublicChoices()).annexes[0].tables
    assert table.text(table.rows[1], table.columns[1]) == SECRET


def test_what_a_view_says_of_it_in_words_is_told() -> None:
    column = Column("line", "代行の順", public=Public.SHOW)
    view = Table(
        "b-8-line", "代行順位", (column,), (TableRow("v", {"line": f"{SECRET}の次"}, "public"),)
    )
    assert told(roles("internal", views=(view,)), "internal") == [SECRET]
    assert told(roles("public", views=(view,)), "public") == []


def test_where_no_row_is_public_the_column_decides_and_the_check_tells() -> None:
    document = roles("internal")
    (part,) = document.annexes
    closed = tuple(replace(row, confidentiality="internal") for row in part.tables[0].rows)
    other = Table(
        "8-deputies",
        "代行者",
        (Column("role", "役割", Kind.REFERENCE, public=Public.SHOW),),
        (TableRow("d1", {"role": {"uid": "r1", "text": SECRET}}, "public"),),
    )
    tables = (replace(part.tables[0], rows=closed), other)
    document = replace(document, annexes=(replace(part, tables=tables),))
    public = redact(document, PublicChoices())
    hidden = hidden_values(document, raw("internal"), public)
    assert SECRET in {find.value.text for find in finds_in(public, Finder(hidden), hidden)}
    shown = public.annexes[0].tables[1]
    assert shown.text(shown.rows[0], shown.columns[0]) == SECRET

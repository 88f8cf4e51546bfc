"""Each row that the 新旧対照表 tells of is named so that a reader finds it, in every table."""

from dataclasses import replace
from typing import Any

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column, Table, TableRow
from bcp_portal.annex.table_builder import build_table
from plans.comparison.changes import Status, text_of_runs
from plans.comparison.table_lines import table_lines
from plans.comparison.tables import compare_tables, name_of_row
from tests.rows import make_row

SPECS = [spec for spec in registry.specs() if spec.printed]


def heads(old: Table, new: Table) -> list[tuple[str, str]]:
    """Return the first line of both sides of each row that is told."""
    lines = [line for line in table_lines(compare_tables(old, new)) if line.kind == "row"]
    return [
        (text_of_runs(line.old).split("\n")[0], text_of_runs(line.new).split("\n")[0])
        for line in lines
    ]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.code)
def test_two_changed_rows_of_any_table_are_told_apart(spec: Any, in_scope: Municipality) -> None:
    """Also rows whose cells read alike: here both say the same, but for one changed cell."""
    make_row(spec, in_scope, full=True)
    table = build_table(spec, municipality=in_scope, include_personal=True)
    row = table.rows[0]
    extra = Column("extra", "追加", Kind.LONG_TEXT)
    old, new = (
        replace(
            table,
            columns=(*table.columns, extra),
            rows=tuple(TableRow(uid, {**row.cells, "extra": f"{word}{uid}"}) for uid in ("a", "b")),
        )
        for word in ("前", "後")
    )
    found = heads(old, new)
    assert [one for one, _ in found] == [other for _, other in found]
    assert len(set(found)) == 2 and all("行目" in one for one, _ in found)
    personal = {table.text(row, column) for column in table.columns if column.personal}
    assert not personal.intersection(name_of_row(table, row).split("／")) - {""}


def test_a_row_is_named_by_its_key_and_not_by_an_address(in_scope: Municipality) -> None:
    columns = (
        Column("email", "電子メール"),
        Column("structure", "体制", Kind.CHOICE, choices=(("hq", "本部"),)),
        Column("role_name", "役割"),
    )
    row = TableRow("a", {"email": "yoshida@example.jp", "structure": "hq", "role_name": "責任者"})
    assert name_of_row(Table("8", "様式8", columns), row) == "本部／責任者"
    assert name_of_row(Table("a-view", "一覧", columns), row) == "本部／責任者"


def test_a_renamed_row_has_its_own_name_on_either_side() -> None:
    columns = (Column("name", "名称"), Column("kind", "種類"))
    old, new = (
        Table("1", "様式1", columns, (TableRow("a", {"name": name, "kind": "庁内"}),))
        for name in ("LGWAN-ASP", "LGWANの新しい名")
    )
    [change] = compare_tables(old, new).rows
    assert change.status is Status.CHANGED
    assert heads(old, new) == [("LGWAN-ASP／庁内（1行目）", "LGWANの新しい名／庁内（1行目）")]


def test_a_row_without_a_name_is_called_by_its_place() -> None:
    columns = (Column("person", "氏名", personal=True), Column("count", "人数", Kind.INTEGER))
    old, new = (
        Table("x", "要員", columns, (TableRow("a", {"person": "見本 太郎", "count": count}),))
        for count in (1, 2)
    )
    assert heads(old, new) == [("1行目", "1行目")]

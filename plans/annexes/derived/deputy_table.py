"""Who stands in for whom, in order (C-6): each principal, and the deputies below."""

from collections.abc import Iterator
from dataclasses import replace

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.derived_table_builder import (
    active_rows,
    choice_labels,
    made_table,
    source_sheet,
    view_row,
)
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Public, Table, TableRow
from plans.annexes.choice_lists import STRUCTURE
from plans.annexes.models.organisation import ResponseRole, RoleDeputy

CODE, TITLE = "c-6", "代行順位"
PRINCIPAL = "本人"

COLUMNS = (
    Column("structure", "体制の区分", width=14, public=Public.SHOW),
    Column("role", "役割", width=18, public=Public.SHOW),
    Column("rank", "順位", width=10, public=Public.SHOW),
    Column("post", "職", width=24, public=Public.SHOW),
    Column("person", "氏名", width=14, personal=True),
    Column("condition", "代行の条件", width=20, public=Public.SHOW),
)
SOURCES = {
    "structure": "8.structure",
    "role": "8.role_name",
    "rank": "8-deputies.order",
    # Where the line of deputies names no post, the person's own is printed.
    "post": "8.post 8-deputies.post people.post",
    "person": "8.person 8-deputies.person",
    "condition": "8.deputy_condition",
    "line": "8.role_name 8-deputies.order",
}


def deputy_order(municipality: Municipality) -> Table:
    """Return one row for each principal with deputies, followed by one for each deputy."""
    sheet = source_sheet("8", municipality)
    structures = choice_labels(sheet, "structure")
    line: dict[int, list[RoleDeputy]] = {}
    deputies = active_rows(source_sheet("8-deputies", municipality))
    for deputy in deputies.order_by("order", "pk"):
        line.setdefault(deputy.role_id, []).append(deputy)
    rows: list[TableRow] = []
    for role in active_rows(sheet).filter(pk__in=line):
        rows += _rows_of(role, structures.get(role.structure, ""), line[role.pk])
    return made_table(CODE, TITLE, municipality, COLUMNS, rows)


PRINTED_COLUMNS = (
    Column("line", "役割", width=36, public=Public.SHOW),
    Column("post", "職", width=44, public=Public.SHOW),
)


def _of_structure(structure: str) -> DerivedTable:
    code, title = f"{CODE}-{structure}", f"{TITLE}（{STRUCTURE.label(structure)}）"

    def build(municipality: Municipality) -> Table:
        label = choice_labels(source_sheet("8", municipality), "structure").get(structure, "")
        whole = deputy_order(municipality)
        rows = tuple(row for row in whole.rows if row.cells["structure"] == label)
        alone = len({row.cells["role"] for row in rows}) <= 1
        lines = tuple(replace(row, cells={**row.cells, "line": _line(row, alone)}) for row in rows)
        return replace(whole, code=code, title=title, columns=PRINTED_COLUMNS, rows=lines)

    purpose = "責任者と代行者を、代わる順に上から並べます。"
    return DerivedTable(code, title, build, purpose=purpose, comes_from=SOURCES)


def _line(row: TableRow, alone: bool) -> str:
    """Return what the first column says; with one principal 「代行者1」 needs no name."""
    role, rank = str(row.cells["role"]), str(row.cells["rank"])
    if rank == PRINCIPAL:
        return role
    return rank if alone else f"{role}の{rank}"


def _rows_of(role: ResponseRole, structure: str, line: list[RoleDeputy]) -> Iterator[TableRow]:
    cells = {
        "structure": structure,
        "role": role.role_name,
        "rank": PRINCIPAL,
        "post": role.post,
        "person": role.person.name if role.person else "",
        "condition": "",
    }
    yield view_row(role, cells)
    for deputy in line:
        yield TableRow(
            str(deputy.uid),
            {
                "structure": structure,
                "role": role.role_name,
                "rank": f"代行者{deputy.order}",
                "post": deputy.post or (deputy.person.post if deputy.person else ""),
                "person": deputy.person.name if deputy.person else "",
                "condition": role.deputy_condition,
            },
            deputy.confidentiality,
        )


TABLES = (
    DerivedTable(CODE, TITLE, deputy_order, comes_from=SOURCES),
    *(_of_structure(code) for code, _label in STRUCTURE.options),
)

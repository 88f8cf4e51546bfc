"""Who stands in for whom, in order (C-6): each principal, and the deputies below."""

from collections.abc import Iterator

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Public, Table, TableRow
from plans.derived_tables.view import active_rows, choice_labels, made_table, source_sheet
from plans.models import ResponseRole, RoleDeputy

CODE, TITLE = "c-6", "代行順位"

COLUMNS = (
    Column("structure", "体制の区分", width=14, public=Public.SHOW),
    Column("role", "役割", width=18, public=Public.SHOW),
    Column("rank", "順位", width=10, public=Public.SHOW),
    Column("post", "職", width=24, public=Public.SHOW),
    Column("person", "氏名", width=14, personal=True),
    Column("condition", "代行の条件", width=20, public=Public.SHOW),
)


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
    return made_table(code=CODE, title=TITLE, municipality=municipality, columns=COLUMNS, rows=rows)


def _rows_of(role: ResponseRole, structure: str, line: list[RoleDeputy]) -> Iterator[TableRow]:
    cells = {
        "structure": structure,
        "role": role.role_name,
        "rank": "本人",
        "post": role.post,
        "person": role.person.name if role.person else "",
        "condition": "",
    }
    yield TableRow(str(role.uid), cells, role.confidentiality)
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


TABLES = (DerivedTable(CODE, TITLE, deputy_order),)

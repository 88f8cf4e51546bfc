"""Lists the tables and figures a chapter can name, what can be chosen about each, and their labels."""

from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.table import Column, Table
from plans.annexes.drawn.figure_source import FigureSource, figure_parts

MAX_CHOICES = 60


def block_choices(presentation: Presentation) -> list[tuple[str, str]]:
    """Return (code, label) of every table and figure that may stand in a chapter, annexes first."""
    specs = [
        (spec.number, spec.code, Sheet(spec, presentation).heading)
        for spec in registry.specs()
        if spec.printed
    ]
    derived = [(table.number, table.code, table.title) for table in registry.derived_tables()]
    annexes = [item for item in specs if item[0] is not None]
    others = [item for item in specs if item[0] is None]
    tables = [(code, label) for _number, code, label in (*annexes, *derived, *others)]
    return tables + FigureSource(presentation, include_personal=False).choices()


# The editor asks for at least one thing to show; most figures are shown whole.
_WHOLE = (("figure", "図の全体"),)


def figure_options(code: str) -> dict[str, list[dict[str, object]]]:
    """Return what may be left out of a figure, as the editor reads it."""
    parts = figure_parts(code) or _WHOLE
    return {"columns": [{"name": name, "label": label} for name, label in parts], "filters": []}


def block_options(table: Table) -> dict[str, list[dict[str, object]]]:
    """Return the columns of a table and the filters its rows allow, as the editor reads them."""
    return {
        "columns": [{"name": c.name, "label": c.label} for c in table.columns],
        "filters": [
            {"name": column.name, "label": column.label, "choices": choices}
            for column in table.columns
            if column.kind.narrows_blocks and not column.personal
            if (choices := _choices(table, column))
        ],
    }


def _choices(table: Table, column: Column) -> list[list[str]]:
    if column.kind.names_rows:
        return _referenced(table, column)
    options = column.kind.options(column.choices)
    return [[code, label] for code, label in options if ";" not in code]


def _referenced(table: Table, column: Column) -> list[list[str]]:
    """Offer what the rows refer to now; a table that refers to too much is not filtered by it."""
    found: dict[str, str] = {}
    for row in table.rows:
        value = row.cells.get(column.name)
        for item in value if isinstance(value, list) else [value]:
            if item:
                found[item["uid"]] = item["text"]
    return [[uid, text] for uid, text in found.items()] if len(found) <= MAX_CHOICES else []

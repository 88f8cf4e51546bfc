"""Loads the sample's tables through the form and the service that a person's typing goes through."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.annex import registry
from bcp_portal.annex.references import ReferencePool
from bcp_portal.annex.services import save_row
from bcp_portal.annex.sheet import Item, Presentation, Sheet
from bcp_portal.annex.sheet_text import form_of_line

TABLES = Path(__file__).parent / "tables"


class SampleError(Exception):
    """A line of the sample that the program itself would refuse."""


@dataclass(frozen=True)
class Line:
    """One line of a sample file: where it stands, and its cells by column name."""

    place: str
    cells: dict[str, str]


def load_tables(
    *, municipality: Municipality, actor: User, codes: list[str], directory: Path = TABLES
) -> dict[str, int]:
    """Load the tables in this order and return the number of rows of each.

    A column that names rows of its own table is filled in a second pass, when they all exist.
    Raises SampleError naming file, line, column and reason.
    """
    presentation = Presentation.load(municipality)
    counts = {}
    for code in codes:
        spec = registry.spec(code)
        if spec is None:
            raise SampleError(f"There is no annex {code!r}.")
        sheet = Sheet(spec, presentation)
        counts[code] = load_lines(sheet, list(read_lines(sheet, directory / f"{code}.csv")), actor)
    return counts


def read_lines(sheet: Sheet, path: Path) -> Iterator[Line]:
    """Yield the lines of a CSV whose head holds column labels; an unknown label is an error."""
    names = {item.column.label: item.name for item in sheet.editable_items}
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        unknown = set(reader.fieldnames or ()) - set(names)
        if unknown:
            raise SampleError(
                f"{path.name}: unknown columns {sorted(unknown)}; known: {sorted(names)}"
            )
        for number, cells in enumerate(reader, start=2):
            yield Line(f"{path.name}:{number}", {names[k]: v or "" for k, v in cells.items()})


def load_lines(sheet: Sheet, lines: list[Line], actor: User) -> int:
    """Save the lines as new rows, then the columns by which rows of this table name each other."""
    own = {item.name for item in sheet.editable_items if _names_own_rows(sheet, item)}
    pool = ReferencePool()
    rows = [
        _save(
            sheet,
            sheet.spec.model(municipality=sheet.municipality),
            _without(line, own),
            pool,
            actor,
        )
        for line in lines
    ]
    pool = ReferencePool()
    for row, line in zip(rows, lines, strict=True):
        if any(line.cells.get(name) for name in own):
            _save(sheet, row, line, pool, actor)
    return len(rows)


def _save(sheet: Sheet, row: Any, line: Line, pool: ReferencePool, actor: User) -> Any:
    form = form_of_line(sheet, row, line.cells, pool=pool)
    if not form.is_valid():
        problems = [f"{name}: {text}" for name, texts in form.errors.items() for text in texts]
        raise SampleError(f"{line.place}: " + " / ".join(problems))
    return save_row(
        sheet=sheet, actor=actor, row=form.row, expected_version=row.version if row.pk else 0
    )


def _without(line: Line, names: set[str]) -> Line:
    return Line(line.place, {k: v for k, v in line.cells.items() if k not in names})


def _names_own_rows(sheet: Sheet, item: Item) -> bool:
    return getattr(item.model_field, "related_model", None) is sheet.spec.model

"""Loads the sample's tables through the form and the service that a person's typing goes through."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.references import ReferencePool
from bcp_portal.annex.services import save_rows
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.sheet_text import form_of_line

TABLES = Path(__file__).parent / "tables"

_DRAFT, _ACTIVE = str(RowStatus.DRAFT.label), str(RowStatus.ACTIVE.label)


class SampleError(Exception):
    """A line of the sample that the program itself would refuse."""


@dataclass(frozen=True)
class SampleLine:
    """One line of a sample file: where it stands, and its cells by column name."""

    place: str
    cells: Mapping[str, str]

    def without(self, names: set[str]) -> "SampleLine":
        return replace(self, cells={k: v for k, v in self.cells.items() if k not in names})

    def with_cells(self, **cells: str) -> "SampleLine":
        return replace(self, cells={**self.cells, **cells})


@dataclass(frozen=True)
class SampleTable:
    """The lines of one table, with the sheet that says how they are read."""

    sheet: Sheet
    lines: Sequence[SampleLine]

    @property
    def code(self) -> str:
        return self.sheet.spec.code


def read_tables(
    *, municipality: Municipality, codes: Sequence[str], directory: Path = TABLES
) -> list[SampleTable]:
    """Read the files of these tables, in this order, inside the municipality's scope.

    Raises SampleError for a code without table or without file, and for an unknown column.
    """
    presentation = Presentation.load(municipality)
    return [_read_table(code, presentation, directory) for code in codes]


def _read_table(code: str, presentation: Presentation, directory: Path) -> SampleTable:
    spec = registry.spec(code)
    path = directory / f"{code}.csv"
    if spec is None or not path.is_file():
        raise SampleError(f"There is no annex {code!r}, or no file {path.name}.")
    sheet = Sheet(spec, presentation)
    return SampleTable(sheet, tuple(read_lines(sheet, path)))


def read_lines(sheet: Sheet, path: Path) -> Iterator[SampleLine]:
    """Yield the lines of a CSV whose head holds column labels; an unknown label is an error."""
    names = {item.column.label: item.name for item in sheet.editable_items}
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        unknown = set(reader.fieldnames or ()) - set(names)
        if unknown:
            raise SampleError(
                f"{path.name}: unknown columns {sorted(unknown)}; known: {sorted(names)}"
            )
        for cells in reader:
            place = f"{path.name}:{reader.line_num}"
            if None in cells or None in cells.values():
                raise SampleError(f"{place}: the number of cells differs from the head")
            yield SampleLine(place, {names[label]: text for label, text in cells.items()})


def load_tables(tables: Sequence[SampleTable], actor: User) -> dict[str, int]:
    """Save the tables in this order and return the number of rows of each, by code.

    A line that names rows of its own table, or of a later one, is first saved as 作成中 without
    them and completed when all rows exist. Raises SampleError naming file, line, column, reason.
    """
    missing = [table.sheet.spec.model for table in tables]
    unfinished = []
    for table in tables:
        later = _columns_naming(table.sheet, missing)
        missing.remove(table.sheet.spec.model)
        unfinished += [(table, _load_table(table, later, actor))]
    for table, rows in unfinished:
        _save(table.sheet, rows, actor)
    return {table.code: len(table.lines) for table in tables}


def _load_table(table: SampleTable, later: set[str], actor: User) -> list[tuple[Any, SampleLine]]:
    """Save every line as a new row; return the rows that are to be completed, with their lines."""
    lines, unfinished = [], []
    for line in table.lines:
        row = table.sheet.spec.model(municipality=table.sheet.municipality)
        if any(line.cells.get(name) for name in later):
            # A change resets the day of verification, so that day has to wait as well.
            begun = line.without({*later, "verified_on"}).with_cells(row_status=_DRAFT)
            unfinished.append((row, _finished(line)))
            line = begun
        lines.append((row, line))
    _save(table.sheet, lines, actor)
    return unfinished


def _finished(line: SampleLine) -> SampleLine:
    return line.with_cells(row_status=line.cells.get("row_status") or _ACTIVE)


def _columns_naming(sheet: Sheet, models: Sequence[Any]) -> set[str]:
    return {
        item.name
        for item in sheet.editable_items
        if getattr(item.model_field, "related_model", None) in models
    }


def _save(sheet: Sheet, lines: Sequence[tuple[Any, SampleLine]], actor: User) -> None:
    """Save the lines into their rows, many at once."""
    try:
        _save_together(sheet, lines, actor)
    except IntegrityError:
        # Two lines claim one name: the form of the second says so once the first is stored.
        for line in lines:
            _save_together(sheet, [line], actor)


def _save_together(sheet: Sheet, lines: Sequence[tuple[Any, SampleLine]], actor: User) -> None:
    """Save the lines at once; one that counts those before it, as a deputy's turn does, after them."""
    pool = ReferencePool()
    waiting: list[tuple[Any, int]] = []
    for row, line in lines:
        version = row.version if row.pk else 0
        form = form_of_line(sheet, row, line.cells, pool=pool)
        if waiting and not form.is_valid():
            save_rows(sheet=sheet, actor=actor, rows=waiting)
            waiting, pool = [], ReferencePool()
            form = form_of_line(sheet, row, line.cells, pool=pool)
        if not form.is_valid():
            raise SampleError(f"{line.place}: " + " / ".join(_problems(sheet, form)))
        waiting.append((form.row, version))
    save_rows(sheet=sheet, actor=actor, rows=waiting)


def _problems(sheet: Sheet, form: Any) -> Iterator[str]:
    labels = {item.name: item.column.label for item in sheet.items} | {NON_FIELD_ERRORS: "行全体"}
    for name, texts in form.errors.items():
        yield from (f"{labels.get(name, name)}: {text}" for text in texts)

"""One sheet of a file beside the rows that are stored: which row a line means, and how it leaves it."""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models

from bcp_portal.accounts.models import Department, Person
from bcp_portal.annex.form_factory import value_of
from bcp_portal.annex.references import ReferencePool, labelled
from bcp_portal.annex.sheet import Item
from bcp_portal.annex.table_builder import cells_of
from bcp_portal.importing.assignment import Assignment
from bcp_portal.importing.cell_changes import says_otherwise
from bcp_portal.importing.cell_values import says_nothing
from bcp_portal.importing.data_lines import DataLine, data_lines
from bcp_portal.importing.department_names import UnitNames
from bcp_portal.importing.import_outcome import CellProblem
from bcp_portal.importing.lazy_rows import leave_unread
from bcp_portal.importing.line_form import LineForms
from bcp_portal.importing.natural_keys import Key, NaturalKeys
from bcp_portal.importing.pending_rows import ComingRow, ImportPool
from bcp_portal.importing.similar_names import LikeNames
from bcp_portal.importing.standins import Place, StandIns
from bcp_portal.importing.stored_rows import stored_rows
from bcp_portal.importing.vacancies import NOBODY, is_nobody
from bcp_portal.ui.text import match_key

DASH = (
    "「－」は空欄の代わりとも「空欄にする」とも読めるため、登録済みの「{}」を残します。"
    "空欄にするときは、印を付けてください。"
)


@dataclass
class StoredTable:
    """The rows of one table by uid, in lower case, shared by all sheets that tell of them."""

    rows: dict[str, Any]
    last_number: int
    numbers: dict[Place, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Before any line is typed into a row.
        self._named: dict[str, list[str]] = {}
        for uid, row in self.rows.items():
            self._named.setdefault(getattr(row, "name", ""), []).append(uid)

    def named(self, name: str) -> list[str]:
        """Return the uids of the stored rows with exactly this name."""
        return self._named.get(name, [])

    @cached_property
    def like_names(self) -> LikeNames:
        """The names of the rows, where rows of the table have one."""
        return LikeNames(row.name for row in self.rows.values() if getattr(row, "name", ""))

    def name(self, row: Any) -> str:
        """Return what a row was called before a line was typed into it."""
        return self.names.setdefault(str(row.uid), str(row))

    def number(self, place: Place) -> int:
        """Return the number of a new row: behind those that are stored, in the order of the file."""
        return self.numbers.setdefault(place, self.last_number + len(self.numbers) + 1)


class SheetLines:
    """The lines of one sheet, the rows they mean, and the forms to type them with."""

    def __init__(
        self,
        assignment: Assignment,
        stored: StoredTable,
        pool: ImportPool,
    ) -> None:
        """Lines in `left_out` change nothing: what they mean stays as it is stored."""
        self.assignment, self.target, self.stored = assignment, assignment.target, stored
        letters = {name: number for number, name in assignment.columns.items()}
        self._pool = pool
        self.forms = LineForms(self.target, pool, letters, assignment.units, assignment.options)
        letters |= dict.fromkeys(assignment.constants, 0)
        self.columns = [name for name in letters if name in self.target.items]
        items = [self.target.items[name] for name in self.columns]
        cells = labelled(items, cells_of(items, list(stored.rows.values())), pool)
        self.cells = dict(zip(stored.rows, cells, strict=True))
        self.lines = lines_of(assignment, units_for(assignment, pool))
        self.left_out: frozenset[Place] = frozenset()
        self._turned: set[tuple[int, str]] = set()
        self._texts_of_keys: dict[int, dict[str, str]] = {}

    def place(self, line: DataLine) -> Place:
        return self.assignment.source.name, line.number

    def counts(self, line: DataLine) -> bool:
        """Tell whether a line may change what is stored."""
        return not line.skipped and self.place(line) not in self.left_out

    def said(self, line: DataLine, row: Any) -> list[str]:
        """Return the columns in which a line says something else than what is stored.

        A name that nobody touched does when it will be that of another row.
        """
        stored = self.cells[str(row.uid)]
        return [name for name in self.columns if self._says(line, name, row, stored)]

    def _says(self, line: DataLine, name: str, row: Any, stored: Mapping[str, Any]) -> bool:
        if says_otherwise(self.assignment, line, name, stored):
            return True
        if name not in self._naming or not isinstance(line.cells.get(name), str):
            return False
        # Remembered: once the line was typed into it, the row names the other one already.
        if (line.number, name) not in self._turned and self._means_another(line, name, row, stored):
            self._turned.add((line.number, name))
        return (line.number, name) in self._turned

    def dashes(self, line: DataLine, names: Iterable[str]) -> list[str]:
        """Return the columns in which a town's own sheet has a dash and nothing else."""
        if self.assignment.head.is_ours:
            return []
        return [name for name in names if says_nothing(line.as_written.get(name))]

    def held_for_dashes(
        self, line: DataLine, row: Any, names: Iterable[str]
    ) -> Iterator[CellProblem]:
        """Yield what to say of dashes that would empty what is stored, were they taken."""
        style = self.target.sheet.presentation.date_style
        for name in names:
            stored = self.cells[str(row.uid)].get(name)
            text = self.target.items[name].column.text(stored, style)
            if text and not says_nothing(text):
                yield self.forms.problem(line, name, DASH.format(text))

    @cached_property
    def _items(self) -> list[Item]:
        return [self.target.items[name] for name in self.columns]

    @cached_property
    def _naming(self) -> frozenset[str]:
        """The columns that name rows."""
        items = self.target.items
        return frozenset(n for n in self.columns if items[n].column.kind.names_rows)

    def _means_another(
        self, line: DataLine, name: str, row: Any, stored: Mapping[str, Any]
    ) -> bool:
        item = self.target.items[name]
        references = self._pool.of(item.model_field.related_model)
        if not references.may_change:
            return False
        cell = stored.get(name)
        named = cell if isinstance(cell, list) else [cell]
        texts = {str(each["uid"]): each["text"] for each in named if isinstance(each, dict)}
        current = value_of(row, item)
        rows = current if isinstance(current, list) else [current]
        return any(
            references.means_another(str(texts[str(each.uid)]), each)
            for each in rows
            if each is not None and str(getattr(each, "uid", "")) in texts
        )

    @cached_property
    def keys(self) -> NaturalKeys:
        """The rows of the table by their natural keys, as lines that carry uids leave them."""
        rows = [self.renamed.get(row.pk, row) for row in self.stored.rows.values()]
        return NaturalKeys(self.forms, rows, frozenset({*self.forms.letters, *self.columns}))

    @cached_property
    def renamed(self) -> dict[int, Any]:
        """Stored rows that lines with uids give another name or key, as they will be, by key."""
        return self._told_apart_anew([line for line in self.lines if line.uid])

    @cached_property
    def rows_after(self) -> dict[int, Any]:
        """Stored rows that any line gives another name or key, as they will be, by key."""
        return self._told_apart_anew([line for line in self.lines if not line.uid]) | self.renamed

    def _told_apart_anew(self, lines: Iterable[DataLine]) -> dict[int, Any]:
        found: dict[int, Any] = {}
        for line in lines:
            rows = self.row_of(line) if self.counts(line) else []
            if len(rows) == 1 and self.tells_apart_anew(line, rows[0]):
                found.setdefault(rows[0].pk, self.as_changed(line, rows[0]))
        return found

    def tells_apart_anew(self, line: DataLine, row: Any) -> bool:
        """Tell whether a line gives its row another name or key."""
        stored = self.cells[str(row.uid)]
        telling = (name for name in self.columns if name in self._telling)
        return any(says_otherwise(self.assignment, line, name, stored) for name in telling)

    @cached_property
    def _telling(self) -> set[str]:
        """The columns that tell rows apart: names, natural key, what the database holds apart."""
        model: Any = self.target.sheet.spec.model
        unique = (
            c.fields for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)
        )
        names = {name for fields in unique for name in fields}
        return {"name", "aliases", *self.target.sheet.spec.natural_key, *names}

    def row_of(self, line: DataLine) -> list[Any]:
        """Return the stored row that a line means; several where its natural key names several."""
        if line.uid:
            row = self.stored.rows.get(line.uid.lower())
            return [row] if row is not None else []
        return [self.stored.rows[str(each.uid)] for each in self.keys.rows(self.key_of(line))]

    def key_of(self, line: DataLine) -> Key | None:
        """Return the natural key of a line; None where it has none."""
        return self.keys.key_of(self._key_texts(line))

    def key_text(self, line: DataLine) -> str:
        """Return the natural key of a line as a reader sees it."""
        texts = self._key_texts(line).values()
        return "　".join(text.strip() for text in texts if text.strip())

    def _key_texts(self, line: DataLine) -> dict[str, str]:
        """Return the texts of the natural key; a line is asked for its row several times."""
        if line.number not in self._texts_of_keys:
            read = self.forms.texts(line, [item.name for item in self.keys.items])
            self._texts_of_keys[line.number] = read.texts
        return self._texts_of_keys[line.number]

    def as_changed(self, line: DataLine, row: Any) -> Any:
        """Return a stored row as a line would leave it, each column read when it is asked for."""
        changed, stored = copy(row), self.cells[str(row.uid)]
        emptied = self.assignment.head.is_ours
        held = [each for each in self._items if emptied or line.cells.get(each.name) is not None]

        def read(item: Item) -> Any:
            says = self._says(line, item.name, row, stored)
            return self.forms.value(line, item) if says else value_of(row, item)

        leave_unread(changed, held, read)
        return changed

    def coming(self, standins: StandIns, number: int, line: DataLine) -> ComingRow | None:
        """Return the row of a line as it will be called; None where it is not clear which it is."""
        rows = self.row_of(line)
        if len(rows) > 1:
            return None
        if rows:
            return ComingRow(self.as_changed(line, rows[0]), rows[0])
        standin = standins.of(self.place(line), self.forms, line, number)
        return ComingRow(standin, standin)

    def names(self, model: Any) -> bool:
        """Tell whether a column of the sheet names rows of the model."""
        items = (self.target.items[name] for name in self.columns)
        return any(
            item.column.kind.names_rows and item.model_field.related_model is model
            for item in items
        )


def units_for(assignment: Assignment, pool: ReferencePool) -> UnitNames | None:
    """Return by which names a line is the head of a section; None where rows are called so too."""
    target = assignment.target
    named = [item.name for item in target.known.values() if _names_departments(item)]
    if not named or target.sheet.spec.called_like_departments:
        return None
    columns = [number for number, name in assignment.columns.items() if name in named]
    lines = [line for line in assignment.source.lines if line.number > assignment.head.last_row]
    written = (line.text(number) for line in lines for number in columns)
    stored = (row.name for row in pool.of(Department).targets)
    known = frozenset(match_key(name) for name in (*stored, *written) if name)
    return UnitNames(known, among_people="department" in named)


def _names_departments(item: Item) -> bool:
    # A computed column has no field.
    return getattr(item.model_field, "related_model", None) is Department


def lines_of(assignment: Assignment, units: UnitNames | None = None) -> list[DataLine]:
    """Return every filled line below the head of a sheet."""
    lines = data_lines(
        assignment.source,
        assignment.head,
        assignment.columns,
        assignment.constants,
        assignment.ends_before,
        units,
    )
    if assignment.target.sheet.spec.model is not Person:
        return list(lines)
    return [
        DataLine(line.number, skipped=NOBODY)
        if not line.uid and is_nobody(line.cells.get("name"))
        else line
        for line in lines
    ]


def stored_table(assignment: Assignment) -> StoredTable:
    """Read the rows of the table that a sheet fills."""
    target = assignment.target
    rows = stored_rows(target.sheet, target.items.values())
    last = max((row.row_no for row in rows), default=0)
    return StoredTable({str(row.uid): row for row in rows}, last)

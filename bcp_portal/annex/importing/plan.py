"""What an import would do, line by line, as plain data that a page shows before anything is written."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from bcp_portal.annex.kinds import MASK


class Outcome(StrEnum):
    """What becomes of one line of a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    SKIPPED = "skipped"


LABELS = {
    Outcome.NEW: "新規",
    Outcome.CHANGED: "変更",
    Outcome.UNCHANGED: "変更なし",
    Outcome.REFUSED: "取り込めない",
    Outcome.SKIPPED: "読み飛ばし",
}


@dataclass(frozen=True)
class CellChange:
    """One cell before and after, as a reader sees it; `shown` says where Excel shows otherwise."""

    label: str
    old: str
    new: str
    personal: bool = False
    shown: str = ""


@dataclass(frozen=True)
class CellProblem:
    """Why a line is refused: the letter of the column, its label, what stands there, the reason."""

    column: str
    label: str
    value: str
    reason: str
    personal: bool = False

    def masked(self, reason: str) -> "CellProblem":
        """Return the problem for a reader who may not see personal values."""
        return CellProblem(self.column, self.label, MASK, reason, True) if self.personal else self


@dataclass(frozen=True)
class Entry:
    """One line of the file and what becomes of it.

    `held` says what is not taken unless the person asks for it: cells that were changed after
    the export, or the whole line where it seems to be that of another row. `alike` are other names
    of the table that read as that of a new row.
    """

    sheet: str
    code: str
    row: int
    outcome: Outcome
    name: str = ""
    uid: str = ""
    changes: tuple[CellChange, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    held: tuple[CellProblem, ...] = ()
    alike: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Entry":
        """Return the entry that `to_json` wrote."""
        changes = tuple(CellChange(**change) for change in data["changes"])
        problems = tuple(CellProblem(**problem) for problem in data["problems"])
        held = tuple(CellProblem(**problem) for problem in data.get("held", ()))
        read = {"outcome": Outcome(data["outcome"]), "changes": changes, "problems": problems}
        return cls(**{**data, **read, "held": held, "alike": tuple(data.get("alike", ()))})

    @property
    def key(self) -> str:
        """Name the line among all of the file, for a form."""
        return f"{self.row}:{self.sheet}"

    @property
    def label(self) -> str:
        return LABELS[self.outcome]

    @property
    def is_personal(self) -> bool:
        """Tell whether the entry shows a personal value."""
        shown = [c for c in self.changes if c.personal and (c.old or c.new)]
        return bool(shown) or any(p.personal and p.value for p in (*self.problems, *self.held))

    def masked(self) -> "Entry":
        """Return the entry for a reader who may not see personal values."""
        changes = tuple(
            CellChange(c.label, MASK if c.old else "", MASK if c.new else "", True)
            if c.personal
            else c
            for c in self.changes
        )
        problems = tuple(p.masked("この項目の値を取り込めません。") for p in self.problems)
        held = tuple(p.masked("この項目は、確かめるまで取り込みません。") for p in self.held)
        return replace(self, changes=changes, problems=problems, held=held)


@dataclass(frozen=True)
class SheetReport:
    """One sheet of the file: the table it goes to, its head row, its columns and what is left out.

    `columns` are (letter, label in the file, label of the column); `unknown` those without one,
    `ignored` those that are known and not taken, each with the reason. `exported` says that this
    program wrote the sheet, `empties` that an empty cell of it empties the column; `remarks` name
    what is hidden, struck through or not read.
    """

    name: str
    code: str = ""
    heading: str = ""
    head_row: int = 0
    exported: bool = False
    empties: bool = False
    columns: tuple[tuple[str, str, str], ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()
    ignored: tuple[tuple[str, str, str], ...] = ()
    note: str = ""
    remarks: tuple[str, ...] = ()


@dataclass
class Plan:
    """All entries of a file, in its order, and what is said about its sheets."""

    entries: list[Entry] = field(default_factory=list)
    sheets: list[SheetReport] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    has_personal: bool = False
    draft_count: int = 0

    def counts(self) -> dict[str, int]:
        """Return how many lines there are of each outcome."""
        counted = Counter(entry.outcome for entry in self.entries)
        return {outcome.value: counted.get(outcome, 0) for outcome in Outcome}

    def digest(self) -> str:
        """Return what two plans share only if they would write the same over the same."""
        total = hashlib.sha256()
        for entry in self.entries:
            total.update(json.dumps(entry.to_json(), sort_keys=True).encode())
        return total.hexdigest()

    def summary(self) -> dict[str, Any]:
        """Return all but the entries, as JSON."""
        return {
            "counts": self.counts(),
            "held": sum(bool(entry.held) for entry in self.entries),
            "digest": self.digest(),
            "sheets": [asdict(sheet) for sheet in self.sheets],
            "notes": self.notes,
            "has_personal": self.has_personal,
            "draft_count": self.draft_count,
        }


def written_entries(entries: Iterable[Entry]) -> bytes:
    """Return entries as lines of JSON, to be kept in a file."""
    lines = (json.dumps(entry.to_json(), ensure_ascii=False) + "\n" for entry in entries)
    return "".join(lines).encode()


def read_entries(lines: Iterable[bytes]) -> Iterable[Entry]:
    """Yield the entries that `written_entries` wrote."""
    return (Entry.from_json(json.loads(line)) for line in lines)

"""What an import would do, line by line, as plain data that a page shows before anything is written."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from bcp_portal.annex.kinds import MASK


class LineOutcome(StrEnum):
    """What becomes of one line of a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    SKIPPED = "skipped"


WRITING = (LineOutcome.NEW, LineOutcome.CHANGED)
LABELS = {
    LineOutcome.NEW: "新規",
    LineOutcome.CHANGED: "変更",
    LineOutcome.UNCHANGED: "変更なし",
    LineOutcome.REFUSED: "取り込めない",
    LineOutcome.SKIPPED: "読み飛ばし",
}


Namesake = tuple[str, str]
"""The uid of a row of the same name, and its name with what tells it apart."""


@dataclass(frozen=True)
class ImportedCell:
    """One cell before and after, as a reader sees it; `shown` says where Excel shows otherwise.

    `name` is that of the column: labels may stand twice, under two heads.
    """

    label: str
    old: str
    new: str
    personal: bool = False
    shown: str = ""
    name: str = ""

    def masked(self) -> "ImportedCell":
        """Return the cell for a reader who may not see personal values."""
        if not self.personal:
            return self
        old, new = (MASK if text else "" for text in (self.old, self.new))
        return ImportedCell(self.label, old, new, True)


@dataclass(frozen=True)
class CellProblem:
    """Why a line is refused: the letter of the column, its label, what stands there, the reason.

    `name` is that of the column; "" where it is said of the whole line.
    """

    column: str
    label: str
    value: str
    reason: str
    personal: bool = False
    name: str = ""

    def masked(self, reason: str) -> "CellProblem":
        """Return the problem for a reader who may not see personal values."""
        return replace(self, value=MASK, reason=reason) if self.personal else self


@dataclass(frozen=True)
class ImportLine:
    """One line of the file and what becomes of it.

    `held` says what is not taken unless the person asks for it: cells that were changed after
    the export, or the whole line where it seems to be that of another row; `withheld` are such cells
    as what is stored and what the file says. `alike` are other names
    of the table that read as that of a new row, `namesakes` other rows with the same name, by uid ("" for
    one of the file) and by what tells them apart. `meant` are the rows behind the names it shows
    (`meanings`), `gives` and `takes` the names that its row gives up and those it takes from others.

    `since` says how the line came to be another one between the page and the saving, `cells` which
    columns of it can then be taken one by one; `settled` that other lines were saved then, so that
    nothing more becomes of this one.
    """

    sheet: str
    code: str
    row: int
    outcome: LineOutcome
    name: str = ""
    uid: str = ""
    changes: tuple[ImportedCell, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    held: tuple[CellProblem, ...] = ()
    withheld: tuple[ImportedCell, ...] = ()
    alike: tuple[str, ...] = ()
    namesakes: tuple[Namesake, ...] = ()
    meant: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    since: tuple[CellProblem, ...] = ()
    cells: tuple[str, ...] = ()
    settled: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ImportLine":
        """Return the entry that `to_json` wrote."""
        read: dict[str, Any] = {"outcome": LineOutcome(data["outcome"])}
        for name in ("changes", "withheld"):
            read[name] = tuple(ImportedCell(**cell) for cell in data.get(name, ()))
        for name in ("problems", "held", "since"):
            read[name] = tuple(CellProblem(**problem) for problem in data.get(name, ()))
        for name in ("alike", "meant", "gives", "takes", "cells"):
            read[name] = tuple(data.get(name, ()))
        read["namesakes"] = tuple((uid, label) for uid, label in data.get("namesakes", ()))
        return cls(**{**data, **read})

    @property
    def key(self) -> str:
        """Name the line among all of the file, for a form."""
        return f"{self.row}:{self.sheet}"

    @property
    def place(self) -> tuple[str, int]:
        return self.sheet, self.row

    @property
    def writes(self) -> bool:
        """Tell whether something of the line is to be saved, or was."""
        return self.outcome in WRITING

    @property
    def waits(self) -> bool:
        """Tell whether the line is not taken because it is no longer the one that was shown."""
        return bool(self.since) and self.held == self.since

    @property
    def label(self) -> str:
        return LABELS[self.outcome]

    @property
    def is_personal(self) -> bool:
        """Tell whether the entry shows a personal value."""
        shown = [c for c in (*self.changes, *self.withheld) if c.personal and (c.old or c.new)]
        said = (*self.problems, *self.held, *self.since)
        return bool(shown) or any(p.personal and p.value for p in said)

    def masked(self) -> "ImportLine":
        """Return the entry for a reader who may not see personal values."""
        changes = tuple(cell.masked() for cell in self.changes)
        withheld = tuple(cell.masked() for cell in self.withheld)
        problems = tuple(p.masked("この項目の値を取り込めません。") for p in self.problems)
        held = tuple(p.masked("この項目は、確かめるまで取り込みません。") for p in self.held)
        since = tuple(p.masked("この項目は、その間に変わりました。") for p in self.since)
        return replace(
            self, changes=changes, withheld=withheld, problems=problems, held=held, since=since
        )


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
class ImportOutcome:
    """All entries of a file, in its order, and what is said about its sheets.

    `log_at` is the number of the last entry of the operation log before the check of them began.
    """

    entries: list[ImportLine] = field(default_factory=list)
    sheets: list[SheetReport] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    has_personal: bool = False
    draft_count: int = 0
    log_at: int = 0

    def counts(self, *, settled: bool = False) -> dict[str, int]:
        """Return how many lines there are of each outcome, of those that are settled or of the others."""
        counted = Counter(entry.outcome for entry in self.entries if entry.settled is settled)
        return {outcome.value: counted.get(outcome, 0) for outcome in LineOutcome}

    def summary(self) -> dict[str, Any]:
        """Return all but the entries, as JSON; `asked` lines are refused only until they are marked."""
        refused = [each for each in self.entries if each.outcome is LineOutcome.REFUSED]
        asked = [each for each in refused if each.held and not each.settled]
        return {
            "counts": self.counts(),
            "settled": self.counts(settled=True),
            "held": sum(bool(entry.held) and not entry.settled for entry in self.entries),
            "asked": len(asked),
            "refused_only": self.counts()[LineOutcome.REFUSED.value] - len(asked),
            "waiting": sum(entry.waits and not entry.settled for entry in self.entries),
            "digest": digest_of(self.entries),
            "log_at": self.log_at,
            "sheets": [asdict(sheet) for sheet in self.sheets],
            "notes": self.notes,
            "has_personal": self.has_personal,
            "draft_count": self.draft_count,
        }


def place_of_key(key: str) -> tuple[str, int]:
    """Return the place of the line that a key names."""
    row, _, sheet = key.partition(":")
    return sheet, int(row)


def digest_of(entries: Iterable[ImportLine]) -> str:
    """Return what two lists of entries share only if they would write the same over the same."""
    total = hashlib.sha256()
    for entry in entries:
        total.update(json.dumps(entry.to_json(), sort_keys=True).encode())
    return total.hexdigest()


def written_entries(entries: Iterable[ImportLine]) -> bytes:
    """Return entries as lines of JSON, to be kept in a file."""
    lines = (json.dumps(entry.to_json(), ensure_ascii=False) + "\n" for entry in entries)
    return "".join(lines).encode()


def read_entries(lines: Iterable[bytes]) -> Iterable[ImportLine]:
    """Yield the entries that `written_entries` wrote."""
    return (ImportLine.from_json(json.loads(line)) for line in lines)

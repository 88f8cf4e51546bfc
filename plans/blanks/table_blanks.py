"""The blanks of one table as plain data, as they are listed now or were frozen at a submission."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class BlankRow:
    """One row with blanks: its place among the rows of an edition, its name without people.

    `listed` is its No., by which every list finds it; 0 where a former release did not keep it.
    """

    uid: str
    number: int
    name: str
    columns: tuple[tuple[str, str], ...]  # (name, label) of each blank
    listed: int = 0

    @property
    def said(self) -> str:
        """Return what the row is called beside the heading of its table."""
        place = f"No.{self.listed}" if self.listed else f"{self.number}行目"
        return f"{place}「{self.name}」" if self.name else place


@dataclass(frozen=True)
class Answer:
    """未調査: by whom the blanks are filled, and until when (ISO)."""

    until: str
    who: str
    note: str = ""

    @property
    def until_on(self) -> date:
        return date.fromisoformat(self.until)

    def is_overdue(self, today: date) -> bool:
        return self.until_on < today


@dataclass(frozen=True)
class TableBlanks:
    """What one table leaves open: no row at all, or cells that approval asks for."""

    code: str
    heading: str
    row_count: int
    rows: tuple[BlankRow, ...] = ()
    answer: Answer | None = None

    @property
    def is_empty(self) -> bool:
        return self.row_count == 0

    @property
    def cell_count(self) -> int:
        return sum(len(row.columns) for row in self.rows)

    @property
    def says(self) -> str:
        """Return in a word or two what is missing."""
        return "行がありません" if self.is_empty else f"空欄{self.cell_count}件"

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON data from which `from_json` makes equal blanks."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "TableBlanks":
        answer = data.get("answer")
        rows = tuple(
            BlankRow(
                row["uid"],
                row["number"],
                row["name"],
                tuple((n, lb) for n, lb in row["columns"]),
                row.get("listed", 0),
            )
            for row in data.get("rows", ())
        )
        return cls(
            data["code"],
            data["heading"],
            data["row_count"],
            rows,
            Answer(answer["until"], answer["who"], answer.get("note", "")) if answer else None,
        )


def blanks_in(head: Mapping[str, Any]) -> list[TableBlanks]:
    """Return the blanks that were frozen with a submission; none before the first release of it."""
    return [TableBlanks.from_json(data) for data in head.get("blanks", ())]

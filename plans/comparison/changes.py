"""What a comparison of two documents finds, as plain data that every form of the 新旧対照表 reads."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Literal


class Status(StrEnum):
    """What became of something; `MOVED` is said of what else stayed the same."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


STATUS_LABELS = {
    Status.SAME: "（略）",
    Status.CHANGED: "変更",
    Status.ADDED: "新設",
    Status.REMOVED: "削る",
    Status.MOVED: "移動",
}


@dataclass(frozen=True)
class Run:
    """Some characters in a row that are all marked as changed, or all not."""

    text: str
    changed: bool = False


Runs = tuple[Run, ...]


def text_of_runs(runs: Runs) -> str:
    """Return the text of which the runs are the marked pieces."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True)
class GridCell:
    """One cell in a row of a typed table: its marked text, over how many columns, whether it is a head."""

    runs: Runs = ()
    columns: int = 1
    is_head: bool = False


GridRow = tuple[GridCell, ...]


@dataclass(frozen=True)
class PassageChange:
    """A sentence, list item or row of a typed table; one that is the same is a whole stretch.

    A row of a typed table has its cells too; one that is the same is the head of the rows behind it.
    One that changed and stands elsewhere has `moved`.
    """

    status: Status
    old: Runs = ()
    new: Runs = ()
    cells_old: GridRow = ()
    cells_new: GridRow = ()
    moved: bool = False

    @property
    def is_table_row(self) -> bool:
        return bool(self.cells_old or self.cells_new)

    @property
    def old_text(self) -> str:
        return text_of_runs(self.old)

    @property
    def new_text(self) -> str:
        return text_of_runs(self.new)


@dataclass(frozen=True)
class CellChange:
    """One cell of a row that differs: the column's name and label, and the marked texts."""

    column: str
    label: str
    old: Runs = ()
    new: Runs = ()
    personal: bool = False

    @property
    def old_text(self) -> str:
        return text_of_runs(self.old)

    @property
    def new_text(self) -> str:
        return text_of_runs(self.new)


@dataclass(frozen=True)
class RowChange:
    """One row that was added, removed, changed or moved, found again by its uid.

    `label_old` and `label_new` name the row to a reader; positions count from 1, 0 is nowhere.
    A changed row that stands elsewhere too has `moved`.
    """

    uid: str
    status: Status
    label_old: str = ""
    label_new: str = ""
    position_old: int = 0
    position_new: int = 0
    moved: bool = False
    cells: tuple[CellChange, ...] = ()


@dataclass(frozen=True)
class ColumnChange:
    """A column that a table got or lost, or whose heading differs."""

    name: str
    status: Status
    old: Runs = ()
    new: Runs = ()


@dataclass(frozen=True)
class TableChange:
    """One table, found again by its code; rows that are the same are only counted."""

    code: str
    status: Status
    title_old: Runs = ()
    title_new: Runs = ()
    notes: tuple[PassageChange, ...] = ()
    columns: tuple[ColumnChange, ...] = ()
    rows: tuple[RowChange, ...] = ()
    same_rows: int = 0

    @property
    def changed_columns(self) -> frozenset[str]:
        """Return the names of all columns in which something differs."""
        cells = {cell.column for row in self.rows for cell in row.cells}
        return frozenset(cells | {column.name for column in self.columns})

    @property
    def title(self) -> str:
        """Return what the table is called now, or was called."""
        return text_of_runs(self.title_new or self.title_old)


@dataclass(frozen=True)
class Picture:
    """What a figure looks like: its drawing, or the SHA-256 of its file; and the same in words."""

    svg: str = ""
    sha256: str = ""
    words: str = ""


@dataclass(frozen=True)
class FigureChange:
    """A figure or picture: its name, what differs in its words, and how both sides look."""

    code: str
    status: Status
    title_old: str = ""
    title_new: str = ""
    passages: tuple[PassageChange, ...] = ()
    personal: bool = False
    picture_old: Picture | None = None
    picture_new: Picture | None = None

    @property
    def title(self) -> str:
        return self.title_new or self.title_old


Content = PassageChange | TableChange | FigureChange
PartKind = Literal["cover", "front", "chapter", "annex", "public", "colophon"]


@dataclass(frozen=True)
class PartChange:
    """A 章, 節, 様式, the cover, the last page or what is public: its heading, what stands under it, what is below.

    `status` says what became of this part itself; `touched` also asks the parts below it. Numbers
    are only for reading: they follow from the place and never make a change. `moved_from` is the
    heading below which a moved part stood before, empty when it stood below the same.
    """

    kind: PartKind
    anchor: str
    level: int
    status: Status
    number_old: str = ""
    number_new: str = ""
    title_old: Runs = ()
    title_new: Runs = ()
    moved: bool = False
    moved_from: str = ""
    contents: tuple[Content, ...] = ()
    children: tuple["PartChange", ...] = ()

    @property
    def heading_old(self) -> str:
        return f"{self.number_old} {text_of_runs(self.title_old)}".strip()

    @property
    def heading_new(self) -> str:
        return f"{self.number_new} {text_of_runs(self.title_new)}".strip()

    @property
    def heading(self) -> str:
        """Return what the part is called now, or was called."""
        return self.heading_old if self.status is Status.REMOVED else self.heading_new

    @property
    def texts(self) -> tuple[PassageChange, ...]:
        return tuple(item for item in self.contents if isinstance(item, PassageChange))

    @property
    def tables(self) -> tuple[TableChange, ...]:
        return tuple(item for item in self.contents if isinstance(item, TableChange))

    @property
    def figures(self) -> tuple[FigureChange, ...]:
        return tuple(item for item in self.contents if isinstance(item, FigureChange))

    @property
    def touched(self) -> bool:
        """Tell whether anything differs in this part or below it."""
        return self.status is not Status.SAME or any(child.touched for child in self.children)

    def walk(self) -> Iterator["PartChange"]:
        """Yield this part and all below it in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two documents, part by part; parts alike are listed too.

    `with_widths` says that ＩＣＴ and ICT count as two texts; where they do not, `hidden_widths` is
    in how many places nothing but the width differs. `otherwise_written` names the sections where
    the same words stand in another form.
    """

    parts: tuple[PartChange, ...] = ()
    with_widths: bool = False
    hidden_widths: int = 0
    otherwise_written: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether the two documents say the same."""
        return not any(part.touched for part in self.parts)

    def walk(self) -> Iterator[PartChange]:
        """Yield every part in printed order."""
        for part in self.parts:
            yield from part.walk()

    def changed_parts(self) -> Iterator[PartChange]:
        """Yield the parts that differ themselves, without those that only hold such parts."""
        return (part for part in self.walk() if part.status is not Status.SAME)

    @property
    def places(self) -> int:
        """Return in how many places something differs: headings, sentences, cells, rows, figures."""
        return sum(_places_of(part) for part in self.walk())

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return asdict(self)


def _places_of(part: PartChange) -> int:
    headings = (part.title_old, part.title_new)
    found = int(any(run.changed for runs in headings for run in runs))
    found += sum(passage.status is not Status.SAME for passage in part.texts)
    for figure in part.figures:
        found += max(1, len(figure.passages))
    for table in part.tables:
        found += any(run.changed for run in (*table.title_old, *table.title_new))
        found += len(table.notes) + len(table.columns)
        found += sum(max(1, len(row.cells)) for row in table.rows)
    return found

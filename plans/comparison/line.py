"""One line of the table in two columns that screen, PDF, Word and Excel draw."""

from dataclasses import dataclass, replace
from enum import StrEnum

from plans.comparison.changes import STATUS_LABELS, GridRow, Picture, Runs, Status
from plans.comparison.difference_marks import plain

OMITTED_TEXT = "（略）"
NEW_TEXT, GONE_TEXT, MOVED_TEXT, EMPTY_TEXT = "（新設）", "（削る）", "（移動）", "（空欄）"


class LineKind(StrEnum):
    """How a line looks; what it says is in its runs."""

    HEADING = "heading"
    TABLE = "table"
    FIGURE = "figure"
    PICTURE = "picture"
    TABLE_ROW = "table-row"
    TEXT = "text"
    ROW = "row"
    OMITTED = "omitted"


@dataclass(frozen=True)
class ComparisonLine:
    """Both texts side by side, and in a word what happened.

    `level` is the depth of a heading, from 1; `anchor` is where the list of changes leads. A row of
    a typed table has its cells beside its runs, a picture has what is seen and no runs.
    """

    kind: LineKind
    old: Runs
    new: Runs
    remark: str = ""
    level: int = 0
    anchor: str = ""
    cells_old: GridRow = ()
    cells_new: GridRow = ()
    picture_old: Picture | None = None
    picture_new: Picture | None = None


OMITTED = ComparisonLine(LineKind.OMITTED, plain(OMITTED_TEXT), plain(OMITTED_TEXT))


def line_of(
    kind: LineKind, status: Status, old: Runs, new: Runs, *, remark: str = "", level: int = 0
) -> ComparisonLine:
    """Return a line; where a side has nothing it says （新設）, （削る） or （移動）."""
    word = remark or STATUS_LABELS[status]
    if status is Status.ADDED:
        return ComparisonLine(kind, plain(NEW_TEXT), new, word, level)
    if status is Status.REMOVED:
        return ComparisonLine(kind, old, plain(GONE_TEXT), word, level)
    if status is Status.MOVED:
        return ComparisonLine(kind, old or plain(MOVED_TEXT), new or plain(MOVED_TEXT), word, level)
    return ComparisonLine(kind, old, new, "" if status is Status.SAME else word, level)


def one_sided(line: ComparisonLine, status: Status) -> ComparisonLine:
    """Return a line of something that is new or gone as a whole: its other side stays blank."""
    if status is Status.ADDED:
        return replace(line, old=(), cells_old=(), picture_old=None, remark="")
    return replace(line, new=(), cells_new=(), picture_new=None, remark="")

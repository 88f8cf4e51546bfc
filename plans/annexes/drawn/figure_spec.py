"""How a figure is declared: its code, the columns it shows, and which of them may be left out."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from bcp_portal.annex.sheet import Presentation
from bcp_portal.figures.figure import Figure
from bcp_portal.ui.errors import DomainError
from plans.annexes.drawn.figure_rows import Columns, FigureRows


@dataclass(frozen=True)
class FigurePart:
    """What of a figure may be chosen: a word for it, and the columns that are drawn only with it."""

    name: str
    label: str
    columns: Columns = field(default_factory=dict)


@dataclass(frozen=True)
class FigureSpec:
    """One kind of figure.

    `code` is its whole code, or the beginning of the codes of a family. `shows` are the columns it
    may read, by table: `draw` gets rows that know no other column, so what a figure says and what
    is public of it follow from this one declaration.
    """

    code: str
    shows: Columns
    draw: Callable[[FigureRows, str], Figure | None]
    parts: tuple[FigurePart, ...] = ()

    @property
    def is_family(self) -> bool:
        return self.code.endswith("-")

    def belongs(self, code: str) -> bool:
        """Tell whether a live block of this code is drawn by this declaration."""
        return code.startswith(self.code) if self.is_family else code == self.code

    def columns(self, parts: Collection[str] = ()) -> dict[str, frozenset[str]]:
        """Return the columns drawn when these parts are chosen, all when none is."""
        left_out = [part.columns for part in self.parts if parts and part.name not in parts]
        return {
            table: frozenset(columns) - {name for them in left_out for name in them.get(table, ())}
            for table, columns in self.shows.items()
        }

    def source(
        self, presentation: Presentation, *, include_personal: bool, parts: Collection[str] = ()
    ) -> FigureRows:
        """Return the rows that `draw` takes, for one reader and the parts that were chosen."""
        return FigureRows(
            self.columns(parts), self.shows, presentation, include_personal=include_personal
        )


class FigureEmptyError(DomainError):
    """A figure whose table has no row yet."""

    def __init__(self, title: str, where: str) -> None:
        super().__init__(
            f"「{title}」に載せるものがまだありません。{where}に登録すると、ここに図が入ります。"
        )

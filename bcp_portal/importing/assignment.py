"""One sheet that is taken: its table, its head, its columns, and what a person is told of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from bcp_portal.annex.kinds.looks import Dimension
from bcp_portal.importing.former_options import OptionMeanings, meanings_of
from bcp_portal.importing.heading import Head
from bcp_portal.importing.import_outcome import SheetReport
from bcp_portal.importing.measuring_units import is_bare_amount, money_unit_above, units_of
from bcp_portal.importing.odd_shapes import unread_marks
from bcp_portal.importing.sheet_remarks import remarks_on
from bcp_portal.importing.sources import SourceSheet, place_of
from bcp_portal.importing.tables_beside import NeighbourTable
from bcp_portal.importing.targets import ImportTarget


@dataclass(frozen=True)
class Export:
    """Since when what this program wrote into a file may have been changed by others.

    A `frozen` export is that of an edition: its values were old when it was written. An `undated`
    one lost when it was written.
    """

    since: datetime
    frozen: bool = False
    undated: bool = False

    @property
    def says_when(self) -> bool:
        """Tell whether it is known from when on changes may be missing in it."""
        return not (self.frozen or self.undated)


@dataclass(frozen=True)
class Assignment:
    """One sheet that is taken: its table, its head, and the column of the table each column is.

    `constants` are texts that every line gets in columns which the sheet does not have. In line
    `ends_before`, unless it is 0, another table begins. A sheet of ours has an `export`.
    `money_unit` is what a person said that amounts count whose unit is written nowhere. What
    stood `beside` the table as another one is in neither `source` nor `head`.
    """

    source: SourceSheet
    target: ImportTarget
    head: Head
    columns: Mapping[int, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    ends_before: int = 0
    export: Export | None = None
    money_unit: str = ""
    beside: tuple[NeighbourTable, ...] = ()

    @property
    def missing(self) -> list[str]:
        """Return the labels of columns that every new row must have and the sheet lacks."""
        held = {*self.columns.values(), *(name for name, text in self.constants.items() if text)}
        return [item.column.label for item in self.target.needed if item.name not in held]

    @property
    def units(self) -> dict[str, str]:
        """Return what the numbers of a column count, by its name, where the sheet says so."""
        kinds = {name: self.target.known[name].column.kind for name in self.columns.values()}
        labels = {name: self.head.labels.get(number, "") for number, name in self.columns.items()}
        above = money_unit_above(self.source, self.head.last_row)
        # What this program wrote counts what its columns count, whatever they are called.
        own = "千円" if self.head.names else ""
        return units_of(labels, kinds, above, self.money_unit or own)

    @cached_property
    def options(self) -> dict[str, OptionMeanings]:
        """Return what the sheet means by former labels of options, by the name of their column."""
        dated = self.export.since if self.export and self.export.says_when else None
        items = (self.target.items.get(name) for name in self.columns.values())
        found = {item.name: meanings_of(item, dated) for item in items if item}
        return {name: meanings for name, meanings in found.items() if meanings}

    @property
    def is_money_unclear(self) -> bool:
        """Tell whether the sheet holds amounts of which nothing says what they count."""
        known = self.target.known
        units = self.units
        unclear = [
            number
            for number, name in self.columns.items()
            if known[name].column.kind.dimension is Dimension.MONEY and name in self.target.items
            if name not in units
        ]
        below = (line for line in self.source.lines if line.number > self.head.last_row)
        return any(is_bare_amount(line.cell(number)) for line in below for number in unclear)

    def report(self) -> SheetReport:
        """Return what is said about the sheet."""
        labels = self.head.labels
        named = sorted(self.columns.items())
        known = self.target.known
        return SheetReport(
            name=self.source.name,
            code=self.target.code,
            heading=self.target.sheet.heading,
            head_row=self.head.last_row,
            exported=bool(self.head.names),
            empties=self.head.is_ours,
            columns=tuple(
                (place_of(number), labels.get(number, ""), known[name].column.label)
                for number, name in named
                if not self.target.why_ignored(name)
            ),
            unknown=tuple(
                (place_of(number), label)
                for number, label in sorted(labels.items())
                if number not in self.columns and number not in self._group_columns()
            ),
            ignored=tuple(
                (place_of(number), known[name].column.label, self.target.why_ignored(name))
                for number, name in named
                if self.target.why_ignored(name)
            ),
            remarks=tuple(self._remarks()),
        )

    def _remarks(self) -> Iterator[str]:
        yield from (each.remark for each in self.beside)
        if marks := unread_marks(self.source, self.head, self.columns):
            yield marks
        yield from remarks_on(self.source, self.head, self.columns)

    def _group_columns(self) -> set[int]:
        return {self.head.uid_column} if self.head.uid_column else set()

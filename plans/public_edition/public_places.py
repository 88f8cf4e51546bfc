"""Says what stands in a public document in a place that is meant to be public; pure.

Such a place is a cell of a column that is shown, in a row that is shown, a heading, the cover, a line
of the colophon that was chosen, a figure. What somebody types into the running text of a chapter is
what the leak check tests, so it is none.
"""

from collections.abc import Iterator

from bcp_portal.annex import registry
from bcp_portal.annex.kinds import MASK
from bcp_portal.annex.table import Table
from bcp_portal.spelling.letters import fold
from plans.document.document import Document
from plans.public_edition.hidden_addresses import Address, addresses_in, is_only_address
from plans.public_edition.hidden_numbers import NumberKey, number_keys
from plans.public_edition.hidden_values import Cell, HiddenValue, Weight
from plans.public_edition.public_texts import tables_of

_SHORTEST_PART = 4


class MeantPublic:
    """What is public by somebody's decision: cells by their place, values by their whole text."""

    def __init__(self, document: Document) -> None:
        self._cells: set[Cell] = set()
        self._values: set[str] = set()
        self._typed: set[str] = set()
        self._numbers: set[NumberKey] = set()
        self._addresses: set[Address] = set()
        self._made: list[str] = []
        self._values |= {fold(text) for text in _plain_values(document)}
        self._typed |= self._values
        for text in _where_to_turn_to(document):
            self._values.add(fold(text))
            self._typed.add(fold(text))
            self._addresses |= addresses_in(text)
            self._numbers |= number_keys(text)
        for table in tables_of(document):
            self._add_table(table)
        self._made_text = "\n".join(self._made)

    def is_public(self, value: HiddenValue, *, names_kept_row: bool = False) -> bool:
        """Tell whether a value is public already, so that another place reveals nothing new.

        A number is so only where a number is meant to stand: in its own cell, in a column of
        telephone numbers, in the colophon, or behind the department on the cover. A title is no such
        place: somebody typed it. The name of a row that is kept back is so only where it is typed
        itself: that the cell of another row names it was not decided by anybody.
        """
        if value.cell.uid and value.cell in self._cells:
            return True
        if names_kept_row:
            return value.folded in self._typed
        if value.numbers:
            return value.numbers <= self._numbers
        if value.folded in self._values:
            return True
        if is_only_address(value.text) and value.addresses <= self._addresses:
            return True
        return (
            value.weight is not Weight.PERSONAL
            and len(value.folded) >= _SHORTEST_PART
            and value.folded in self._made_text
        )

    def _add_table(self, table: Table) -> None:
        made = registry.spec(table.code) is None
        for row in table.rows:
            for column in table.columns:
                text = table.text(row, column)
                if not text or text == MASK:
                    continue
                self._cells.add(Cell(table.code, row.uid, column.name))
                self._values.add(fold(text))
                if not made and not column.kind.names_rows:
                    self._typed.add(fold(text))
                self._addresses |= addresses_in(text)
                if column.kind.is_telephone:
                    self._numbers |= number_keys(text)
                if made:
                    self._made.append(fold(text))


def _where_to_turn_to(document: Document) -> Iterator[str]:
    """Yield where numbers and addresses are meant to stand outside of tables."""
    yield document.cover.department
    for _, value in document.colophon:
        yield value
        yield from value.split("\n")


def _plain_values(document: Document) -> Iterator[str]:
    cover = document.cover
    yield from (cover.municipality, cover.title, cover.edition, cover.date_text)
    yield from (label for label, _ in document.colophon)
    for section in document.sections():
        yield section.title
        for figure in section.figures:
            yield from (line.strip() for line in figure.alternative_text.split("\n"))
    for part in document.annexes:
        yield part.heading
        yield part.heading.partition(" ")[2]

"""Makes the rows that stand in for those a file adds, while nothing of it is saved."""

from typing import Any

from bcp_portal.importing.data_lines import DataLine
from bcp_portal.importing.lazy_rows import leave_unread
from bcp_portal.importing.line_form import LineForms

Place = tuple[str, int]
"""The name of a sheet and the number of a line."""


class StandIns:
    """The rows that lines of a file would add, by their places; each says what its line says.

    A stand-in has a negative key, so that nothing in the database is ever taken for it.
    """

    def __init__(self) -> None:
        self._rows: dict[Place, Any] = {}
        self._places: dict[int, Place] = {}
        self._uids: dict[Place, Any] = {}

    def of(self, place: Place, forms: LineForms, line: DataLine, row_no: int) -> Any:
        """Return the row that stands in for a line, the same one every time."""
        if place not in self._rows:
            self._rows[place] = row = self.blank(place, forms)
            row.pk, row.pending, row.row_no = -len(self._rows), {}, row_no
            self._places[row.pk] = place
            filled = [item for item in _typed(forms) if line.cells.get(item.name) is not None]
            leave_unread(row, filled, lambda item: forms.value(line, item))
        return self._rows[place]

    def made(self, place: Place) -> Any:
        """Return the row that stands in for a line if somebody asked for it, else None."""
        return self._rows.get(place)

    def place_of(self, row: Any) -> Place:
        """Return the place of the line that a row stands in for."""
        return self._places[row.pk]

    def blank(self, place: Place, forms: LineForms) -> Any:
        """Return a new row; all that are made for one line are one row to the rules."""
        sheet = forms.target.sheet
        row = sheet.spec.model(municipality=sheet.municipality)
        row.uid = self._uids.setdefault(place, row.uid)
        return row


def is_standin(row: Any) -> bool:
    return row is not None and row.pk is not None and row.pk < 0


def _typed(forms: LineForms) -> list[Any]:
    """Return the columns of the sheet that this person may type."""
    return [forms.target.items[name] for name in forms.letters if name in forms.target.items]

"""Divides a form to be filled in by hand into sheets: what each line needs is counted beforehand.

A sheet number of the kind 「2／5」 needs the number of sheets before the first is set, and the last
sheet is filled up with empty lines, so lines are measured here and not by the engine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bcp_portal.figures.wrapping import width_of, wrap

PT_MM = 25.4 / 72
# As static/css/blank_forms.css sets them.
SIZE_PT, LINE_HEIGHT = 8.0, 1.35
_LINE_MM = SIZE_PT * PT_MM * LINE_HEIGHT
_PADDING_MM, _SIDE_PADDING_MM = 2.0, 2.4
WIDTH_MM = 277.0
ROOM_MM = 139.0
_MOST_LINES = int((ROOM_MM - _PADDING_MM) / _LINE_MM)


@dataclass(frozen=True)
class BlankColumn:
    """One column: printed texts are `given`, the rest is room to write with perhaps a faint hint.

    `boxes` are printed in every line, also in empty ones.
    """

    label: str
    width_mm: float
    given: bool = False
    boxes: tuple[str, ...] = ()
    hint: str = ""

    @property
    def columns(self) -> int:
        """Return how many half-width characters stand in a line."""
        return int((self.width_mm - _SIDE_PADDING_MM) / (SIZE_PT * PT_MM / 2))


@dataclass(frozen=True)
class BlankForm:
    """A form as it is asked for: head, columns, given lines, and how much room there shall be.

    `lines` hold the texts of the given columns in order. `least_sheets` counts whole sheets and
    `extra_sheets` those added behind the given lines.
    """

    anchor: str
    title: str
    municipality: str
    fields: tuple[tuple[str, str, int], ...]
    columns: tuple[BlankColumn, ...]
    lines: tuple[tuple[str, ...], ...] = ()
    advice: tuple[str, ...] = ()
    row_height_mm: float = 12.0
    least_sheets: int = 1
    extra_sheets: int = 0


@dataclass(frozen=True)
class BlankCell:
    """The printed lines of one cell; `kind` is given, boxes or write."""

    kind: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class BlankFormLine:
    """One line of a sheet."""

    number: str
    cells: tuple[BlankCell, ...]
    height_mm: float


@dataclass
class BlankSheet:
    """What stands on one piece of paper."""

    rows: list[BlankFormLine] = field(default_factory=list)

    @property
    def left_mm(self) -> float:
        return ROOM_MM - sum(row.height_mm for row in self.rows)


def sheets_of(form: BlankForm) -> list[BlankSheet]:
    """Return the sheets of the form, the last ones filled up with empty lines, numbered through."""
    sheets = [BlankSheet()]
    for number, texts in enumerate(form.lines, start=1):
        for row in _rows(form, str(number), texts):
            if row.height_mm > sheets[-1].left_mm:
                sheets.append(BlankSheet())
            sheets[-1].rows.append(row)
    wanted = max(form.least_sheets, len(sheets)) + form.extra_sheets
    sheets += [BlankSheet() for _ in range(wanted - len(sheets))]
    _fill_up(form, sheets)
    return [_stretched(sheet) for sheet in sheets]


def _fill_up(form: BlankForm, sheets: Sequence[BlankSheet]) -> None:
    number = len(form.lines)
    last_given = max((at for at, sheet in enumerate(sheets) if sheet.rows), default=0)
    for sheet in sheets[last_given:]:
        while form.row_height_mm <= sheet.left_mm:
            number += 1
            sheet.rows.append(next(_rows(form, str(number), ())))


def _stretched(sheet: BlankSheet) -> BlankSheet:
    """Return the sheet with its lines made higher until it is full."""
    more = sheet.left_mm / len(sheet.rows)
    return BlankSheet([replace(row, height_mm=row.height_mm + more) for row in sheet.rows])


def _rows(form: BlankForm, number: str, texts: Sequence[str]) -> Iterator[BlankFormLine]:
    """Yield the line; a text longer than a sheet goes on in a further line."""
    waiting = list(texts)
    cells = [_cell(column, waiting) for column in form.columns]
    longest = max(len(cell.lines) for cell in cells)
    for start in range(0, max(longest, 1), _MOST_LINES):
        part = tuple(
            BlankCell(cell.kind, cell.lines[start : start + _MOST_LINES]) for cell in cells
        )
        lines = max(len(cell.lines) for cell in part)
        height = max(form.row_height_mm, lines * _LINE_MM + _PADDING_MM)
        yield BlankFormLine(number if start == 0 else "", part, height)


def _cell(column: BlankColumn, waiting: list[str]) -> BlankCell:
    if column.given:
        text = waiting.pop(0) if waiting else ""
        return BlankCell("given", wrap(text, column.columns) if text else ())
    if column.boxes:
        return BlankCell("boxes", tuple(_side_by_side(column)))
    return BlankCell("write", (column.hint,) if column.hint else ())


def _side_by_side(column: BlankColumn) -> Iterator[str]:
    """Yield the boxes, as many in a line as there is room for."""
    together = ""
    for box in column.boxes:
        longer = f"{together} {box}" if together else box
        if together and width_of(longer) > column.columns:
            yield together
            longer = box
        together = longer
    yield together

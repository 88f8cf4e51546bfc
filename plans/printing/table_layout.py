"""Decides how a table fits on paper: which sheet, which size of type, and in how many bands.

Only what the columns declare decides, never the content of a cell: otherwise one changed cell
would set the whole table anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column, Table
from plans.printing.geometry import PageFormat
from plans.printing.row_layout import Band

# What kinds of cells need is counted in em, the width of one kanji.
_COMFORT = 1.3
# A column may be set narrower than it needs where the shares say so, but not below this part.
_LEAST = 0.62
_CELL_PADDING_PT = 5.5
_BAND_EASE = 1.15
# How finely the narrowest bands are looked for that are no more in number.
_EVENING_STEPS = 20
LARGE, MIDDLE, SMALL = 8.5, 7.5, 7.0
# In which order type and space are given up; the smallest type is set without spare space.
_SIZES = ((LARGE, True), (MIDDLE, True), (SMALL, False))

ROW_NUMBER = Column("printed-row-number", "No.", Kind.INTEGER, width=1)
_ROW_NAME = Column("printed-row-name", "", Kind.LONG_TEXT, width=14)


@dataclass(frozen=True)
class TableLayout:
    """The sheet and type a table is set in; a band is a run of columns that fits the measure.

    `below` holds for each band the columns that are printed under its rows.
    """

    sheet: PageFormat
    size_pt: float
    bands: tuple[tuple[Column, ...], ...]
    below: tuple[tuple[Column, ...], ...] = ()

    @property
    def css_class(self) -> str:
        return f"size-{str(self.size_pt).replace('.', '-')}"

    def percents(self, band: Sequence[Column]) -> list[str]:
        """Return the width of each column of a band; they sum to exactly 100."""
        return _exact_percents(self._widths_pt(band))

    def setting(self, number: int) -> Band:
        """Return what decides how the rows of one band are set, numbered from 0."""
        band = self.bands[number]
        widths = ((width - _CELL_PADDING_PT) / self.size_pt for width in self._widths_pt(band))
        return Band(band, tuple(widths), self.below[number] if self.below else ())

    def _widths_pt(self, band: Sequence[Column]) -> list[float]:
        least = [_least_em(column) * self.size_pt + _CELL_PADDING_PT for column in band]
        return _shared(self.sheet.measure, band, least)


def lay_out(table: Table, usual: PageFormat) -> TableLayout:
    """Return the largest type in which an annex can be read, on its usual sheet if it fits.

    A table that is too wide for any sheet is cut into bands that repeat its first columns.
    """
    columns = _in_cells(table.columns)
    if not table.landscape and _fits(columns, usual, LARGE, comfort=True):
        return _with_below(TableLayout(usual, LARGE, (columns,)), table.columns)
    return _with_below(_turned(columns, usual.lying), table.columns)


def fitted(table: Table, usual: PageFormat) -> tuple[Table, TableLayout]:
    """Return the table as it is printed, and its layout.

    A table in bands gets row numbers when it has none: they say which rows belong together. And
    where several columns say together which row it is, each band tells it in one cell.
    """
    layout = lay_out(table, usual)
    if len(layout.bands) == 1:
        return table, layout
    named = _with_row_names(table)
    if table.columns[0].kind.numbers_rows:
        return named, layout
    numbered = _with_row_numbers(named)
    return numbered, lay_out(numbered, usual)


def _with_row_numbers(table: Table) -> Table:
    rows = (
        replace(row, cells={**row.cells, ROW_NUMBER.name: number})
        for number, row in enumerate(table.rows, start=1)
    )
    return replace(table, columns=(ROW_NUMBER, *table.columns), rows=tuple(rows))


def _with_row_names(table: Table) -> Table:
    names = row_names(table)
    if not names:
        return table
    rows = (
        replace(row, cells={**row.cells, _ROW_NAME.name: name})
        for row, name in zip(table.rows, names, strict=True)
    )
    return replace(table, rows=tuple(rows))


def row_names(table: Table) -> list[str]:
    """Return what each row is called in a further band; nothing where one column says it."""
    naming = _naming_columns(table.columns)
    if len(naming) < 2:
        return []
    return [" ".join(filter(None, texts)) for texts in replace(table, columns=naming).texts()]


def row_name_label(columns: Sequence[Column]) -> str:
    """Return the head of the names of rows, said by these columns together."""
    labels = (column.label.split("（")[0] for column in _naming_columns(columns))
    return "・".join(dict.fromkeys(labels))


def lay_out_in_text(table: Table, upright: PageFormat) -> TableLayout:
    """Return smaller type rather than another sheet: turning the page breaks up a chapter.

    What the annex as a whole declares does not count here: a chapter shows few of its columns.
    """
    columns = _in_cells(table.columns)
    for size, comfort in _SIZES:
        if _fits(columns, upright, size, comfort=comfort):
            return _with_below(TableLayout(upright, size, (columns,)), table.columns)
    return _with_below(_turned(columns, upright.lying), table.columns)


def _in_cells(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return the columns that stand beside each other; a table needs at least one."""
    return tuple(column for column in columns if not column.below) or columns


def _with_below(layout: TableLayout, columns: Sequence[Column]) -> TableLayout:
    """Give each band what stands below its rows: what follows one of its columns in the table."""
    below: list[list[Column]] = [[] for _ in layout.bands]
    at = 0
    for column in columns:
        home = next((n for n, band in enumerate(layout.bands) if column in band), None)
        if home is None:
            below[at].append(column)
        else:
            at = home
    return replace(layout, below=tuple(map(tuple, below)))


def _turned(columns: tuple[Column, ...], lying: PageFormat) -> TableLayout:
    for size, comfort in _SIZES:
        if _fits(columns, lying, size, comfort=comfort):
            return TableLayout(lying, size, (columns,))
    return TableLayout(lying, MIDDLE, _bands(columns, lying.measure))


def _need_em(column: Column) -> float:
    look = column.kind.printed
    if look.by_labels is None:
        return look.need
    least, greatest = look.by_labels
    longest = max((len(label) for _, label in column.choices), default=4)
    return float(min(max(longest, least), greatest))


def _comfort_em(column: Column) -> float:
    need = _need_em(column)
    return need * _COMFORT if column.kind.printed.takes_spare else need


def _least_em(column: Column) -> float:
    return max(_need_em(column) * _LEAST, column.kind.printed.unbroken)


def _shared(measure: float, columns: Sequence[Column], least: Sequence[float]) -> list[float]:
    """Return widths in the declared shares, none below its least width."""
    shares = [max(column.width, 1) for column in columns]
    free = set(range(len(columns)))
    while True:
        rest = measure - sum(least[i] for i in range(len(columns)) if i not in free)
        unit = rest / sum(shares[i] for i in free)
        too_narrow = {i for i in free if shares[i] * unit < least[i]}
        if not too_narrow or too_narrow == free:
            return [shares[i] * unit if i in free else least[i] for i in range(len(columns))]
        free -= too_narrow


def _fits(columns: Sequence[Column], sheet: PageFormat, size_pt: float, *, comfort: bool) -> bool:
    wish = _comfort_em if comfort else _need_em
    points = sum(wish(column) * size_pt + _CELL_PADDING_PT for column in columns)
    return points <= sheet.measure


def _band_points(columns: Sequence[Column]) -> float:
    return sum(_need_em(column) * MIDDLE * _BAND_EASE + _CELL_PADDING_PT for column in columns)


def _key_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return what identifies a row: the first column, and the second when the first is a number."""
    return tuple(columns[: 2 if columns[0].kind.numbers_rows else 1])


def _naming_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    return tuple(column for column in columns if column.names_row)


def _repeated(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return what each further band begins with: the keys, or the number and one cell of names."""
    naming = _naming_columns(columns)
    if len(naming) < 2:
        return _key_columns(columns)
    name = replace(_ROW_NAME, label=row_name_label(columns))
    return (*(column for column in columns[:1] if column.kind.numbers_rows), name)


def _bands(columns: Sequence[Column], measure: float) -> tuple[tuple[Column, ...], ...]:
    keys, repeated = _key_columns(columns), _repeated(columns)
    room = measure - max(_band_points(keys), _band_points(repeated))
    units = list(_units(columns[len(keys) :], room))
    count = len(_fill(units, room))
    evenly = sum(_band_points(unit) for unit in units) / count
    limits = (evenly + (room - evenly) * step / _EVENING_STEPS for step in range(_EVENING_STEPS))
    even = next((f for f in (_fill(units, limit) for limit in limits) if len(f) == count), None)
    first, *others = even or _fill(units, room)
    return ((*keys, *first), *((*repeated, *band) for band in others))


def _units(columns: Sequence[Column], room: float) -> Iterator[tuple[Column, ...]]:
    """Yield columns under one merged head together, where they fit in a band at all."""
    for group, members in groupby(columns, key=lambda column: column.group):
        unit = tuple(members)
        if group and _band_points(unit) <= room:
            yield unit
        else:
            yield from ((column,) for column in unit)


def _fill(units: Sequence[tuple[Column, ...]], room: float) -> list[tuple[Column, ...]]:
    bands: list[tuple[Column, ...]] = [()]
    for unit in units:
        if bands[-1] and _band_points((*bands[-1], *unit)) > room:
            bands.append(())
        bands[-1] += unit
    return bands


def _exact_percents(widths: Sequence[float]) -> list[str]:
    """Return the shares in hundredths of a percent, rounded so that nothing is lost or added."""
    total = sum(widths)
    exact = [10_000 * width / total for width in widths]
    parts = [int(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: parts[i] - exact[i])
    for i in by_remainder[: 10_000 - sum(parts)]:
        parts[i] += 1
    return [f"{part // 100}.{part % 100:02d}" for part in parts]

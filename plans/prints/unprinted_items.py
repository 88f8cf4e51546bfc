"""Lists what is no part of the book, with the reason: columns, whole tables, and what a plan leaves out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import is_blank
from bcp_portal.annex.sheet import COMMON_COLUMNS, Item, Presentation, Sheet
from bcp_portal.annex.spec import UNPRINTED_REASONS, Unprinted
from bcp_portal.annex.table_builder import cells_of, rows_of
from plans.chapters.models.plan import Plan
from plans.chapters.queries import load_outline
from plans.text.live_blocks import LiveBlock, split_body
from plans.working_copy.builder import printed_annexes
from plans.working_copy.shown_tables import tables_shown_in

EVERY_TABLE = "すべての表"
_PRINTED_STATES = (RowStatus.ACTIVE.value,)


@dataclass(frozen=True)
class HiddenColumn:
    """A column this municipality does not use, and in how many printed rows it is filled."""

    code: str
    heading: str
    label: str
    filled_rows: int


@dataclass(frozen=True)
class UnprintedColumns:
    """The columns of one table that one reason keeps out of the book."""

    heading: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Because:
    """A reason, and what it keeps out of the book."""

    reason: str
    columns: tuple[UnprintedColumns, ...] = ()
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class PrintedWithin:
    """A column whose value stands in the cell of another one."""

    heading: str
    label: str
    within: str


@dataclass(frozen=True)
class NotPlaced:
    """A table with rows that no chapter shows, or the filled columns of it that none shows."""

    code: str
    heading: str
    rows: int
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnprintedItems:
    """What the page 「印刷されない項目」 says."""

    hidden: tuple[HiddenColumn, ...]
    because: tuple[Because, ...]
    within: tuple[PrintedWithin, ...]
    annexes: tuple[str, ...]
    not_placed: tuple[NotPlaced, ...]
    otherwise_placed: tuple[NotPlaced, ...]


def unprinted_items(plan: Plan, presentation: Presentation) -> UnprintedItems:
    """Return what is not printed of the plan as it is now.

    Queries grow with hidden columns, and with what the chapters show.
    """
    sheets = [Sheet(spec, presentation) for spec in registry.specs()]
    printed = [sheet for sheet in sheets if sheet.spec.printed]
    not_placed = tuple(_not_placed(plan, printed))
    shown = tables_shown_in(plan.municipality)
    return UnprintedItems(
        hidden=tuple(_hidden(printed)),
        because=tuple(_because(sheets)),
        within=tuple(_within(printed)),
        annexes=tuple(_left_out_annexes(plan, presentation)),
        not_placed=tuple(each for each in not_placed if each.labels or each.code not in shown),
        otherwise_placed=tuple(
            each for each in not_placed if not each.labels and each.code in shown
        ),
    )


def _hidden(sheets: Iterable[Sheet]) -> Iterator[HiddenColumn]:
    for sheet in sheets:
        items = [item for item in sheet.all_items if item.hidden]
        if not items:
            continue
        cells = cells_of(items, list(rows_of(sheet, _PRINTED_STATES)))
        for item in items:
            filled = sum(_says_something(item, row[item.name]) for row in cells)
            yield HiddenColumn(sheet.spec.code, sheet.heading, item.column.label, filled)


def _says_something(item: Item, value: object) -> bool:
    return not is_blank(value) and not (item.column.below and value is False)


def _because(sheets: Iterable[Sheet]) -> Iterator[Because]:
    common = {column.name for column in COMMON_COLUMNS}
    columns: dict[Unprinted, list[UnprintedColumns]] = {}
    tables: dict[Unprinted, list[str]] = {}
    for sheet in sheets:
        if sheet.spec.unprinted:
            tables.setdefault(sheet.spec.unprinted, []).append(sheet.heading)
            continue
        labels: dict[Unprinted, list[str]] = {}
        for item in sheet.items:
            if item.spec.unprinted and item.name not in common:
                labels.setdefault(item.spec.unprinted, []).append(item.column.label)
        for reason, them in labels.items():
            columns.setdefault(reason, []).append(UnprintedColumns(sheet.heading, tuple(them)))
    for reason, everywhere in _common_columns(sheets).items():
        columns.setdefault(reason, []).insert(0, UnprintedColumns(EVERY_TABLE, everywhere))
    for reason, text in UNPRINTED_REASONS.items():
        if reason in columns or reason in tables:
            yield Because(text, tuple(columns.get(reason, ())), tuple(tables.get(reason, ())))


def _common_columns(sheets: Iterable[Sheet]) -> dict[Unprinted, tuple[str, ...]]:
    """Return the columns that every row has, as the program calls them."""
    names = [column.name for column in COMMON_COLUMNS]
    found: dict[Unprinted, tuple[str, ...]] = {}
    for item in next(iter(sheets)).all_items:
        if item.name in names and item.spec.unprinted:
            reason = item.spec.unprinted
            found[reason] = (*found.get(reason, ()), item.shipped_label)
    return found


def _within(sheets: Iterable[Sheet]) -> Iterator[PrintedWithin]:
    for sheet in sheets:
        for item in sheet.items:
            home = sheet.item(item.spec.within) if item.spec.within else None
            if home:
                yield PrintedWithin(sheet.heading, item.column.label, home.column.label)


def _left_out_annexes(plan: Plan, presentation: Presentation) -> Iterator[str]:
    printed = {annex.number for annex in printed_annexes(plan)}
    for annex in registry.annexes():
        setting = presentation.annexes.get(str(annex.number))
        if annex.number not in printed or (setting and setting.by_reference):
            yield f"様式{annex.number} {presentation.annex_title(annex.number)}"


def _not_placed(plan: Plan, sheets: Iterable[Sheet]) -> Iterator[NotPlaced]:
    """Yield what is filled of tables that belong to no 様式, and stands in no chapter."""
    blocks = _blocks(plan)
    for sheet in sheets:
        if sheet.spec.number is not None:
            continue
        mine = [block for block in blocks if block.code == sheet.spec.code]
        rows = rows_of(sheet, _PRINTED_STATES)
        if not mine:
            if count := rows.count():
                yield NotPlaced(sheet.spec.code, sheet.heading, count)
            continue
        shown = {name for block in mine for name in block.columns}
        items = [item for item in sheet.items if item.spec.in_print and item.name not in shown]
        if items and all(block.columns for block in mine):
            cells = cells_of(items, list(rows))
            filled = [i for i in items if any(_says_something(i, row[i.name]) for row in cells)]
            if filled:
                labels = tuple(item.column.label for item in filled)
                yield NotPlaced(sheet.spec.code, sheet.heading, len(cells), labels)


def _blocks(plan: Plan) -> list[LiveBlock]:
    return [
        part
        for node in load_outline(plan).walk()
        for part in split_body(node.chapter.body)
        if isinstance(part, LiveBlock)
    ]

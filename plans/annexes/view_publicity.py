"""What the public edition does with the columns of a view: never more than with what they say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bcp_portal.annex import registry
from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.kinds import is_blank
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import PUBLIC_LABELS, Column, Public, Table

STRICTEST = (Public.HIDE, Public.MASK, Public.SHOW)


@dataclass(frozen=True)
class Closed:
    """A column of a table by which a column of a view is kept back."""

    table: str
    column: str
    public: Public


def published(view: DerivedTable, table: Table, presentation: Presentation) -> Table:
    """Return the view with what is settled about its columns and about those they come from."""
    columns = []
    for column in table.columns:
        own = presentation.public(table.code, column.name, column.public)
        kept = [own, *(closed.public for closed in closing(view, column.name, own, presentation))]
        if view.sources_of(column.name) is None:
            kept.append(Public.HIDE)
        columns.append(replace(column, public=min(kept, key=STRICTEST.index)))
    return replace(table, columns=tuple(columns))


def closing(
    view: DerivedTable, column: str, own: Public, presentation: Presentation
) -> Iterator[Closed]:
    """Yield the columns that keep a column of a view from being `own`.

    One that says nothing in any row keeps nothing back (a query each, only for those that would).
    """
    for code, name in view.sources_of(column) or ():
        public = presentation.public_of(code, name)
        if STRICTEST.index(public) < STRICTEST.index(own) and _says_something(code, name):
            yield Closed(code, name, public)


def closing_notes(
    view: DerivedTable, columns: Iterable[Column], presentation: Presentation
) -> dict[str, str]:
    """Return by column why it is shown less than was chosen (Japanese)."""
    notes = {}
    for column in columns:
        closed = list(closing(view, column.name, column.public, presentation))
        if closed:
            named = "、".join(_named(each, presentation) for each in closed)
            kept = min((each.public for each in closed), key=STRICTEST.index)
            done = "載せません" if kept is Public.HIDE else "伏せます"
            notes[column.name] = f"元の項目（{named}）に合わせて、この項目は{done}。"
    return notes


def _named(closed: Closed, presentation: Presentation) -> str:
    spec = registry.spec(closed.table)
    if spec is None:
        return closed.table
    sheet = Sheet(spec, presentation)
    item = next(each for each in sheet.all_items if each.name == closed.column)
    return f"{sheet.heading}の「{item.column.label}」：{PUBLIC_LABELS[closed.public]}"


def _says_something(code: str, name: str) -> bool:
    spec = registry.spec(code)
    if spec is None:
        return True
    counted = spec.model.objects.filter(row_status__in=counted_statuses())
    return any(not is_blank(value) for value in counted.values_list(name, flat=True))

"""Says which rows count while something is shown or made: an edition holds no row marked 作成中.

One rule for all that is read from rows (tables, views, figures, computed columns, cards): screens
and working prints count 有効 and 作成中, and mark the latter; whatever is issued, submitted,
compared as 版 or read by strangers counts 有効 alone, as `as_in_edition` says.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bcp_portal.accounts.rows import Row, RowStatus

WORKING: tuple[str, ...] = (RowStatus.ACTIVE.value, RowStatus.DRAFT.value)
IN_EDITION: tuple[str, ...] = (RowStatus.ACTIVE.value,)

_counted: ContextVar[tuple[str, ...]] = ContextVar("counted_rows", default=WORKING)


def counted_statuses() -> tuple[str, ...]:
    """Return the states of the rows that count here and now."""
    return _counted.get()


def is_counted(row: Row) -> bool:
    """Tell whether a row counts here and now."""
    return row.row_status in _counted.get()


@contextmanager
def as_in_edition(in_edition: bool = True) -> Iterator[None]:
    """Count within the block only what an edition holds, or with False also rows marked 作成中."""
    token = _counted.set(IN_EDITION if in_edition else WORKING)
    try:
        yield
    finally:
        _counted.reset(token)

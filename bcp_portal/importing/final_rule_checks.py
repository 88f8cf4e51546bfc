"""Asks the rules of saved rows once more, when all that a file brings is there.

While a file is checked, its lines are judged beside what is stored. What several lines do together,
such as two departments that are put under each other, only shows when all of them are saved.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from bcp_portal.annex.batch import checking_many
from bcp_portal.annex.named_rows import attach_named
from bcp_portal.annex.row_changes import stored_items
from bcp_portal.importing import garbage_collection
from bcp_portal.importing.check_result import Write
from bcp_portal.importing.import_outcome import CellProblem

_ROWS_AT_ONCE = 500


def problems_after(
    writes: Sequence[Write], on_judged: Callable[[int], None]
) -> dict[int, list[CellProblem]]:
    """Return what is wrong with rows that were just saved, by their entries in the plan."""
    found: dict[int, list[CellProblem]] = {}
    with checking_many(), garbage_collection.looked_for_seldom():
        for done, (write, row) in enumerate(_saved_rows(writes), start=1):
            # Nothing is typed: the row as it is stored is all there is to judge.
            form = write.forms.form(row, {})
            if not form.is_valid():
                found[write.place] = write.forms.problems(write.line, form)
            if done % _ROWS_AT_ONCE == 0:
                on_judged(done)
    on_judged(len(writes))
    return found


def _saved_rows(writes: Iterable[Write]) -> Iterator[tuple[Write, Any]]:
    """Yield each write with its row as it is stored now, and what that names as it is now."""
    for _, of_table in groupby(writes, key=lambda write: write.target_code):
        for batch in _batches(list(of_table)):
            sheet = batch[0].forms.target.sheet
            rows = list(
                sheet.spec.model.objects.filter(pk__in=[write.form.row.pk for write in batch])
            )
            attach_named(rows, stored_items(sheet))
            by_key = {row.pk: row for row in rows}
            yield from ((write, by_key[write.form.row.pk]) for write in batch)


def _batches(writes: Sequence[Write]) -> Iterator[Sequence[Write]]:
    return (writes[at : at + _ROWS_AT_ONCE] for at in range(0, len(writes), _ROWS_AT_ONCE))

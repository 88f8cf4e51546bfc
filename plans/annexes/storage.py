"""Declares where copies of the plan are kept (C-18)."""

from collections.abc import Iterator

from bcp_portal.annex.spec import AnnexSpec, Need, Problem, col
from plans.models import StorageCopy
from plans.row_dates import not_before


def confirmed_after_placing(row: StorageCopy) -> Iterator[Problem]:
    """A copy can be looked at once it is there."""
    yield from not_before(row, "confirmed_on", "placed_on")


COPIES = AnnexSpec(
    code="c-18",
    title="計画の保管",
    model=StorageCopy,
    columns=(
        col("edition", 7),
        col("medium", 12),
        col("place_or_person", 24),
        col("placed_on", 9, need=Need.APPROVAL),
        col("confirmed_on", 9, need=Need.APPROVAL, inferred=True),
        col("old_removed", 7, need=Need.APPROVAL, inferred=True),
    ),
    natural_key=("edition", "medium", "place_or_person"),
    rules=(confirmed_after_placing,),
    purpose="システムが止まっていても計画を読めるように、どこに何版を置いたかを残します。",
)

TABLES = (COPIES,)

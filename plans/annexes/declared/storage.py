"""Declares where copies of the plan are kept (C-18)."""

from bcp_portal.annex.spec import AnnexSpec, Need, col
from plans.annexes.models.storage import StorageCopy
from systems.rules.row import NotBefore

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
    rules=(NotBefore("placed_on", "confirmed_on"),),
    purpose="システムが止まっていても計画を読めるように、どこに何版を置いたかを残します。",
)

TABLES = (COPIES,)

"""Counts the rows that are 作成中, table by table: what an edition issued now would not hold."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import CharField, Count, Value
from django.db.models.functions import Cast

from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Presentation, Sheet


def draft_counts(codes: Collection[str] | None = None) -> dict[str, int]:
    """Return how many rows of each table are 作成中, without tables that have none; one query.

    Only of these tables, else of all; in the order of the registry.
    """
    specs = [spec for spec in registry.specs() if codes is None or spec.code in codes]
    found = [
        spec.model.objects.filter(row_status=RowStatus.DRAFT)
        .order_by()
        .values(code=Cast(Value(spec.code), CharField()))
        .annotate(count=Count("pk"))
        for spec in specs
    ]
    if not found:
        return {}
    counted = found[0].union(*found[1:], all=True) if found[1:] else found[0]
    counts = {row["code"]: row["count"] for row in counted}
    return {spec.code: counts[spec.code] for spec in specs if counts.get(spec.code)}


def draft_uids() -> frozenset[str]:
    """Return the uids of all rows that are 作成中; one query."""
    first, *others = (
        spec.model.objects.filter(row_status=RowStatus.DRAFT).order_by().values_list("uid")
        for spec in registry.specs()
    )
    return frozenset(str(uid) for (uid,) in first.union(*others, all=True))


@dataclass(frozen=True)
class DraftLine:
    """How many rows of one table are 作成中; those of a register that is not `printed` are named."""

    code: str
    heading: str
    count: int
    printed: bool = True


def draft_lines(presentation: Presentation) -> list[DraftLine]:
    """Return the tables that have rows which are 作成中, as this municipality calls them; one query."""
    return [
        DraftLine(spec.code, Sheet(spec, presentation).heading, count, spec.printed)
        for code, count in draft_counts().items()
        if (spec := registry.spec(code))
    ]

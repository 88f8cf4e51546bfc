"""Keeps the progress of 様式: the first page would count all tables at each visit, or after each write."""

from collections.abc import Collection

from bcp_portal.annex.sheet import Presentation
from bcp_portal.audit.queries import last_digest
from bcp_portal.jobs.version_cache import remembered
from plans.home.kept_counts import KeptCounts
from plans.home.progress import AnnexProgress
from plans.home.progress_queries import annex_progress
from plans.working_copy.version import version_of_working_copy


def kept_progress(
    presentation: Presentation, numbers: Collection[int] | None = None
) -> list[AnnexProgress]:
    """Return what `annex_progress` says now; of what was written only the tables are counted anew.

    The version is asked for before the rows are read, so what is saved between the two is counted
    by the next visit.
    """
    if not last_digest():
        return annex_progress(presentation, numbers)
    chosen = "all" if numbers is None else ",".join(map(str, sorted(numbers)))
    return remembered(
        "annex-progress",
        version_of_working_copy(presentation.municipality),
        chosen,
        find=lambda: counted_where_changed(presentation, numbers),
    )


def counted_where_changed(
    presentation: Presentation, numbers: Collection[int] | None = None
) -> list[AnnexProgress]:
    """Return what `annex_progress` says, counting only tables that have changed since the last time."""
    kept = KeptCounts(presentation)
    progress = annex_progress(presentation, numbers, kept.known)
    kept.keep(progress)
    return progress

"""Finds what of the working copy no edition says yet, and what a chapter brings along of it."""

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.sheet import Presentation
from bcp_portal.jobs.version_cache import remembered
from plans.document.coverage import WHOLE, Coverage
from plans.editions.queries import latest_rows, latest_sha256
from plans.revisions.coverable_parts import plan_headings
from plans.revisions.differences import TABLE, Difference, differences
from plans.revisions.models.revision import Revision
from plans.revisions.states import CLOSED
from plans.working_copy.rows import working_rows
from plans.working_copy.shown_tables import tables_shown_in
from plans.working_copy.version import version_of_working_copy


def unpublished(municipality: Municipality) -> list[Difference]:
    """Return what the working copy says otherwise than the edition issued last; [] before one."""
    sha256 = latest_sha256()
    if not sha256:
        return []

    def find() -> list[Difference]:
        presentation = Presentation.load(municipality)
        working = working_rows(municipality)
        return differences(working, latest_rows(), plan_headings(municipality), presentation)

    version = version_of_working_copy(municipality)
    return remembered("unpublished", sha256, version, find=find)


def with_own_tables(
    municipality: Municipality, coverage: Coverage, but: Revision | None = None
) -> Coverage:
    """Return the coverage with the tables of no 様式 that its chapters show and that have changed.

    A table that another open revision covers comes with that one. `but` is the revision itself.
    """
    changed = {each.name for each in unpublished(municipality) if each.kind == TABLE}
    changed -= coverage.tables
    if coverage.whole or not coverage.chapters or not changed:
        return coverage
    others = Revision.objects.exclude(state__in=CLOSED).exclude(pk=but.pk if but else None)
    taken = [WHOLE.shared_with(other.coverage) for other in others]
    shown = changed & tables_shown_in(municipality, coverage.chapters)
    free = {
        code
        for code in shown
        if not any(Coverage.of(tables=[code]).overlaps(each) for each in taken)
    }
    return Coverage.of(
        coverage.chapters, coverage.annexes, coverage.tables | free, masters=coverage.masters
    )

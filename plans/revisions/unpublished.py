"""Finds what of the working copy no edition says yet, and what a chapter brings along of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Presentation
from plans.comparison.remembering import remembered
from plans.comparison.sources import version_of_working_copy
from plans.document_builder import load_outline
from plans.editions.queries import latest_edition
from plans.editions.row_parts import MASTERS
from plans.editions.snapshot import working_rows
from plans.live_blocks import LiveBlock, split_body
from plans.models.plan import Plan
from plans.models.revisions import Revision
from plans.revisions.coverage import WHOLE, Coverage
from plans.revisions.differences import TABLE, Difference, differences
from plans.revisions.parts import plan_headings
from plans.revisions.states import CLOSED
from plans.table_source import TableSource


def unpublished(municipality: Municipality) -> list[Difference]:
    """Return what the working copy says otherwise than the edition issued last; [] before one."""
    latest = latest_edition()
    if latest is None:
        return []

    def find() -> list[Difference]:
        presentation = Presentation.load(municipality)
        working = working_rows(municipality)
        return differences(working, latest.rows, plan_headings(municipality), presentation)

    version = version_of_working_copy(municipality)
    return remembered("unpublished", latest.content_sha256, version, find=find)


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


def tables_shown_in(municipality: Municipality, anchors: Iterable[str]) -> set[str]:
    """Return the codes of the tables whose rows stand in these 章, whichever view shows them.

    A view says by its queries of what it is made; nobody has to declare it.
    """
    wanted = set(anchors)
    outline = load_outline(Plan.objects.first())
    bodies = [
        node.chapter.body for root in outline.roots if root.anchor in wanted for node in root.walk()
    ]
    blocks = [part for body in bodies for part in split_body(body) if isinstance(part, LiveBlock)]
    source = TableSource(Presentation.load(municipality), include_personal=False)
    statements: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        for code in dict.fromkeys(block.code for block in blocks):
            source.block(LiveBlock(code))
    read = "\n".join(statements)
    return {
        spec.code
        for spec in registry.specs_of(None)
        if spec.code not in MASTERS and connection.ops.quote_name(spec.model._meta.db_table) in read
    }

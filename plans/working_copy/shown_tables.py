"""Finds the tables whose rows stand in chapters, in whatever form a chapter shows them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Presentation
from plans.chapters.models.plan import Plan
from plans.chapters.queries import load_outline
from plans.document.frozen_rows import MASTERS
from plans.text.live_blocks import LiveBlock, split_body
from plans.working_copy.table_source import TableSource


def tables_shown_in(municipality: Municipality, anchors: Iterable[str] | None = None) -> set[str]:
    """Return the codes of the tables whose rows stand in these 章 (None: in any), in any view.

    Only tables of no 様式 are named. A view says by its queries of what it is made; nobody has to declare it.
    """
    shown = every_table_shown_in(municipality, anchors)
    return {spec.code for spec in registry.specs_of(None) if spec.code in shown - {*MASTERS}}


def every_table_shown_in(
    municipality: Municipality, anchors: Iterable[str] | None = None
) -> set[str]:
    """Return the codes of all tables whose rows stand in these 章 (None: in any), in any view."""
    outline = load_outline(Plan.objects.first())
    wanted = {root.anchor for root in outline.roots} if anchors is None else set(anchors)
    bodies = [
        node.chapter.body for root in outline.roots if root.anchor in wanted for node in root.walk()
    ]
    blocks = [part for body in bodies for part in split_body(body) if isinstance(part, LiveBlock)]
    # Of an edition: asking which tables have rows marked 作成中 would read all of them.
    presentation = Presentation.load(municipality)
    source = TableSource(presentation, include_personal=False, in_edition=True)
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
        for spec in registry.specs()
        if connection.ops.quote_name(spec.model._meta.db_table) in read
    }

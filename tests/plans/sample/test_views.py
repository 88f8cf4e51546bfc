"""Whatever a chapter can print, the sample has something for: no reader meets an empty table."""

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from plans.document.document import TableBlock
from plans.outlines import OUTLINES
from plans.summary.document import document_of_outline

VIEWS = [table.code for table in registry.derived_tables()]


@pytest.mark.parametrize("code", VIEWS)
def test_every_view_has_rows(town: Municipality, code: str) -> None:
    declared = registry.derived_table(code)
    assert declared is not None
    assert declared.build(town).rows


@pytest.mark.parametrize("profile", OUTLINES)
def test_every_table_of_every_outline_has_rows(town: Municipality, profile: str) -> None:
    document = document_of_outline(OUTLINES[profile], town)
    empty = [
        (section.title, block.table.code if block.table else block.message)
        for section in document.sections()
        for block in section.blocks
        if isinstance(block, TableBlock) and not (block.table and block.table.rows)
    ]
    assert empty == []


def test_eight_objects_of_damage_are_told_for_three_events(town: Municipality) -> None:
    for event in ("disaster", "security", "infection"):
        declared = registry.derived_table(f"b-13-{event}")
        assert declared is not None
        first = declared.build(town).rows[:8]
        assert all(row.cells["text"] != "（未記入）" for row in first), event

"""The first lines of a file, kept to recognise its tables by."""

from typing import Any

from bcp_portal.ui.counted_letters import ended

_LONGEST = 100


def outline_of(lines: Any) -> list[list[Any]]:
    """Return lines as JSON, cells shortened: enough to recognise a table by."""
    return [[line.number, [_brief(cell) for cell in line.cells]] for line in lines]


def _brief(cell: Any) -> Any:
    return ended(cell, _LONGEST) if isinstance(cell, str) else cell

"""Follows the line of command of one structure (様式8, column 上位の役割)."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from bcp_portal.graphs.chains import cycle_through

Node = TypeVar("Node", bound=Hashable)


def heads(reports_to: Mapping[Node, Node | None]) -> list[Node]:
    """Return the roles that report to nobody; a sound structure has exactly one."""
    return [role for role, superior in reports_to.items() if superior is None]


def loop_through(reports_to: Mapping[Node, Node | None], start: Node) -> tuple[Node, ...]:
    """Return the circle of command that contains `start`, first role again at its end, or ()."""
    upwards = {
        role: () if superior is None else (superior,) for role, superior in reports_to.items()
    }
    return cycle_through(upwards, start)


def is_one_chain(reports_to: Mapping[Node, Node | None]) -> bool:
    """Tell whether every role leads up to one and the same head."""
    return len(heads(reports_to)) == 1 and not any(
        loop_through(reports_to, role) or _leads_outside(reports_to, role) for role in reports_to
    )


def _leads_outside(reports_to: Mapping[Node, Node | None], role: Node) -> bool:
    superior = reports_to[role]
    return superior is not None and superior not in reports_to

"""Follows the line of command of one structure (様式8, column 上位の役割)."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from bcp_portal.graphs.chains import cycle_through

Node = TypeVar("Node", bound=Hashable)


def loop_through(reports_to: Mapping[Node, Node | None], start: Node) -> tuple[Node, ...]:
    """Return the circle of command that contains `start`, first role again at its end, or ()."""
    upwards = {
        role: () if superior is None else (superior,) for role, superior in reports_to.items()
    }
    return cycle_through(upwards, start)

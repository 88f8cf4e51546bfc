"""Asks those who know whether a row may be deleted: of what has to be kept, the table itself knows nothing."""

from collections.abc import Callable
from typing import Any

from bcp_portal.ui.errors import DomainError

Guard = Callable[[Any], str]
"""Returns why a row may not be deleted (Japanese), "" when it may."""

_guards: list[Guard] = []


def register_deletion_guard(guard: Guard) -> None:
    """Add a guard; called at start."""
    _guards.append(guard)


def require_deletable(row: Any) -> None:
    """Raise DomainError (409) for a row that somebody says has to be kept."""
    for guard in _guards:
        if refusal := guard(row):
            raise DomainError(refusal, status=409)

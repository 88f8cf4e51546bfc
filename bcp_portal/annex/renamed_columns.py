"""Tells those who remember what labels mean that columns are called otherwise now."""

from collections.abc import Callable, Collection

from bcp_portal.accounts.models import Municipality

OnRenamed = Callable[[Municipality, str, Collection[str]], None]
"""Takes the municipality, the code of the table and the names of the columns."""

_listeners: list[OnRenamed] = []


def register_renamed(listener: OnRenamed) -> None:
    """Add who has to know; called at start."""
    _listeners.append(listener)


def tell_renamed(municipality: Municipality, code: str, columns: Collection[str]) -> None:
    """Tell everybody of columns of one table whose labels are saved."""
    for listener in _listeners if columns else ():
        listener(municipality, code, columns)

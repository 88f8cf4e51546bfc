"""The registry of what can be found: each room says what it offers, and who may see it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.search.lines import Group


@dataclass(frozen=True)
class SearchSource:
    """One room's offer: `groups` reads it for a member, in the scope of the municipality.

    It is not even asked for whoever lacks `permission`, so nothing of it is counted or hinted at.
    It must say what is stored now: what it keeps, it compares with the database first.
    """

    order: int
    permission: Permission
    groups: Callable[[Membership], Iterable[Group]]


_sources: list[SearchSource] = []


def register_source(source: SearchSource) -> None:
    """Add an offer; called from the ready() of each room."""
    _sources.append(source)


def groups_for(membership: Membership) -> list[Group]:
    """Return all that this member may find, in the order of the sources."""
    return [
        group
        for source in sorted(_sources, key=lambda source: source.order)
        if membership.may(source.permission)
        for group in source.groups(membership)
    ]

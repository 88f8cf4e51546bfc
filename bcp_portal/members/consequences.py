"""Where higher rooms say what follows when a member is stopped or gets other roles."""

from collections.abc import Callable

from bcp_portal.accounts.models import Membership

Consequence = Callable[[Membership], list[str]]
"""Takes a member as they are now; returns Japanese sentences that the administrator has to read."""

_consequences: list[Consequence] = []


def register_consequence(consequence: Consequence) -> None:
    """Have it asked after each change of a member; called at start."""
    if consequence not in _consequences:
        _consequences.append(consequence)


def consequences_of(membership: Membership) -> list[str]:
    """Return what the administrator has to know about the member as they are now."""
    return [sentence for each in _consequences for sentence in each(membership)]

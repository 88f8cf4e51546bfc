"""Reads who a person is, across municipalities; the look-ups that need no scope."""

from django_scopes import scopes_disabled

from bcp_portal.accounts.models import Membership, User


def active_memberships(user: User) -> list[Membership]:
    """Return the person's memberships in use, in the order of municipality codes."""
    with scopes_disabled():
        return list(
            Membership.objects.select_related("municipality", "department", "user")
            .filter(user=user, user__is_active=True, is_active=True)
            .order_by("municipality__code")
        )


def belongs_elsewhere(membership: Membership) -> bool:
    """Tell whether the account opens, or has opened, another municipality too."""
    with scopes_disabled():
        return Membership.objects.filter(user=membership.user).exclude(pk=membership.pk).exists()

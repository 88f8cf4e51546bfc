"""Tells the owner of an account what somebody else set about it, until the owner confirms having read it."""

from django.db import transaction
from django.utils import timezone

from bcp_portal.accounts.models import Membership, User
from bcp_portal.audit.services import record
from bcp_portal.members.models import AccountNotice

OPERATOR = "システムの運用者"


def notify(membership: Membership, actor: User | None, text: str) -> AccountNotice:
    """Leave a notice for the owner; the entry of what it tells of seals it, in the same transaction."""
    notice: AccountNotice = AccountNotice.objects.create(
        municipality=membership.municipality,
        user=membership.user,
        text=text,
        by_name=str(actor) if actor else OPERATOR,
        at=timezone.now(),
    )
    return notice


def open_notices(user: User) -> list[AccountNotice]:
    """Return what the owner has not confirmed yet in the municipality in scope, the oldest first."""
    return list(AccountNotice.objects.filter(user=user, confirmed_at=None))


@transaction.atomic
def confirm_notices(*, membership: Membership, up_to: int) -> int:
    """Note that the owner read the notices up to one key; later ones stay. Return how many."""
    unread = AccountNotice.objects.filter(user=membership.user, confirmed_at=None, pk__lte=up_to)
    keys = list(unread.values_list("pk", flat=True))
    read = AccountNotice.objects.filter(pk__in=keys)
    count = read.update(confirmed_at=timezone.now())
    if count:
        record(
            municipality=membership.municipality,
            actor=membership.user,
            action="お知らせの確認",
            target=membership,
            note=f"{count}件",
            sealed=list(read),
        )
    return count

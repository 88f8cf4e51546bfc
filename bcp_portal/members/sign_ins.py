"""Writes into the operation log who signed in, who left, and who was refused."""

from django.db import transaction
from django_scopes import scope

from bcp_portal.accounts.models import User
from bcp_portal.accounts.queries import active_memberships
from bcp_portal.audit.services import record

SIGNED_IN, SIGNED_OUT, REFUSED = "サインイン", "サインアウト", "サインイン失敗"
ACTIONS = (SIGNED_IN, SIGNED_OUT, REFUSED)


@transaction.atomic
def record_everywhere(
    *, user: User, actor: User | None, action: str, address: str, note: str = ""
) -> None:
    """Write one entry into the log of every municipality the person belongs to."""
    for membership in active_memberships(user):
        with scope(municipality=membership.municipality):
            record(
                municipality=membership.municipality,
                actor=actor,
                action=action,
                target=user,
                note=note,
                address=address,
            )


def record_sign_in(*, user: User, address: str) -> None:
    record_everywhere(user=user, actor=user, action=SIGNED_IN, address=address)


def record_sign_out(*, user: User, address: str) -> None:
    record_everywhere(user=user, actor=user, action=SIGNED_OUT, address=address)


def record_failed_sign_in(*, username: str, locked: bool, address: str) -> None:
    """Note a refusal; an ID nobody has is not written down, it may be a mistyped password."""
    user = User.objects.filter(username=username).first()
    if user is None:
        return
    note = (
        "失敗が続いたため、このアドレスからのこの利用者のサインインを一時止めました。"
        if locked
        else ""
    )
    record_everywhere(user=user, actor=None, action=REFUSED, address=address, note=note)

"""Issues and takes the codes by which an account proves that its owner decides, not who set it."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from bcp_portal.accounts.models import Membership, User
from bcp_portal.audit.entry_proofs import chained, is_altered
from bcp_portal.audit.models import Entry
from bcp_portal.audit.seal_proofs import seal_faults_of
from bcp_portal.audit.services import log_uid, record
from bcp_portal.members.models import DecisionCode
from bcp_portal.members.notices import notify
from bcp_portal.ui.errors import DomainError

VALID_FOR = timedelta(hours=24)
OPERATOR = "システムの運用者"
ISSUED = "確認コードの発行"
# Without the characters people confuse on paper: 0 o, 1 l i.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 12
WRONG = (
    "確認コードが違うか、期限が切れているか、すでに使われています。発行した人に確かめてください。"
)
FORGED = (
    "この確認コードの記録が操作記録と一致しないため、使えません。システムの担当者に連絡し、"
    "確認コードを発行し直してもらってください。"
)


@transaction.atomic
def issue_code(*, membership: Membership, actor: User | None) -> str:
    """Return a new code for the owner of an account, shown this once; older ones end.

    Nobody issues one for themselves. Without an actor it is the operator at the server.
    """
    if actor is not None and actor.pk == membership.user_id:
        raise DomainError(
            f"自分の確認コードは発行できません。ほかの団体管理者か、{OPERATOR}に依頼してください。"
        )
    code = "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(_LENGTH // 4))
    now = timezone.now()
    DecisionCode.objects.filter(user=membership.user, used_at=None).delete()
    stored: DecisionCode = DecisionCode.objects.create(
        municipality=membership.municipality,
        user=membership.user,
        code_hash=_hash(membership, code),
        issued_by=actor.username if actor else "",
        issued_by_name=str(actor) if actor else OPERATOR,
        issued_at=now,
        expires_at=now + VALID_FOR,
    )
    notice = notify(membership, actor, "確認コードを発行しました。")
    record(
        municipality=membership.municipality,
        actor=actor,
        action=ISSUED,
        target=membership,
        sealed=[stored, notice],
    )
    return code


def take_code(membership: Membership, code: str, *, not_from: Mapping[str, str]) -> DecisionCode:
    """Use a code up and return it, inside the transaction of what it proves.

    Raises DomainError (422) for a wrong, used or old one, and for one issued by a user name that
    it may not come from: `not_from` says of each why, as a Japanese sentence.
    """
    found: DecisionCode | None = (
        DecisionCode.objects.select_for_update()
        .filter(
            user=membership.user,
            code_hash=_hash(membership, code),
            used_at=None,
            expires_at__gt=timezone.now(),
        )
        .first()
    )
    if found is None:
        raise DomainError(WRONG)
    if found.issued_by and found.issued_by in not_from:
        raise DomainError(not_from[found.issued_by])
    if not _was_issued(found, membership):
        raise DomainError(FORGED, status=409)
    found.used_at = timezone.now()
    found.save(update_fields=["used_at"])
    return found


def _was_issued(code: DecisionCode, membership: Membership) -> bool:
    """Tell whether the operation log knows of the code, as it is; one put into the database is none."""
    issued = Entry.objects.filter(
        action=ISSUED,
        target_type=membership._meta.label_lower,
        target_uid__in=(log_uid(membership), str(membership.pk)),
        at__gte=code.issued_at,
        at__lte=code.issued_at + timedelta(minutes=1),
    )
    entries = list(chained(issued))
    is_true = bool(entries) and not any(map(is_altered, entries))
    return is_true and not seal_faults_of([code])


def _hash(membership: Membership, code: str) -> str:
    """Return what is kept of a code; it is long enough that its hash needs no stretching."""
    signs = "".join(sign for sign in code.lower() if sign in _SIGNS)
    return sha256(f"{membership.user.username}:{signs}".encode()).hexdigest()

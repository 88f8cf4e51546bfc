"""Writes 「これは非公開の値ではない」: one person says so of a find, another one confirms it."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.audit.services import Change, record
from bcp_portal.spelling.letters import readable
from bcp_portal.ui.counted_letters import ended
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.text import clean_text
from plans.models.public_claims import ClaimState, PublicClaim
from plans.public_edition.finds import Find
from plans.public_edition.hidden_values import Weight

CLAIMED, CONFIRMED, WITHDRAWN = (
    "非公開の値ではないという申出",
    "非公開の値ではないという申出の確認",
    "非公開の値ではないという申出の取消し",
)
NO_REASON = "なぜ非公開の値ではないのかを書いてください。"
PERSONAL = "個人の値は、公開できません。章の文から取り除いてください。"
NOT_TWICE = "申し出た人は、自分の申出を確認できません。確認者か承認者の役割を持つほかの人に依頼してください。"
NOT_YOURS = "この申出を確認できるのは、確認者か承認者の役割を持つ人です。"
LONGEST_REASON = 500


@transaction.atomic
def claim_not_secret(*, find: Find, membership: Membership, reason: str) -> PublicClaim:
    """Say of a find that it is no secret; it counts when somebody else has confirmed it.

    Raises DomainError (Japanese) for a personal value and without a reason. The same find said
    twice gives the statement that is there.
    """
    if find.value.weight is Weight.PERSONAL:
        raise DomainError(PERSONAL, status=403)
    said = clean_text(reason).strip()
    if not said:
        raise DomainError(NO_REASON)
    if len(said) > LONGEST_REASON:
        raise DomainError(f"理由は{LONGEST_REASON}字までです（今は{len(said)}字です）。")
    value_key, place_key = find.key
    there = _standing().filter(value_key=value_key, place_key=place_key).first()
    if there is not None:
        return there
    claim: PublicClaim = PublicClaim.objects.create(
        municipality=membership.municipality,
        value_key=value_key,
        place_key=place_key,
        source_label=ended(find.value.source, 400),
        place_label=ended(find.place.place, 400),
        reason=said,
        claimed_by=membership.user,
        claimed_by_name=_name(membership),
        claimed_by_person=_person(membership),
        claimed_at=timezone.now(),
    )
    _log(claim, membership, CLAIMED, claim.reason)
    return claim


@transaction.atomic
def confirm_claim(*, claim: PublicClaim, membership: Membership) -> PublicClaim:
    """Confirm what somebody else said; refused to who said it, by account, person and name."""
    current = _locked(claim)
    if current.state == ClaimState.CONFIRMED:
        return current
    if not (membership.may(Permission.CHECK) or membership.may(Permission.APPROVE)):
        raise DomainError(NOT_YOURS, status=403)
    if _is_same_human(current, membership):
        raise DomainError(NOT_TWICE, status=403)
    current.state = ClaimState.CONFIRMED
    current.confirmed_by = membership.user
    current.confirmed_by_name = _name(membership)
    current.confirmed_at = timezone.now()
    current.save()
    _log(current, membership, CONFIRMED, current.reason)
    return current


@transaction.atomic
def withdraw_claim(*, claim: PublicClaim, membership: Membership) -> PublicClaim:
    """Take a statement back, or refuse to confirm it; the find refuses the edition again."""
    current = _locked(claim)
    if current.state != ClaimState.WITHDRAWN:
        current.state = ClaimState.WITHDRAWN
        current.save()
        _log(current, membership, WITHDRAWN, current.reason)
    return current


def _standing() -> QuerySet[PublicClaim]:
    return PublicClaim.objects.exclude(state=ClaimState.WITHDRAWN)


def _locked(claim: PublicClaim) -> PublicClaim:
    found: PublicClaim | None = _standing().select_for_update().filter(pk=claim.pk).first()
    if found is None:
        raise DomainError("この申出は取り消されています。画面を開き直してください。", status=409)
    return found


def _is_same_human(claim: PublicClaim, membership: Membership) -> bool:
    if claim.claimed_by_id == membership.user_id:
        return True
    person = _person(membership)
    if person and person == claim.claimed_by_person:
        return True
    return readable(_name(membership)) == readable(claim.claimed_by_name)


def _person(membership: Membership) -> str:
    return str(membership.person.uid) if membership.person else ""


def _name(membership: Membership) -> str:
    return membership.person.name if membership.person else str(membership.user)


def _log(claim: PublicClaim, membership: Membership, action: str, note: str) -> None:
    record(
        municipality=claim.municipality,
        actor=membership.user,
        action=action,
        target=claim,
        changes=[Change("state", "状態", "", str(claim.get_state_display()))],
        note=note,
        sealed=[claim],
    )

"""Writes 「これは非公開の値ではない」: one person says so of a find, another one confirms it."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.audit.entry_faults import note_log_since, refusing_altered
from bcp_portal.audit.services import Change, record
from bcp_portal.members.decision_codes import take_code
from bcp_portal.members.notices import open_notices
from bcp_portal.ui.counted_letters import ended
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.moments import format_moment
from bcp_portal.ui.text import clean_text
from plans.claims.models import ClaimState, PublicClaim
from plans.public_check.claim_persons import (
    NO_PERSON,
    ClaimRules,
    code_refusals,
    may_confirm,
    waiting_text,
)
from plans.public_check.claim_writers import Writers, writers_of
from plans.public_edition.finds import Find
from plans.public_edition.hidden_values import Weight
from plans.public_edition.working_copy import maker_of_working_copy

CLAIMED, CONFIRMED, WITHDRAWN = (
    "非公開の値ではないという申出",
    "非公開の値ではないという申出の確認",
    "非公開の値ではないという申出の取消し",
)
NO_REASON = "なぜ非公開の値ではないのかを書いてください。"
PERSONAL = "個人の値は、公開できません。章の文から取り除いてください。"
NOT_YOURS = "この申出を確認できるのは、確認者か承認者の役割を持つ人です。"
UNREAD = (
    "あなたの利用者について、ほかの人が設定したことのお知らせがあります。"
    "ホームで「確かめました」を押すまで、確認できません。まだ何も記録していません。"
)
NOT_FOUND = "この箇所は、画面の検査の結果にありません。もう一度調べてから、確認してください。"
LONGEST_REASON = 500


@transaction.atomic
def claim_not_secret(*, find: Find, membership: Membership, reason: str) -> PublicClaim:
    """Say of a find that it is no secret; it counts when somebody else has confirmed it.

    Raises DomainError (Japanese) for a personal value and without a reason. The same find said
    twice gives the statement that is there.
    """
    if find.value.weight is Weight.PERSONAL:
        raise DomainError(PERSONAL, status=403)
    if membership.person is None:
        raise DomainError(NO_PERSON)
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
def confirm_claim(
    *,
    claim: PublicClaim,
    membership: Membership,
    code: str = "",
    finds: Iterable[Find] | None = None,
) -> PublicClaim:
    """Confirm what somebody else said, by the rules of deciding.

    `finds` are those of the check that the person saw; without them everything is read again.

    Refused to who said it, by account, person and name as they were then, to who wrote the text
    that says the value, and to an account that they set lately without a code from somebody else.
    """
    current = _locked(claim)
    if current.state == ClaimState.CONFIRMED:
        return current
    if not may_confirm(membership):
        raise DomainError(NOT_YOURS, status=403)
    with refusing_altered():
        # Who wrote the text may have written it at any time.
        note_log_since(None)
        rules = ClaimRules.read([current], _writers(current, finds))
        refusal = rules.refusal_with_names(current, membership)
    if refusal:
        raise DomainError(refusal, status=403)
    if open_notices(membership.user):
        raise DomainError(UNREAD)
    proof = _proof(rules, current, membership, code)
    current.state = ClaimState.CONFIRMED
    current.confirmed_by = membership.user
    current.confirmed_by_name = _name(membership)
    current.confirmed_at = timezone.now()
    current.save()
    _log(current, membership, CONFIRMED, "\n".join(filter(None, (current.reason, proof))))
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


def _writers(claim: PublicClaim, seen: Iterable[Find] | None) -> Writers:
    """Return who wrote the text in which this value stands; nobody when it stands there no more.

    DomainError where a check that somebody saw does not know it: who wrote it could not be told.
    """
    finds = maker_of_working_copy(claim.municipality).finds if seen is None else seen
    named = [find for find in finds if find.key == (claim.value_key, claim.place_key)]
    if seen is not None and not named:
        raise DomainError(NOT_FOUND, status=409)
    return writers_of(named)


def _standing() -> QuerySet[PublicClaim]:
    return PublicClaim.objects.exclude(state=ClaimState.WITHDRAWN)


def _locked(claim: PublicClaim) -> PublicClaim:
    found: PublicClaim | None = _standing().select_for_update().filter(pk=claim.pk).first()
    if found is None:
        raise DomainError("この申出は取り消されています。画面を開き直してください。", status=409)
    return found


def _proof(rules: ClaimRules, claim: PublicClaim, membership: Membership, code: str) -> str:
    """Use up the code where one is needed, and return who issued it; "" where none is."""
    hold = rules.hold(claim, membership)
    if hold is None:
        return ""
    waiting = waiting_text(hold, membership)
    if not code.strip():
        raise DomainError(waiting)
    used = take_code(membership, code, not_from=code_refusals(hold))
    at = format_moment(used.issued_at, DateStyle(membership.municipality.date_style))
    return f"{waiting}確認コード（発行：{used.issued_by_name}、{at}）により確認"


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

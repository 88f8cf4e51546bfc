"""Keeps what one person proposes to dispose of until another confirms it, or it is withdrawn."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.audit.models import Disposal
from bcp_portal.audit.seal_proofs import kind_faults
from bcp_portal.audit.services import record
from bcp_portal.retention.agreement import may_agree, refuse_alone, who_may_agree
from bcp_portal.retention.kinds import RetainedKind
from bcp_portal.retention.models import DisposalProposal
from bcp_portal.retention.second_persons import circumstances_of
from bcp_portal.retention.services import dispose, due_as_shown
from bcp_portal.ui.counted_letters import ended
from bcp_portal.ui.errors import DomainError

PROPOSED, CONFIRMED, WITHDRAWN = "廃棄の提案", "廃棄の提案の確認", "廃棄の提案の取消し"
GONE = "この提案は、すでに決まったか、取り消されました。画面を開き直してください。"
TWICE = (
    "「{title}」の廃棄は、{name}がすでに提案しています。その提案を確認するか、取り消してください。"
)
FORGED = (
    "廃棄の提案が操作記録と一致しません。何も廃棄していません。システムの担当者に連絡してください。"
)
TOLD_FOR = timedelta(days=365)


@transaction.atomic
def propose(
    *, membership: Membership, kind: RetainedKind, reason: str, shown: str, code: str = ""
) -> DisposalProposal | Disposal:
    """Keep what a person wants to dispose of; the only holder of the right disposes of it immediately.

    Who is the only one because of what they set lately brings a code of the operator. Raises DomainError (409) when something else is due than was shown, or somebody proposed already.
    """
    if not who_may_agree(membership):
        return dispose(membership=membership, kind=kind, reason=reason, shown=shown, code=code)
    town = membership.municipality
    Municipality.objects.select_for_update(no_key=True).get(pk=town.pk)
    _, items = due_as_shown(kind, shown)
    earlier = DisposalProposal.objects.filter(kind=kind.code).first()
    if earlier:
        said = TWICE.format(title=kind.title, name=earlier.proposed_by_name)
        raise DomainError(said, status=409)
    proposal: DisposalProposal = DisposalProposal.objects.create(
        municipality=town,
        kind=kind.code,
        shown=shown,
        reason=reason,
        proposed_by_name=ended(str(membership.user), 200),
        proposed_by_username=membership.user.username,
        proposed_at=timezone.now(),
    )
    record(
        municipality=town,
        actor=membership.user,
        action=PROPOSED,
        target=proposal,
        note=f"理由: {reason}\n{kind.title}、{sum(item.count for item in items)}件",
        sealed=[proposal],
    )
    return proposal


@transaction.atomic
def confirm(*, membership: Membership, kind: RetainedKind, shown: str, code: str = "") -> Disposal:
    """Dispose of what another person proposed; DomainError (403, 409, 422) tells why not.

    An account that the proposer set lately needs a code from somebody else, as when a revision is decided.
    """
    proposal = _locked(membership, kind, shown)
    refuse_alone(membership, proposal)
    if kind_faults(DisposalProposal):
        raise DomainError(FORGED, status=409)
    circumstances = circumstances_of(proposal, membership, code)
    disposal = dispose(
        membership=membership,
        kind=kind,
        reason=proposal.reason,
        shown=proposal.shown,
        proposal=proposal,
        circumstances=circumstances,
    )
    _end(membership, proposal, CONFIRMED, str(disposal))
    return disposal


@transaction.atomic
def withdraw(*, membership: Membership, kind: RetainedKind, shown: str) -> None:
    """Take a proposal back: its author may, and everybody who could confirm it."""
    proposal = _locked(membership, kind, shown)
    _end(membership, proposal, WITHDRAWN, kind.title)


def open_proposals(membership: Membership) -> list[DisposalProposal]:
    """Return what waits for being confirmed, for those who may."""
    return list(DisposalProposal.objects.all()) if may_agree(membership) else []


def recent_disposals(membership: Membership) -> list[Disposal]:
    """Return what was disposed of within a year, the newest first, for those who watch over it."""
    if not may_agree(membership):
        return []
    return list(Disposal.objects.filter(decided_at__gte=timezone.now() - TOLD_FOR))


def _end(membership: Membership, proposal: DisposalProposal, action: str, what: str) -> None:
    record(
        municipality=membership.municipality,
        actor=membership.user,
        action=action,
        target=proposal,
        note=f"{what}（提案: {proposal.proposed_by_name}）",
        unsealed=[proposal],
    )
    proposal.delete()


def _locked(membership: Membership, kind: RetainedKind, shown: str) -> DisposalProposal:
    """Return the proposal of a kind as it was shown; DomainError (409) when it is another one by now."""
    Municipality.objects.select_for_update(no_key=True).get(pk=membership.municipality.pk)
    found: DisposalProposal | None = DisposalProposal.objects.filter(
        kind=kind.code, shown=shown
    ).first()
    if found is None:
        raise DomainError(GONE, status=409)
    return found

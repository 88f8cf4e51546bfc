"""Asks the rules of deciding whether who confirms a disposal is another human being than who proposed it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bcp_portal.accounts.models import Membership
from bcp_portal.audit.entry_faults import refusing_altered
from bcp_portal.members.decision_codes import take_code
from bcp_portal.members.notices import open_notices
from bcp_portal.retention.models import DisposalProposal
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.moments import format_moment

UNREAD = (
    "あなたの利用者について、ほかの人が設定したことのお知らせがあります。"
    "ホームで「確かめました」を押すまで、確認できません。まだ何も廃棄していません。"
)


@dataclass(frozen=True)
class Tie:
    """What ties an account to who made a proposal.

    With a `refusal` it never confirms; while `waiting` only with a code that is `not_from` some people,
    each with the sentence why. `beside` is what stands with the disposal anyway. All in Japanese.
    """

    refusal: str = ""
    waiting: str = ""
    not_from: Mapping[str, str] = field(default_factory=dict)
    beside: str = ""


Rule = Callable[[DisposalProposal, Membership], Tie]
_rules: list[Rule] = []


def register_second_person_rule(rule: Rule) -> None:
    """Let a higher room, which knows by what rules people decide, be asked; called at start."""
    _rules[:] = [rule]


def tie_between(proposal: DisposalProposal, membership: Membership) -> Tie:
    """Return what ties a member to who made a proposal."""
    return _rules[0](proposal, membership)


def circumstances_of(proposal: DisposalProposal, membership: Membership, code: str) -> str:
    """Return what stands with a disposal about who confirms it, and use up the code where one is needed.

    DomainError says why the member may not confirm, or not yet.
    """
    with refusing_altered():
        tie = tie_between(proposal, membership)
    if tie.refusal:
        raise DomainError(tie.refusal, status=403)
    if open_notices(membership.user):
        raise DomainError(UNREAD)
    if not tie.waiting:
        return tie.beside
    if not code.strip():
        raise DomainError(tie.waiting)
    used = take_code(membership, code, not_from=tie.not_from)
    at = format_moment(used.issued_at, DateStyle(membership.municipality.date_style))
    return f"{tie.beside}確認コード（発行：{used.issued_by_name}、{at}）により確認"

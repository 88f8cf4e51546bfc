"""Says who has to agree before something is disposed of: nobody decides alone on records about himself."""

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.retention.models import DisposalProposal
from bcp_portal.spelling.letters import readable
from bcp_portal.ui.errors import DomainError

ALONE = "1人で決定（ほかに確認できる人がいないため）"
NEEDS_TWO = (
    "廃棄には、提案した人のほかに、団体管理者か監査の役割を持つ人の確認が必要です。"
    "廃棄を提案し、{names}に確認を依頼してください。"
)
SAME = "廃棄を提案した人と同じ人は、その提案を確認できません。ほかの団体管理者か、監査の役割を持つ人が確認します。"
_MOST_NAMED = 5


def may_agree(membership: Membership) -> bool:
    """Tell whether the roles of a member let them confirm what another proposed."""
    return membership.may(Permission.DISPOSE) or membership.may(Permission.READ_AUDIT)


def who_may_agree(membership: Membership) -> list[str]:
    """Return the names of the other people who could confirm what this one proposes."""
    members = Membership.objects.select_related("user", "person").order_by("pk")
    return [
        _name(each)
        for each in members
        if each.is_active and each.user.is_active and may_agree(each)
        if not _is_same(each, membership)
    ]


def named(names: list[str]) -> str:
    """Return some names in one sentence."""
    more = f"ほか{len(names) - _MOST_NAMED}人" if len(names) > _MOST_NAMED else ""
    return f"{'、'.join(names[:_MOST_NAMED])}{more}"


def refuse_alone(membership: Membership, proposal: DisposalProposal | None) -> None:
    """Raise DomainError (403) unless two people agree, or there is nobody else who could."""
    if proposal is None:
        names = who_may_agree(membership)
        if names:
            raise DomainError(NEEDS_TWO.format(names=named(names)), status=403)
    elif is_by(proposal, membership):
        raise DomainError(SAME, status=403)


def is_by(proposal: DisposalProposal, membership: Membership) -> bool:
    """Tell whether a member is who made a proposal, by account or by name."""
    if proposal.proposed_by_username == membership.user.username:
        return True
    proposers = Membership.objects.filter(user__username=proposal.proposed_by_username)
    return any(_is_same(each, membership) for each in proposers)


def _is_same(one: Membership, other: Membership) -> bool:
    """Tell whether two accounts seem to be of one human being: the same one, or called alike."""
    return one.user_id == other.user_id or readable(_name(one)) == readable(_name(other))


def _name(membership: Membership) -> str:
    return str(membership.person or membership.user)

"""Says who has to agree to a disposal: nobody disposes alone of records about their own acts.

Who stopped or renamed the others lately is not alone for that (`bcp_portal/members/standing_alone.py`).
"""

from collections.abc import Iterable

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.members.standing_alone import NotAlone, proof_of_operator, why_not_alone
from bcp_portal.retention.models import DisposalProposal
from bcp_portal.spelling.letters import readable
from bcp_portal.ui.errors import DomainError

BY_ONE = "1人で決定"
ALONE = f"{BY_ONE}（ほかに確認できる人がいないため）"
ALIKE = "{names}は、氏名が同じため本人の利用者とみなしました。"
_ALONE_BESIDE = "ほかに確認できる人がいないため。"
_DEED = "1人で廃棄できません"
_INSTEAD = "その人の役割・利用・氏名を元に戻して確認を依頼するか"
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
    return _others(_able(), membership)


def said_of_alone(membership: Membership) -> dict[str, str]:
    """Return for a page who could confirm; where nobody could, what stands with a decision by one person.

    `alone_waits` says why this person is not alone, `alike` who is taken for the same one.
    """
    able = _able()
    names = _others(able, membership)
    not_alone = None if names else _not_alone(membership)
    return {
        "agreeing": named(names),
        "alone_waits": not_alone.refusal(_DEED, _INSTEAD) if not_alone else "",
        "alike": "" if names else _alike(able, membership),
    }


def circumstances_of_alone(membership: Membership, code: str) -> str:
    """Return what stands with a disposal that one person decides, and use up the code where one is needed.

    DomainError (403) where somebody else could confirm but for what this person set lately.
    """
    not_alone, alike = _not_alone(membership), _alike(_able(), membership)
    if not_alone is None:
        return alike and f"{_ALONE_BESIDE}{alike}"
    refusal = not_alone.refusal(_DEED, _INSTEAD)
    return f"{alike}{proof_of_operator(membership, not_alone, code, refusal=refusal)}"


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


def _able() -> list[Membership]:
    """Return the members who may agree, and can sign in."""
    members = Membership.objects.select_related("user", "person").order_by("pk")
    return [each for each in members if each.is_active and each.user.is_active and may_agree(each)]


def _not_alone(membership: Membership) -> NotAlone | None:
    return why_not_alone(membership, {Permission.DISPOSE, Permission.READ_AUDIT}, names_count=True)


def _others(able: Iterable[Membership], membership: Membership) -> list[str]:
    return [_name(each) for each in able if not _is_same(each, membership)]


def _alike(able: Iterable[Membership], membership: Membership) -> str:
    """Say which accounts of others are taken for this person's, because they are called alike."""
    found = [
        f"利用者「{each.user.username}」"
        for each in able
        if each.pk != membership.pk and _is_same(each, membership)
    ]
    return ALIKE.format(names=named(found)) if found else ""


def _is_same(one: Membership, other: Membership) -> bool:
    """Tell whether two accounts seem to be of one human being: the same one, or called alike."""
    return one.user_id == other.user_id or readable(_name(one)) == readable(_name(other))


def _name(membership: Membership) -> str:
    return str(membership.person or membership.user)

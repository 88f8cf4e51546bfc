"""Holds the confirming of a disposal to the rules by which a revision is decided."""

from bcp_portal.accounts.models import Membership
from bcp_portal.retention.models import DisposalProposal
from bcp_portal.retention.second_persons import Tie
from bcp_portal.ui.eras import DateStyle
from plans.revisions.circumstances import hold_text, set_text
from plans.revisions.people import actor_of
from plans.revisions.second_person import SecondPerson, Statement, StatementWords

SAME = "廃棄を提案した人と同じ人とみなされるため、その提案を確認できません。ほかの団体管理者か、監査の役割を持つ人が確認します。"
TOUCHED = (
    "提案の後に、あなたの「職員・関係者」の登録または利用者が、提案した人によって、または提案した人の氏名から"
    "変えられたため、同じ人とみなされ、この提案を確認できません。ほかの人に依頼するか、登録を確かめてから、"
    "提案を取り消して、もう一度提案してもらってください。"
)
_WORDS = StatementWords("この廃棄を提案した", "提案した人")


def tie_of(proposal: DisposalProposal, membership: Membership) -> Tie:
    """Return what ties a member to who made a proposal, by account, person and what each set of the other."""
    rules = SecondPerson.read([proposal.proposed_at])
    persons, keys = rules.everybody.accounts.persons, rules.everybody.usernames
    proposer = next((key for key, name in keys.items() if name == proposal.proposed_by_username), 0)
    statement = Statement(
        proposer,
        persons.get(proposal.proposed_by_username, ""),
        proposal.proposed_by_name,
        proposal.proposed_at,
    )
    actor, username = actor_of(membership), membership.user.username
    if rules.is_touched(statement, actor, username) or rules.was_called_so(statement, actor):
        return Tie(refusal=TOUCHED)
    if rules.own(statement, actor) is not None:
        return Tie(refusal=SAME)
    return _held(rules, statement, membership) or Tie()


def _held(rules: SecondPerson, statement: Statement, membership: Membership) -> Tie | None:
    """Return what proposer and confirmer set of each other; what anybody else set lately is only said."""
    style, name = DateStyle(membership.municipality.date_style), str(membership.user)
    hold = rules.hold(statement, membership)
    if hold:
        said = hold_text(hold, name, style)
        waiting, refusals = _WORDS.waiting(hold, name, style), _WORDS.code_refusals(hold)
        return Tie(waiting=waiting, not_from=refusals, beside=said)
    done = rules.situation(statement).set_lately(user_key=membership.user_id)
    return Tie(beside=set_text(done, name, style)) if done else None

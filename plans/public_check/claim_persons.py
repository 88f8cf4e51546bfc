"""Says who may confirm 「これは非公開の値ではない」: the rules by which a revision is decided, for a statement."""

from dataclasses import dataclass, field

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.spelling.letters import readable
from bcp_portal.ui.eras import DateStyle
from plans.claims.models import PublicClaim
from plans.public_check.claim_writers import Writers
from plans.revisions.account_changes import Hold
from plans.revisions.frozen_parties import Hand
from plans.revisions.involvement import WROTE_ALIKE, WROTE_SHORT
from plans.revisions.people import actor_of
from plans.revisions.second_person import SecondPerson, Statement, StatementWords

NO_PERSON = (
    "あなたの利用者は職員・関係者と結び付いていないため、だれの申出か、だれの確認かを記録できません。"
    "「利用者と役割」のあなたの利用者の画面で、団体管理者が職員を選ぶと、記録できるようになります。"
)
NOT_TWICE = "申し出た人は、自分の申出を確認できません。確認者か承認者の役割を持つほかの人に依頼してください。"
TOUCHED = (
    "申出の後に、あなたの「職員・関係者」の登録または利用者が、申し出た人によって、または申し出た人の氏名から"
    "変えられたため、同じ人とみなされ、この申出を確認できません。ほかの人に依頼するか、登録を確かめてから、"
    "申出を取り消して、もう一度申し出てもらってください。"
)
WROTE_IT = "この文を書いた人（同じ人とみなされる人を含みます）は、そこに非公開の値がないという申出を確認できません。"
NOBODY_ELSE = "今は確認できる人がいません。団体管理者に、確認者か承認者の役割を持つ人を加えるよう依頼してください。"
_MOST_NAMED = 5
_WORDS = StatementWords("この申出をした", "申し出た人")


@dataclass(frozen=True)
class ClaimRules:
    """Everybody as they are now, what the log tells of them, and who wrote the texts."""

    rules: SecondPerson
    writers: Writers = field(default_factory=dict)

    @classmethod
    def read(cls, claims: list[PublicClaim], writers: Writers) -> "ClaimRules":
        """Read it for these statements with a constant number of queries."""
        return cls(SecondPerson.read(claim.claimed_at for claim in claims), writers)

    def refusal_with_names(self, claim: PublicClaim, membership: Membership) -> str:
        """Return why this member may not confirm, and who may instead; "" for who may."""
        refusal = self.refusal(claim, membership)
        return f"{refusal}{self._who_may(claim)}" if refusal else ""

    def _who_may(self, claim: PublicClaim) -> str:
        members = Membership.objects.select_related("user", "person").order_by("pk")
        names = [
            str(each.person or each.user)
            for each in members
            if each.is_active and each.user.is_active and may_confirm(each)
            if not self.refusal(claim, each)
        ]
        if not names:
            return NOBODY_ELSE
        more = f"ほか{len(names) - _MOST_NAMED}人" if len(names) > _MOST_NAMED else ""
        return f"確認できるのは、{'、'.join(names[:_MOST_NAMED])}{more}です。"

    def refusal(self, claim: PublicClaim, membership: Membership) -> str:
        """Return why this member seems to be who made the statement; "" for another human being."""
        actor = actor_of(membership)
        if not actor.person_uid:
            return NO_PERSON
        statement = self._statement(claim)
        if self.rules.was_called_so(statement, actor):
            return TOUCHED
        if readable(actor.name) == readable(claim.claimed_by_name):
            return NOT_TWICE
        own = self.rules.own(statement, actor)
        if own is not None and own.short in {WROTE_SHORT, WROTE_ALIKE}:
            return WROTE_IT
        touched = self.rules.is_touched(statement, actor, membership.user.username)
        return "" if own is None else TOUCHED if touched else NOT_TWICE

    def hold(self, claim: PublicClaim, membership: Membership) -> Hold | None:
        """Return what who made the statement set about this member's account lately."""
        return self.rules.hold(self._statement(claim), membership)

    def _statement(self, claim: PublicClaim) -> Statement:
        wrote = self.writers.get((claim.value_key, claim.place_key), frozenset())
        persons = self.rules.everybody.accounts.persons
        return Statement(
            user_key=claim.claimed_by_id or 0,
            person_uid=claim.claimed_by_person,
            name=claim.claimed_by_name,
            at=claim.claimed_at,
            authors=tuple(Hand(each, persons.get(each, "")) for each in sorted(wrote)),
        )


def may_confirm(membership: Membership) -> bool:
    """Tell whether the roles of a member let them confirm statements of others."""
    return membership.may(Permission.CHECK) or membership.may(Permission.APPROVE)


def waiting_text(hold: Hold, membership: Membership) -> str:
    """Return why a member waits before confirming, until when, and what to do instead."""
    style = DateStyle(membership.municipality.date_style)
    return _WORDS.waiting(hold, str(membership.user), style)


def code_refusals(hold: Hold) -> dict[str, str]:
    """Return by user name of the issuer why a code that they issued is not taken."""
    return _WORDS.code_refusals(hold)

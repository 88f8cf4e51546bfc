"""Says who may confirm 「これは非公開の値ではない」: the rules by which a revision is decided, for a statement."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.spelling.letters import readable
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.moments import format_moment
from plans.claims.models import PublicClaim
from plans.public_check.claim_writers import Writers
from plans.revisions.after_submit import KINDS, Hold
from plans.revisions.circumstances import hold_text
from plans.revisions.frozen_parties import FrozenParties, Hand
from plans.revisions.log_lines import LogLine, lines_since
from plans.revisions.models.revision import Contributor
from plans.revisions.models.route import ApprovalSetting
from plans.revisions.own_part import WROTE_ALIKE, WROTE_SHORT, own_part
from plans.revisions.parties import Actor, Identity, Situation
from plans.revisions.people import Everybody, actor_of, everybody
from plans.revisions.route import Route
from plans.revisions.situations import log_since

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
# The wait cannot be switched off here: the statement has no place that would say so in the edition.
LEAST_WAIT_HOURS = 24
NOBODY_ELSE = "今は確認できる人がいません。団体管理者に、確認者か承認者の役割を持つ人を加えるよう依頼してください。"
_MOST_NAMED = 5
_WHO_MAY_ISSUE = (
    "申し出た人のほかの団体管理者か、システムの運用者に、確認コードを発行してもらってください。"
)


@dataclass(frozen=True)
class ClaimRules:
    """Everybody as they are now and what the log tells of them since the oldest statement."""

    everybody: Everybody
    lines: tuple[LogLine, ...]
    wait_hours: int
    now: datetime
    writers: Writers = field(default_factory=dict)

    @classmethod
    def read(cls, claims: list[PublicClaim], writers: Writers) -> "ClaimRules":
        """Read it for these statements with a constant number of queries."""
        setting, now = ApprovalSetting.objects.first() or ApprovalSetting(), timezone.now()
        hours = max(setting.account_wait_hours, LEAST_WAIT_HOURS)
        since = min([now - timedelta(hours=hours), *(claim.claimed_at for claim in claims)])
        return cls(everybody(), tuple(lines_since(since, KINDS)), hours, now, writers)

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
        situation = self._situation(claim)
        if self._was_called_so(situation, claim, actor):
            return TOUCHED
        if readable(actor.name) == readable(claim.claimed_by_name):
            return NOT_TWICE
        own = own_part(situation, user_key=actor.user_key, person_uid=actor.person_uid)
        if own is not None and own.short in {WROTE_SHORT, WROTE_ALIKE}:
            return WROTE_IT
        since = situation.since
        touched = actor.person_uid in since.touched_people or (
            membership.user.username in since.touched_accounts
        )
        return "" if own is None else TOUCHED if touched else NOT_TWICE

    def hold(self, claim: PublicClaim, membership: Membership) -> Hold | None:
        """Return what who made the statement set about this member's account lately."""
        return self._situation(claim).hold_on(user_key=membership.user_id)

    def _was_called_so(self, situation: Situation, claim: PublicClaim, actor: Actor) -> bool:
        """Tell whether the entry had the name of who made the statement, whoever renamed it since."""
        noted = situation.since.noted.get(actor.person_uid, ())
        name = readable(claim.claimed_by_name)
        return any(readable(each.before) == name for each in noted)

    def _situation(self, claim: PublicClaim) -> Situation:
        identity = Identity(claim.claimed_by_id or 0, claim.claimed_by_person)
        username = self.everybody.usernames.get(identity.user_key, "")
        hand = Hand(username, claim.claimed_by_person, claim.claimed_by_name)
        wrote = self.writers.get((claim.value_key, claim.place_key), frozenset())
        persons = self.everybody.accounts.persons
        authors = tuple(Hand(each, persons.get(each, "")) for each in sorted(wrote - {username}))
        parties = FrozenParties(alike=(hand,), authors=authors, wait_hours=self.wait_hours)
        contributor = Contributor(
            user_key=identity.user_key,
            person_uid=identity.person_uid,
            name=claim.claimed_by_name,
        )
        return Situation(
            route=Route(()),
            submitted_on=timezone.localdate(claim.claimed_at),
            today=timezone.localdate(self.now),
            contributors=frozenset({identity}),
            people=self.everybody.people,
            usernames=self.everybody.usernames,
            parties=parties,
            since=log_since(
                self.lines,
                self.everybody,
                submitted_at=claim.claimed_at,
                contributors=[contributor],
                parties=parties,
            ),
            now=self.now,
        )


def may_confirm(membership: Membership) -> bool:
    """Tell whether the roles of a member let them confirm statements of others."""
    return membership.may(Permission.CHECK) or membership.may(Permission.APPROVE)


def waiting_text(hold: Hold, membership: Membership) -> str:
    """Return why a member waits before confirming, until when, and what to do instead."""
    style = DateStyle(membership.municipality.date_style)
    return (
        f"{hold_text(hold, str(membership.user), style)}その人はこの申出をした人であるか、申し出た人に利用者を"
        f"設定された人であるため、{format_moment(hold.until, style)}までは確認コードがないと確認できません。"
        f"急ぐときは、{_WHO_MAY_ISSUE}"
    )


def code_refusals(hold: Hold) -> dict[str, str]:
    """Return by user name of the issuer why a code that they issued is not taken."""
    said = (
        "この確認コードを発行した人は、この申出をした人であるか、申し出た人に利用者を設定された人であるため、"
        f"使えません。{_WHO_MAY_ISSUE}"
    )
    return dict.fromkeys(hold.hands, said)

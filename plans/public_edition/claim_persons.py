"""Says who may confirm 「これは非公開の値ではない」: the rules by which a revision is decided, for a statement."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.spelling.letters import readable
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.moments import format_moment
from plans.models.public_claims import PublicClaim
from plans.models.revisions import Contributor
from plans.models.routes import ApprovalSetting
from plans.revisions.after_submit import KINDS, Hold
from plans.revisions.circumstances import hold_text
from plans.revisions.frozen_parties import FrozenParties, Hand
from plans.revisions.log_lines import LogLine, lines_since
from plans.revisions.own_part import own_part
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
# The wait cannot be switched off here: the statement has no place that would say so in the edition.
LEAST_WAIT_HOURS = 24
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

    @classmethod
    def read(cls, claims: list[PublicClaim]) -> "ClaimRules":
        """Read it for these statements with a constant number of queries."""
        setting, now = ApprovalSetting.objects.first() or ApprovalSetting(), timezone.now()
        hours = max(setting.account_wait_hours, LEAST_WAIT_HOURS)
        since = min([now - timedelta(hours=hours), *(claim.claimed_at for claim in claims)])
        return cls(everybody(), tuple(lines_since(since, KINDS)), hours, now)

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
        parties = FrozenParties(alike=(hand,), wait_hours=self.wait_hours)
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

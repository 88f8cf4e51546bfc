"""Tells who may confirm what another person said, by the rules by which a revision is decided.

A statement on the public edition and the disposal of records need two human beings, as a revision
does: the same people are taken for one, and an account that one of them set lately waits.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.members.standing_alone import LEAST_WAIT_HOURS
from bcp_portal.spelling.letters import readable
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.moments import format_moment
from plans.revisions.account_changes import KINDS, Hold
from plans.revisions.circumstances import hold_text
from plans.revisions.frozen_parties import FrozenParties, Hand
from plans.revisions.involvement import OwnPart, own_part
from plans.revisions.log_lines import LogLine, lines_since
from plans.revisions.models.revision import Contributor
from plans.revisions.models.route import ApprovalSetting
from plans.revisions.parties import Actor, Identity, Situation
from plans.revisions.people import Everybody, everybody
from plans.revisions.route import Route
from plans.revisions.situations import log_since


def account_wait_hours() -> int:
    """Return how many hours an account waits here that somebody else set; it cannot be switched off."""
    setting = ApprovalSetting.objects.first() or ApprovalSetting()
    return max(setting.account_wait_hours, LEAST_WAIT_HOURS)


@dataclass(frozen=True)
class Statement:
    """What one person said and another has to confirm: by whom, when, and who wrote what it is about."""

    user_key: int
    person_uid: str
    name: str
    at: datetime
    authors: tuple[Hand, ...] = ()


@dataclass(frozen=True)
class StatementWords:
    """What a page calls the statement: what somebody did, and who that is."""

    did: str
    who: str

    def waiting(self, hold: Hold, name: str, style: DateStyle) -> str:
        """Return why an account of this name waits before confirming, until when, and what to do instead."""
        if hold.is_turned:
            why = f"その利用者は{self.did}人のものであるか、その人の利用者を設定した人のものであるため、"
        else:
            why = f"その人は{self.did}人であるか、{self.who}に利用者を設定された人であるため、"
        until = format_moment(hold.until, style)
        return (
            f"{hold_text(hold, name, style)}{why}{until}までは確認コードがないと確認できません。"
            f"急ぐときは、{self._who_may_issue}"
        )

    def code_refusals(self, hold: Hold) -> dict[str, str]:
        """Return by user name of the issuer why a code that they issued is not taken."""
        said = (
            f"この確認コードを発行した人は、{self.did}人であるか、{self.who}に利用者を設定された人か、"
            f"{self.who}の利用者を設定した人であるため、使えません。{self._who_may_issue}"
        )
        return dict.fromkeys(hold.hands, said)

    @property
    def _who_may_issue(self) -> str:
        return f"{self.who}のほかの団体管理者か、システムの運用者に、確認コードを発行してもらってください。"


@dataclass(frozen=True)
class SecondPerson:
    """Everybody as they are now and what the log tells of them since the oldest statement."""

    everybody: Everybody
    lines: tuple[LogLine, ...]
    wait_hours: int
    now: datetime
    known: dict[Statement, Situation] = field(default_factory=dict, compare=False)

    @classmethod
    def read(cls, moments: Iterable[datetime]) -> "SecondPerson":
        """Read it for statements of these moments with a constant number of queries."""
        now, hours = timezone.now(), account_wait_hours()
        since = min([now - timedelta(hours=hours), *moments])
        return cls(everybody(), tuple(lines_since(since, KINDS)), hours, now)

    def own(self, statement: Statement, actor: Actor) -> OwnPart | None:
        """Return why somebody seems to be who made the statement or wrote what it is about; None if not."""
        situation = self.situation(statement)
        return own_part(situation, user_key=actor.user_key, person_uid=actor.person_uid)

    def is_touched(self, statement: Statement, actor: Actor, username: str) -> bool:
        """Tell whether who made the statement changed since then who this account or entry is."""
        since = self.situation(statement).since
        return actor.person_uid in since.touched_people or username in since.touched_accounts

    def was_called_so(self, statement: Statement, actor: Actor) -> bool:
        """Tell whether the entry had the name of who made the statement, whoever renamed it since."""
        noted = self.situation(statement).since.noted.get(actor.person_uid, ())
        name = readable(statement.name)
        return any(readable(each.before) == name for each in noted)

    def hold(self, statement: Statement, membership: Membership) -> Hold | None:
        """Return what who made the statement set about this member's account lately."""
        return self.situation(statement).hold_on(user_key=membership.user_id)

    def situation(self, statement: Statement) -> Situation:
        """Return the statement as the rules see it: as a submission without a route."""
        if statement not in self.known:
            self.known[statement] = self._read(statement)
        return self.known[statement]

    def _read(self, statement: Statement) -> Situation:
        identity = Identity(statement.user_key, statement.person_uid)
        username = self.everybody.usernames.get(identity.user_key, "")
        hand = Hand(username, statement.person_uid, statement.name)
        authors = tuple(each for each in statement.authors if each.username != username)
        parties = FrozenParties(alike=(hand,), authors=authors, wait_hours=self.wait_hours)
        contributor = Contributor(
            user_key=identity.user_key, person_uid=identity.person_uid, name=statement.name
        )
        return Situation(
            route=Route(()),
            submitted_on=timezone.localdate(statement.at),
            today=timezone.localdate(self.now),
            contributors=frozenset({identity}),
            people=self.everybody.people,
            usernames=self.everybody.usernames,
            parties=parties,
            since=log_since(
                self.lines,
                self.everybody,
                submitted_at=statement.at,
                contributors=[contributor],
                parties=parties,
            ),
            now=self.now,
        )

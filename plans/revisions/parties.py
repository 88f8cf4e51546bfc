"""Who takes part in a submission, as plain data: who filed and wrote it, who looks, where everybody is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bcp_portal.accounts.permissions import Permission, permissions_of
from bcp_portal.members.own_hand import AccountNow
from plans.revisions.account_changes import AfterSubmit, Hold, SetByOther, holds_of, last_set
from plans.revisions.frozen_parties import FrozenParties
from plans.revisions.log_lines import LogLine
from plans.revisions.route import Route
from plans.revisions.route_progress import RecordedDecision


@dataclass(frozen=True)
class Identity:
    """One human being, known by account and by entry in the list of persons."""

    user_key: int
    person_uid: str = ""


@dataclass(frozen=True)
class Actor:
    """Who looks at the page or presses the button, with the roles they have now."""

    user_key: int
    person_uid: str
    name: str
    post: str = ""
    roles: frozenset[str] = frozenset()

    def may(self, permission: Permission) -> bool:
        return permission in permissions_of(list(self.roles))


@dataclass(frozen=True)
class Whereabouts:
    """What is known of a person: when they moved or left, and what their account may do.

    `namesakes` are other entries that look like the same human being. username names the account
    also while it is stopped, user_key and roles only while it can be used.
    """

    moved_on: date | None = None
    left_on: date | None = None
    roles: frozenset[str] = frozenset()
    user_key: int | None = None
    namesakes: frozenset[str] = frozenset()
    name: str = ""
    username: str = ""


@dataclass(frozen=True)
class RoleHolder:
    """One account as it is now, stopped or not, with its roles."""

    account: AccountNow
    roles: frozenset[str]


@dataclass(frozen=True)
class Situation:
    """One submission as the rules see it; lines are what the log tells of people since the wait or the submit."""

    route: Route
    submitted_on: date
    today: date
    made: tuple[RecordedDecision, ...] = ()
    is_open: bool = True
    is_approved: bool = False
    contributors: frozenset[Identity] = frozenset()
    small_office: bool = False
    people: Mapping[str, Whereabouts] = field(default_factory=dict)
    usernames: Mapping[int, str] = field(default_factory=dict)
    parties: FrozenParties | None = None
    since: AfterSubmit = field(default_factory=AfterSubmit)
    now: datetime | None = None
    wait_off: bool = False
    members: tuple[RoleHolder, ...] = ()
    lines: tuple[LogLine, ...] = ()

    def hold_on(self, *, user_key: int | None) -> Hold | None:
        """Return what somebody with a part in this set about an account lately; None if nothing."""
        if self.parties is None or self.now is None or user_key is None:
            return None
        hands = {name for key in self._parts() if (name := self.usernames.get(key))}
        hands |= {each.username for each in (*self.parties.authors, *self.parties.alike)}
        holds = holds_of(self.since, frozenset(hands), self.now, self.parties.wait_hours)
        return holds.get(self.usernames.get(user_key, ""))

    def set_lately(self, *, user_key: int | None) -> SetByOther | None:
        """Return what anybody else set last about an account, within the hours of the wait.

        Whoever did can sign in with it first, also somebody without a part in this.
        """
        if self.parties is None or self.now is None or user_key is None:
            return None
        username = self.usernames.get(user_key, "")
        return last_set(self.since, username, self.now, self.parties.wait_hours)

    @property
    def waits(self) -> bool:
        """Tell whether an account waits that somebody with a part set; off at submit and now."""
        return not (self.parties and self.parties.wait_off and self.wait_off)

    def _parts(self) -> set[int]:
        return {each.user_key for each in self.contributors} | {m.user_key for m in self.made}

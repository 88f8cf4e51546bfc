"""Who takes part in a submission, as plain data: who filed and wrote it, who looks, where everybody is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bcp_portal.accounts.permissions import Permission, permissions_of
from plans.revisions.after_submit import AfterSubmit, Hold, holds_of
from plans.revisions.frozen_parties import FrozenParties
from plans.revisions.route import Route
from plans.revisions.standing import Made


class OwnPart(str):
    """Why somebody may not decide what they had a hand in, with `short` for a list of people."""

    short: str

    def __new__(cls, text: str, short: str) -> "OwnPart":
        own = super().__new__(cls, text)
        own.short = short
        return own


OWN_DRAFT = OwnPart(
    "起案または提出をした人は、その改定を確認・承認・差戻しできません。"
    "役割が変わっても、別の利用者IDでも、代行でも同じです。",
    "起案した本人です",
)
NAMESAKE = OwnPart(
    "起案または提出をした人と、氏名と所属が同じ職員として登録されているため、"
    "その改定を確認・承認・差戻しできません。別の人のときは、団体管理者に、"
    "「職員・関係者」のよみか所属を正しく登録するよう依頼してください。",
    "起案した人と氏名と所属が同じです",
)
ALIKE_AT_SUBMIT = OwnPart(
    "提出した時に、起案・提出をした人または変更を書いた人と氏名と所属が同じ職員として登録されていたため、"
    "この改定を確認・承認・差戻しできません。別の人のときは、登録を正しくしてから、"
    "いったん取り下げて提出し直してもらってください。",
    "提出した時に、起案または変更を書いた人と氏名と所属が同じでした",
)
TOUCHED = OwnPart(
    "提出の後に、この改定を起案した人または変更を書いた人が、あなたの「職員・関係者」の登録または利用者を"
    "加えたか変えたため、同じ人とみなされ、この改定を確認・承認・差戻しできません。別の人のときは、"
    "いったん取り下げて提出し直してもらってください。",
    "提出の後に、起案または変更を書いた人が登録を変えています",
)
WROTE = "あなたは、この改定で変わるところ（{parts}）を書いたため、確認・承認・差戻しできません。"
WROTE_SHORT = "変わるところを書いた本人です"
WROTE_ALIKE = "変わるところを書いた人と氏名と所属が同じです"


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
class Situation:
    """One submission as the rules see it."""

    route: Route
    submitted_on: date
    today: date
    made: tuple[Made, ...] = ()
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

    def own_draft(self, *, user_key: int | None, person_uid: str) -> OwnPart | None:
        """Return why this human being had a hand in the revision, or seems to have; None if not.

        Known by account, by person, and by the person now behind a contributing account; who is
        the same person, and who wrote what changes, as it was when it was submitted.
        """
        accounts = {each.user_key for each in self.contributors}
        persons = {each.person_uid for each in self.contributors if each.person_uid}
        persons |= {uid for uid, each in self.people.items() if each.user_key in accounts}
        if user_key in accounts or person_uid in persons:
            return OWN_DRAFT
        known = self.people.get(person_uid)
        if known and known.namesakes & persons:
            return NAMESAKE
        return self._own_by_frozen(user_key, person_uid)

    def hold_on(self, *, user_key: int | None) -> Hold | None:
        """Return what somebody with a part in this set about an account lately; None if nothing."""
        if self.parties is None or self.now is None or user_key is None:
            return None
        hands = {name for key in self._parts() if (name := self.usernames.get(key))}
        hands |= {each.username for each in (*self.parties.authors, *self.parties.alike)}
        holds = holds_of(self.since, frozenset(hands), self.now, self.parties.wait_hours)
        return holds.get(self.usernames.get(user_key, ""))

    @property
    def waits(self) -> bool:
        """Tell whether an account waits that somebody with a part set; off at submit and now."""
        return not (self.parties and self.parties.wait_off and self.wait_off)

    def _parts(self) -> set[int]:
        return {each.user_key for each in self.contributors} | {m.user_key for m in self.made}

    def _own_by_frozen(self, user_key: int | None, person_uid: str) -> OwnPart | None:
        if self.parties is None:
            return None
        known = self.people.get(person_uid)
        names = {self.usernames.get(user_key or 0, ""), known.username if known else ""} - {""}
        for hand in self.parties.authors:
            if hand.username in names or (person_uid and hand.person_uid == person_uid):
                return OwnPart(WROTE.format(parts="、".join(hand.parts)), WROTE_SHORT)
        authors = {each.person_uid for each in self.parties.authors if each.person_uid}
        if known and known.namesakes & authors:
            return OwnPart(ALIKE_AT_SUBMIT, WROTE_ALIKE)
        for hand in self.parties.alike:
            if hand.username in names or (person_uid and hand.person_uid == person_uid):
                return ALIKE_AT_SUBMIT
        if person_uid in self.since.touched_people or names & self.since.touched_accounts:
            return TOUCHED
        return None

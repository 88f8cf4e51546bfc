"""Who takes part in a submission, as plain data: who drafted, who looks, where everybody is today."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bcp_portal.accounts.permissions import Permission, permissions_of
from plans.revisions.route import Route
from plans.revisions.standing import Made

OWN_DRAFT = (
    "起案または提出をした人は、その改定を確認・承認・差戻しできません。"
    "役割が変わっても、別の利用者IDでも、代行でも同じです。"
)
NAMESAKE = (
    "起案または提出をした人と、氏名と所属が同じ職員として登録されているため、"
    "その改定を確認・承認・差戻しできません。別の人のときは、団体管理者に、"
    "「職員・関係者」のよみか所属を正しく登録するよう依頼してください。"
)


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

    `namesakes` are other entries that look like the same human being.
    """

    moved_on: date | None = None
    left_on: date | None = None
    roles: frozenset[str] = frozenset()
    user_key: int | None = None
    namesakes: frozenset[str] = frozenset()


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

    def own_draft(self, *, user_key: int | None, person_uid: str) -> str:
        """Return why this human being had a hand in the revision, or seems to have; "" if not.

        Known by account, by person, and by the person now behind a contributing account.
        """
        accounts = {each.user_key for each in self.contributors}
        persons = {each.person_uid for each in self.contributors if each.person_uid}
        persons |= {uid for uid, each in self.people.items() if each.user_key in accounts}
        if user_key in accounts or person_uid in persons:
            return OWN_DRAFT
        known = self.people.get(person_uid)
        return NAMESAKE if known and known.namesakes & persons else ""

"""Reads who somebody is when they draft or decide: account, person, name, post and roles of now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from bcp_portal.accounts.models import Membership, Person
from bcp_portal.accounts.reading_order import by_reading
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.members.own_hand import AccountNow
from bcp_portal.ui.errors import DomainError
from plans.revisions.account_changes import MunicipalityAccounts
from plans.revisions.log_lines import loaded_at
from plans.revisions.models.revision import Contributor, Revision
from plans.revisions.namesakes import Entered, namesakes
from plans.revisions.parties import Actor, RoleHolder, Whereabouts
from plans.revisions.route import Holder
from plans.revisions.rules import NO_PERSON


def post_of(person: Person) -> str:
    """Return department and post of a person, as paper names them."""
    department = person.department.name if person.department else ""
    return f"{department} {person.post}".strip()


def holder_of(person: Person) -> Holder:
    return Holder(str(person.uid), person.name, post_of(person))


def actor_of(membership: Membership) -> Actor:
    """Return the member as the rules see them; roles are read now, not when the page was opened."""
    current = Membership.objects.select_related("user", "person__department").get(pk=membership.pk)
    person = current.person
    return Actor(
        user_key=current.user_id,
        person_uid=str(person.uid) if person else "",
        name=person.name if person else str(current.user),
        post=post_of(person) if person else "",
        roles=frozenset(current.roles) if current.is_active else frozenset(),
    )


def whereabouts() -> dict[str, Whereabouts]:
    """Return what is known of everybody in the list of persons, by uid, in two queries."""
    people = list(_persons())
    alike = namesakes(map(_entered, people))
    accounts = {
        each.person_id: each
        for each in Membership.objects.select_related("user").filter(person__isnull=False)
    }
    return {
        str(person.uid): replace(
            _whereabouts(person, accounts.get(person.pk)), namesakes=alike[str(person.uid)]
        )
        for person in people
    }


@dataclass(frozen=True)
class Everybody:
    """All people of the municipality in scope, and the names of all its accounts."""

    people: Mapping[str, Whereabouts]
    usernames: Mapping[int, str]
    accounts: MunicipalityAccounts
    members: tuple[RoleHolder, ...] = ()


def everybody() -> Everybody:
    """Return who is known today, in four queries."""
    known = list(Membership.objects.select_related("user", "person", "municipality"))
    return Everybody(
        whereabouts(),
        {each.user_id: each.user.username for each in known},
        _accounts(known),
        tuple(map(_role_holder, known)),
    )


def _role_holder(member: Membership) -> RoleHolder:
    account = AccountNow(
        username=member.user.username,
        uids=frozenset({member.log_uid, str(member.pk)}),
        person_uid=str(member.person.uid) if member.person else "",
        name=str(member.person or member.user),
        is_able=False,
        is_active=member.is_active and member.user.is_active,
    )
    return RoleHolder(account, frozenset(member.roles))


def _accounts(members: Sequence[Membership]) -> MunicipalityAccounts:
    labels: dict[str, list[str]] = {}
    for each in members:
        labels.setdefault(str(each), []).append(each.user.username)
    return MunicipalityAccounts(
        usernames={each.log_uid: each.user.username for each in members},
        persons={
            each.user.username: str(each.person.uid) if each.person else "" for each in members
        },
        keys={str(each.pk): each.user.username for each in members},
        labels=labels,
        loaded_at=loaded_at(),
    )


def doubles() -> list[list[Person]]:
    """Return the persons who seem to be entered twice, each human being as one list."""
    people = {str(person.uid): person for person in persons_to_choose()}
    alike = namesakes(map(_entered, people.values()))
    groups = dict.fromkeys(frozenset({uid, *others}) for uid, others in alike.items() if others)
    return [[person for uid, person in people.items() if uid in group] for group in groups]


def persons_to_choose() -> list[Person]:
    """Return who can be named in a route: everybody who has not left, by reading."""
    return by_reading(_persons().exclude(row_status=RowStatus.RETIRED))


def note_contributor(revision: Revision, membership: Membership) -> None:
    """Remember that this human being had a hand in the revision, by account and by person.

    Raises DomainError when the account is not tied to a person: nobody could say later whose it was.
    """
    require_person(membership)
    actor = actor_of(membership)
    Contributor.objects.get_or_create(
        revision=revision,
        user_key=actor.user_key,
        person_uid=actor.person_uid,
        defaults={"municipality": revision.municipality, "name": actor.name},
    )


def require_person(membership: Membership) -> None:
    """Raise DomainError for an account of which nobody could say later whose it was."""
    if not actor_of(membership).person_uid:
        raise DomainError(NO_PERSON)


def contributor_to_be(membership: Membership) -> list[Contributor]:
    """Return, unsaved, what a submit would note of a member; nothing for an account of nobody."""
    actor = actor_of(membership)
    if not actor.person_uid:
        return []
    return [Contributor(user_key=actor.user_key, person_uid=actor.person_uid, name=actor.name)]


def _entered(person: Person) -> Entered:
    return Entered(str(person.uid), person.name, person.kana, person.department_id)


def _persons() -> QuerySet[Person]:
    return Person.objects.select_related("department")


def _whereabouts(person: Person, account: Membership | None) -> Whereabouts:
    usable = bool(account and account.is_active and account.user.is_active)
    return Whereabouts(
        moved_on=person.moved_on,
        left_on=person.left_on,
        roles=frozenset(account.roles) if account and usable else frozenset(),
        user_key=account.user_id if account and usable else None,
        name=person.name,
        username=account.user.username if account else "",
    )

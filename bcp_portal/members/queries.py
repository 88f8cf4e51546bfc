"""Reads members, and whom and where a member can be."""

from datetime import date

from django.db.models import Q, QuerySet

from bcp_portal.accounts.models import Department, Membership, Person
from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.ui.text import match_key


def members() -> QuerySet[Membership]:
    """Return all members, those in use first, by department and ID."""
    return Membership.objects.select_related("user", "department", "person").order_by(
        "-is_active", "department__row_no", "user__username"
    )


def departments_in_use() -> QuerySet[Department]:
    """Return the departments that are not abolished."""
    return Department.objects.exclude(row_status=RowStatus.RETIRED)


def persons_without_account(*, but: Membership | None = None) -> QuerySet[Person]:
    """Return the persons who may get an account, and the one whose account `but` is."""
    free = Q(membership__isnull=True) & ~Q(row_status=RowStatus.RETIRED)
    if but is not None and but.person_id is not None:
        free |= Q(pk=but.person_id)
    return Person.objects.filter(free)


def administers_alone(membership: Membership) -> bool:
    """Tell whether this member, and nobody else who is active, may give roles (1 query)."""
    if not (membership.is_active and membership.may(Permission.MANAGE_MEMBERS)):
        return False
    others = Membership.objects.filter(
        municipality=membership.municipality, is_active=True, user__is_active=True
    ).exclude(pk=membership.pk)
    return not any(other.may(Permission.MANAGE_MEMBERS) for other in others)


def namesakes(name: str) -> list[Person]:
    """Return the persons in the list, not retired, whose name reads the same (1 query)."""
    people = Person.objects.exclude(row_status=RowStatus.RETIRED)
    return [person for person in people if match_key(person.name) == match_key(name)]


def free_namesakes(name: str) -> list[Person]:
    """Return those of them who have no account yet (2 queries)."""
    taken = set(Membership.objects.exclude(person=None).values_list("person_id", flat=True))
    return [person for person in namesakes(name) if person.pk not in taken]


def has_left(member: Membership, today: date) -> bool:
    """Tell whether the person left, or moved to another department than the account's (R-1202).

    On the 退職日 itself a person is still there; 異動日 is the first day in the new department.
    """
    person = member.person
    if person is None:
        return False
    moved = person.moved_on is not None and person.moved_on <= today
    left = person.left_on is not None and person.left_on < today
    return left or (moved and person.department_id != member.department_id)

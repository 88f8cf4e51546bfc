"""Reads members, and whom and where a member can be."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from bcp_portal.accounts.models import Department, Membership, Person
from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.ui.text import match_key


def members() -> QuerySet[Membership]:
    """Return all members, those in use first, by department and ID."""
    return Membership.objects.select_related("user", "department", "person__department").order_by(
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
    """Tell whether the person left, or moved to another department than the account's.

    On the 退職日 itself a person is still there; 異動日 is the first day in the new department. An
    account of no department stays behind only where the move came after it was made.
    """
    person = member.person
    if person is None:
        return False
    moved_on = person.moved_on if person.moved_on and person.moved_on <= today else None
    left = person.left_on is not None and person.left_on < today
    elsewhere = person.department_id != member.department_id
    if moved_on and member.department_id is None:
        elsewhere = elsewhere and moved_on > timezone.localdate(member.user.date_joined)
    return left or bool(moved_on and elsewhere)

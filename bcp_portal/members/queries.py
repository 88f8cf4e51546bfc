"""Reads members, and whom and where a member can be."""

from datetime import date

from django.db.models import Q, QuerySet

from bcp_portal.accounts.models import Department, Membership, Person
from bcp_portal.accounts.rows import RowStatus


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
    return Person.objects.filter(free).order_by("kana", "name", "pk")


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

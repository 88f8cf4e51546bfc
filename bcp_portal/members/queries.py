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


def has_left(person: Person | None, today: date) -> bool:
    """Tell whether the person moved away or left, so that the account should be stopped (R-1202)."""
    if person is None:
        return False
    return any(day is not None and day <= today for day in (person.moved_on, person.left_on))

"""The accounts with which anybody can try the sample municipality, one for each role."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django_scopes import scope, scopes_disabled

from bcp_portal.accounts.models import Department, Membership, Municipality, Person, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.ui.errors import DomainError

DEMO_PASSWORD = "mihon-keikaku-7"  # noqa: S105 - printed on purpose: it opens invented data only


@dataclass(frozen=True)
class DemoAccount:
    """One account of the sample municipality, with an invented name."""

    role: Role
    username: str
    display_name: str


DEMO_ACCOUNTS = (
    DemoAccount(Role.VIEWER, "etsuran", "見本 閲子"),
    DemoAccount(Role.CONTRIBUTOR, "gyomu", "見本 業平"),
    DemoAccount(Role.EDITOR, "hensyu", "見本 編"),
    DemoAccount(Role.CHECKER, "kakunin", "見本 確"),
    DemoAccount(Role.APPROVER, "syonin", "見本 承子"),
    DemoAccount(Role.HEAD, "syutyo", "見本 首長"),
    DemoAccount(Role.CONTACT_STEWARD, "renraku", "見本 連"),
    DemoAccount(Role.AUDITOR, "kansa", "見本 監二"),
    DemoAccount(Role.ADMIN, "kanri", "見本 管理"),
)


@transaction.atomic
def create_demo_accounts(
    *, municipality: Municipality, contributor_department: Department | None = None
) -> list[Membership]:
    """Create the accounts, or put them back as they were; called by load_sample only.

    An account belongs to the department of its person in the list. Without one the contributor
    belongs to the given department, or else to the first that is not the ICT department, and
    everybody else to the ICT department. Raises DomainError when an ID already
    belongs to a real person, whose password must not become a public one.
    """
    with scope(municipality=municipality):
        departments = Department.objects.order_by("row_no", "pk")
        ict = departments.filter(is_ict=True).first()
        business = contributor_department or departments.filter(is_ict=False).first()
        # One slow hash for all: the password is one, and known to everybody.
        password = make_password(DEMO_PASSWORD)
        return [
            _restore(
                municipality,
                account,
                business if account.role is Role.CONTRIBUTOR else ict,
                password,
            )
            for account in DEMO_ACCOUNTS
        ]


def existing_demo_memberships() -> list[tuple[DemoAccount, Membership]]:
    """Return the demo accounts that exist in this installation; none before load_sample ran."""
    with scopes_disabled():
        memberships = Membership.objects.select_related("user", "municipality")
        return [
            (account, membership)
            for account in DEMO_ACCOUNTS
            for membership in memberships.filter(
                user__username=account.username, user__display_name=account.display_name
            )
        ]


def _restore(
    municipality: Municipality,
    account: DemoAccount,
    department: Department | None,
    hashed_password: str,
) -> Membership:
    user, created = User.objects.get_or_create(
        username=account.username, defaults={"display_name": account.display_name}
    )
    if not created and user.display_name != account.display_name:
        raise DomainError(
            f"利用者ID「{account.username}」は実在の利用者が使っているため、見本の利用者を作れません。"
        )
    user.password = hashed_password
    user.is_active, user.password_is_initial = True, False
    user.save()
    person = Person.objects.filter(name=account.display_name, membership__isnull=True).first()
    membership, _ = Membership.objects.get_or_create(municipality=municipality, user=user)
    membership.roles, membership.is_active = [account.role.value], True
    membership.person = membership.person or person
    own = membership.person.department if membership.person else None
    membership.department = own or department
    membership.save()
    return membership

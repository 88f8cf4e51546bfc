"""Creates the sample municipality from nothing, the way its people would: by form and service."""

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from bcp_portal.accounts.demo import create_demo_accounts
from bcp_portal.accounts.models import Department, Membership, Municipality, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.services import Change, Event, record_all
from bcp_portal.audit.told_values import Told
from plans.outlines import KASHIWAZAKI as OUTLINE
from plans.outlines.new_plan import create_plan
from plans.revisions.route_presets import KASHIWAZAKI
from plans.revisions.route_services import apply_preset
from plans.sample.dates import brought_up_to_date
from plans.sample.loader import load_tables, read_tables
from plans.sample.order import ORDER
from plans.sample.scale import scaled
from plans.sample.words import load_words_of_sample

SAMPLE_CODE = "992020"
"""A code with a right check digit in a prefecture that does not exist: there are 47."""

_CONTRIBUTOR_DEPARTMENT = "市民課"


@transaction.atomic
def load_sample(*, code: str = SAMPLE_CODE, systems: int | None = None) -> dict[str, int]:
    """Create みほん市 with accounts, tables and plan; return the number of rows by table code.

    With `systems` the sample is multiplied to that many. Raises ValidationError for a bad code,
    SampleError for a line that the program refuses, and DomainError when an ID is taken.
    """
    municipality = Municipality(
        code=code,
        name="みほん市",
        prefecture="見本県",
        postal_address="見本県みほん市中央1丁目1番1号",
        telephone="0000-21-0000",
        ict_department_name="情報政策課",
    )
    municipality.full_clean()
    municipality.save()
    members = create_demo_accounts(municipality=municipality)
    actor = _member(members, Role.EDITOR).user
    with scope(municipality=municipality):
        counts = _load_tables(municipality, actor, systems)
        # Now that departments and people exist, the accounts are given theirs.
        department = Department.objects.get(name=_CONTRIBUTOR_DEPARTMENT)
        members = create_demo_accounts(municipality=municipality, contributor_department=department)
        _tell_of(municipality, members)
        create_plan(municipality=municipality, actor=actor, outline=OUTLINE)
        load_words_of_sample(municipality, actor)
        apply_preset(membership=_member(members, Role.ADMIN), preset=KASHIWAZAKI)
    return counts


def _tell_of(municipality: Municipality, members: list[Membership]) -> None:
    """Let the log keep who the accounts are: they are put in place without the pages that would."""
    events = [
        Event(
            "見本の利用者の作成",
            member,
            [Change("roles", "役割", "", "、".join(member.role_labels))],
            told=[Told(member)],
        )
        for member in members
    ]
    events.append(Event("見本の団体の作成", municipality, told=[Told(municipality)]))
    record_all(municipality=municipality, actor=None, events=events)


def _load_tables(municipality: Municipality, actor: User, systems: int | None) -> dict[str, int]:
    tables = read_tables(municipality=municipality, codes=ORDER)
    if systems is not None:
        tables = scaled(tables, systems)
    return load_tables(brought_up_to_date(tables, timezone.localdate()), actor)


def _member(memberships: list[Membership], role: Role) -> Membership:
    return next(member for member in memberships if role in member.roles)

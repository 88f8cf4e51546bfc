"""Who stopped the others of a role does not decide two steps, or for one of them without a reason."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Role
from bcp_portal.ui.errors import DomainError
from plans.models import Revision
from plans.revisions.models.revision import Decision
from plans.revisions.route import RouteStep, Seat, StepAction
from tests.findings.test_alone_by_own_hand import change, hours_later, stop, take_roles
from tests.plans.revisions.conftest import Town, town

__all__ = ["town"]
pytestmark = pytest.mark.django_db

FIRST = RouteStep("課長の承認", StepAction.APPROVE, (Seat(role="approver", post_label="課長"),))
LAST = RouteStep("部長の承認", StepAction.APPROVE, (Seat(role="approver", post_label="部長"),))


def untie(of: Membership, by: Membership) -> None:
    change(of, by, person=None)


@pytest.fixture
def chief(town: Town) -> Iterator[Membership]:
    """An approver who manages the members too."""
    chief = town.approver
    chief.roles = [Role.APPROVER.value, Role.ADMIN.value]
    chief.save()
    yield chief


@pytest.fixture
def half_decided(town: Town, chief: Membership) -> Revision:
    town.set_route(FIRST, LAST)
    revision = town.submitted()
    town.decide(revision, "approver", 0)
    return revision


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (stop, "停止しました"),
        (take_roles, "役割を「承認者」から「閲覧者」に"),
        (untie, "職員・関係者から外しました"),
    ],
)
def test_both_steps_wait_for_who_took_the_other_away(
    town: Town,
    chief: Membership,
    half_decided: Revision,
    deed: Callable[[Membership, Membership], None],
    words: str,
) -> None:
    deed(town.second, chief)
    with pytest.raises(DomainError, match=f"「課長の承認」を決めています.*{words}.*元に戻して"):
        town.decide(half_decided, "approver", 1)
    page = reverse("revisions:one", args=[town.municipality.code, half_decided.uid])
    assert words in town.client("approver").get(page).text
    with hours_later(24.1):
        town.decide(half_decided, "approver", 1)
    assert Decision.objects.count() == 2


def test_both_steps_are_decided_where_somebody_else_took_the_other_away(
    town: Town, half_decided: Revision
) -> None:
    stop(town.second, town.admin)
    town.decide(half_decided, "approver", 1)
    assert Decision.objects.count() == 2


def test_a_deputy_who_stopped_the_holder_says_why(town: Town, chief: Membership) -> None:
    seat = Seat(holder=town.holder("second"), deputies=(town.holder("approver"),))
    town.set_route(RouteStep("部長の承認", StepAction.APPROVE, (seat,)))
    revision = town.submitted()
    stop(town.second, chief)
    with pytest.raises(DomainError, match="理由"):
        town.decide(revision, "approver", 0)
    town.decide(revision, "approver", 0, absence="出張中のため")
    assert "停止中" in Decision.objects.get().circumstances


def test_a_deputy_of_a_role_that_he_emptied_says_why(town: Town, chief: Membership) -> None:
    town.second.roles = ["head"]
    town.second.save()
    Membership.objects.filter(pk=town.head.pk).update(roles=["viewer"])
    seat = Seat(role="head", deputies=(town.holder("approver"),))
    town.set_route(RouteStep("首長の承認", StepAction.APPROVE, (seat,)))
    revision = town.submitted()
    stop(town.second, chief)
    with pytest.raises(DomainError, match="理由"):
        town.decide(revision, "approver", 0)


def test_a_deputy_whose_holder_somebody_else_stopped_needs_no_reason(
    town: Town, chief: Membership
) -> None:
    seat = Seat(holder=town.holder("second"), deputies=(town.holder("approver"),))
    town.set_route(RouteStep("部長の承認", StepAction.APPROVE, (seat,)))
    revision = town.submitted()
    stop(town.second, town.admin)
    town.decide(revision, "approver", 0)
    assert Decision.objects.get().absence == ""

"""Strangers, weak roles and forgotten permissions meet a closed door."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.views import View
from django_scopes import ScopeError, scope, scopes_disabled

from bcp_portal.accounts.models import Department, Membership, Municipality
from bcp_portal.accounts.permissions import Permission, Role, requires
from bcp_portal.accounts.tenancy import declared_permission
from tests.conftest import ClientFactory, MemberFactory


def people(municipality: Municipality) -> str:
    return f"/{municipality.code}/people/"


@pytest.mark.quick
def test_the_door_opens_only_for_the_right_member(
    municipality: Municipality, other_municipality: Municipality, client_for: ClientFactory
) -> None:
    administrator = client_for(Role.ADMIN)
    assert administrator.get(people(municipality)).status_code == 200
    assert administrator.get(people(other_municipality)).status_code == 404
    assert client_for(Role.VIEWER).get(people(municipality)).status_code == 403
    anonymous = Client().get(people(municipality))
    assert anonymous.status_code == 302
    assert anonymous["Location"] == f"/sign-in/?next={people(municipality)}"


def test_a_municipality_that_does_not_exist_looks_like_one_of_others(
    municipality: Municipality, other_municipality: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.ADMIN)
    unknown = client.get("/011002/people/")
    foreign = client.get(people(other_municipality))
    assert (unknown.status_code, foreign.status_code) == (404, 404)
    assert unknown.content == foreign.content


def test_a_stopped_membership_closes_at_once(
    municipality: Municipality, member: MemberFactory
) -> None:
    membership = member(Role.ADMIN)
    client = Client()
    client.force_login(membership.user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(people(municipality)).status_code == 200
    with scopes_disabled():
        Membership.objects.filter(pk=membership.pk).update(is_active=False)
    assert client.get(people(municipality)).status_code == 404


def test_the_roles_are_those_of_the_municipality_opened(
    municipality: Municipality, other_municipality: Municipality, member: MemberFactory
) -> None:
    membership = member(Role.ADMIN)
    with scopes_disabled():
        Membership.objects.create(
            municipality=other_municipality, user=membership.user, roles=[Role.VIEWER.value]
        )
    client = Client()
    client.force_login(membership.user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(people(municipality)).status_code == 200
    assert client.get(people(other_municipality)).status_code == 403


def test_rows_are_read_inside_one_municipality_only(
    municipality: Municipality, other_municipality: Municipality
) -> None:
    for each in (municipality, other_municipality):
        with scope(municipality=each):
            Department.objects.create(municipality=each, name=f"{each.name}の総務課")
    with scope(municipality=municipality):
        assert [each.name for each in Department.objects.all()] == ["見本市の総務課"]
    with pytest.raises(ScopeError):
        Department.objects.count()


def test_a_view_declares_what_it_asks_for() -> None:
    class Declared(View):
        permission = Permission.PRINT

    @requires(Permission.READ_PLAN)
    def declared() -> None:
        """Do nothing."""

    assert declared_permission(Declared.as_view()) is Permission.PRINT
    assert declared_permission(declared) is Permission.READ_PLAN


@pytest.mark.parametrize("view", [View.as_view(), lambda request: None])
def test_a_view_that_declares_nothing_never_runs(view) -> None:
    with pytest.raises(ImproperlyConfigured, match="declares no permission"):
        declared_permission(view)

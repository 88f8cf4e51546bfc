"""The accounts of the sample municipality."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django_scopes import scope

from bcp_portal.accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD, create_demo_accounts
from bcp_portal.accounts.models import Department, Membership, Municipality, Person, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.members.queries import has_left
from bcp_portal.ui.errors import DomainError


def printed() -> list[list[str]]:
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    return [line.split("\t") for line in out.getvalue().splitlines()]


def test_before_the_sample_is_loaded_there_is_none(municipality: Municipality) -> None:
    with pytest.raises(CommandError, match="load_sample"):
        call_command("demo_accounts")
    assert User.objects.count() == 0


def test_there_is_one_account_for_every_role(municipality: Municipality) -> None:
    memberships = create_demo_accounts(municipality=municipality)
    assert sorted(membership.roles[0] for membership in memberships) == sorted(Role.values)
    assert all(len(membership.roles) == 1 for membership in memberships)


def test_every_printed_line_opens_the_door(municipality: Municipality) -> None:
    create_demo_accounts(municipality=municipality)
    lines = printed()
    assert [line[:3] for line in lines] == [
        [account.role.label, account.username, DEMO_PASSWORD] for account in DEMO_ACCOUNTS
    ]
    for _, username, password, _, where in lines:
        assert where == "見本市（139998）"
        client = Client()
        client.post("/sign-in/", {"username": username, "password": password})
        assert client.session["_auth_user_id"] == str(User.objects.get(username=username).pk)


def test_a_changed_password_is_not_printed(municipality: Municipality) -> None:
    create_demo_accounts(municipality=municipality)
    user = User.objects.get(username="hensyu")
    user.set_password("something-else-9")
    user.save()
    shown = {line[1]: line[2] for line in printed()}
    assert (shown["hensyu"], shown["kanri"]) == ("（変更済み）", DEMO_PASSWORD)


def test_loading_again_puts_the_accounts_back(municipality: Municipality) -> None:
    first = create_demo_accounts(municipality=municipality)
    with scope(municipality=municipality):
        Membership.objects.update(is_active=False, roles=[])
    User.objects.update(password="", is_active=False, password_is_initial=True)
    again = create_demo_accounts(municipality=municipality)
    assert [each.pk for each in again] == [each.pk for each in first]
    assert {line[2] for line in printed()} == {DEMO_PASSWORD}
    assert all(each.is_active and each.user.is_active and each.roles for each in again)


def test_the_contributor_works_in_a_business_department(in_scope: Municipality) -> None:
    ict = Department.objects.create(municipality=in_scope, name="情報課", is_ict=True, row_no=1)
    tax = Department.objects.create(municipality=in_scope, name="税務課", row_no=2)
    care = Department.objects.create(municipality=in_scope, name="福祉課", row_no=3)

    def departments(**values: Department) -> dict[str, Department | None]:
        memberships = create_demo_accounts(municipality=in_scope, **values)
        return {each.user.username: each.department for each in memberships}

    assert (departments()["gyomu"], departments()["hensyu"]) == (tax, ict)
    assert departments(contributor_department=care)["gyomu"] == care


def test_a_person_of_the_sample_gets_their_account(in_scope: Municipality) -> None:
    person = Person.objects.create(municipality=in_scope, name="見本 編")
    create_demo_accounts(municipality=in_scope)
    create_demo_accounts(municipality=in_scope)
    assert Membership.objects.get(user__username="hensyu").person == person


def test_an_account_works_where_its_person_does(in_scope: Municipality) -> None:
    Department.objects.create(municipality=in_scope, name="情報課", is_ict=True, row_no=1)
    office = Department.objects.create(municipality=in_scope, name="監査委員事務局", row_no=2)
    Person.objects.create(
        municipality=in_scope, name="見本 監二", department=office, moved_on=date(2025, 4, 1)
    )
    create_demo_accounts(municipality=in_scope)
    auditor = Membership.objects.get(user__username="kansa")
    assert auditor.department == office
    assert not has_left(auditor, date(2026, 4, 1)), "the list of members would warn of it"


def test_the_password_of_a_real_person_is_never_replaced(municipality: Municipality) -> None:
    real = User.objects.create_user("kanri", password="secret-of-hers-1", display_name="佐藤 花")
    with pytest.raises(DomainError, match="「kanri」は実在の利用者"):
        create_demo_accounts(municipality=municipality)
    real.refresh_from_db()
    assert real.check_password("secret-of-hers-1")
    assert User.objects.count() == 1

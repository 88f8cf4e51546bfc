"""The last administrator of a town cannot sign in: the operator opens it again, and the log says so."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django_scopes import scope

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from bcp_portal.audit.verification import verify
from tests.conftest import MemberFactory


def opened(*arguments: str) -> str:
    """Return the initial password that the operator is shown."""
    said = StringIO()
    call_command("open_administrator", *arguments, stdout=said)
    return said.getvalue().splitlines()[0].split("\t")[2]


def home_after(client: Client, username: str, password: str) -> str:
    client.post("/sign-in/", {"username": username, "password": password})
    return str(client.get("/").headers.get("Location"))


def test_a_locked_out_administrator_signs_in_again(
    municipality: Municipality, other_municipality: Municipality, member: MemberFactory
) -> None:
    admin = member(Role.ADMIN, username="kanri")
    with scope(municipality=other_municipality):
        Membership.objects.create(
            municipality=other_municipality, user=admin.user, roles=[Role.VIEWER.value]
        )
    client = Client()
    for number in range(11):
        home_after(client, "kanri", f"wrong {number}")

    password = opened(municipality.code, "kanri")

    assert home_after(client, "kanri", password) == "/password/"
    for town in (municipality, other_municipality):
        with scope(municipality=town):
            told = Entry.objects.get(action="初期パスワードの発行")
            assert (told.actor_name, told.municipality) == ("システム", town)
    assert verify(municipality).faults == []


def test_a_successor_is_made_where_the_administrator_is_gone(municipality: Municipality) -> None:
    password = opened(municipality.code, "kounin", "--name", "後任 花子")
    assert home_after(Client(), "kounin", password) == "/password/"
    with scope(municipality=municipality):
        membership = Membership.objects.get()
        assert (membership.roles, membership.person.name) == (["admin"], "後任 花子")
        assert Entry.objects.filter(action="利用者の追加").exists()
    assert verify(municipality).faults == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("000000", "kanri"), "団体コード「000000」の団体は登録されていません"),
        (("139998", "nobody"), "使われていません.*--name"),
        (("139998", "reader"), "有効な団体管理者ではない"),
        (("139998", "reader", "--name", "別人"), "すでに使われています"),
    ],
)
def test_others_are_refused(
    municipality: Municipality,
    member: MemberFactory,
    arguments: tuple[str, ...],
    sentence: str,
) -> None:
    reader = member(Role.VIEWER, username="reader")
    password = reader.user.password
    with pytest.raises(CommandError, match=sentence):
        opened(*arguments)
    reader.user.refresh_from_db()
    assert reader.user.password == password

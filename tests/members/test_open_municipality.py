"""How an operator adds a municipality to an installation."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django_scopes import scope

from bcp_portal.accounts.models import Membership, Municipality, User
from bcp_portal.audit.models import Entry


def opened(code: str = "011002", admin_id: str = "kanri", admin_name: str = "管理 花子") -> str:
    out = StringIO()
    arguments = [code, "札幌市", "北海道", "--admin-id", admin_id, "--admin-name", admin_name]
    call_command("open_municipality", *arguments, stdout=out)
    return out.getvalue()


def test_the_first_administrator_can_sign_in(db: None) -> None:
    _, username, password = opened().splitlines()[1].split("\t")
    client = Client()
    client.post("/sign-in/", {"username": username, "password": password})
    assert client.get("/")["Location"] == "/password/"
    municipality = Municipality.objects.get(code="011002")
    with scope(municipality=municipality):
        membership = Membership.objects.get()
        assert (membership.roles, membership.person.name) == (["admin"], "管理 花子")
        actions = Entry.objects.order_by("sequence").values_list("actor_name", "action")
        assert list(actions)[:2] == [("システム", "追加"), ("システム", "利用者の追加")]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"code": "011003"}, "検査数字"),
        ({"admin_id": "管理"}, "利用者IDにできません"),
        ({"admin_id": "taken"}, "利用者ID「taken」はすでに使われています"),
    ],
)
def test_a_mistake_leaves_nothing_behind(db: None, values: dict[str, str], sentence: str) -> None:
    User.objects.create_user("taken")
    with pytest.raises(CommandError, match=sentence):
        opened(**values)
    assert not Municipality.objects.exists()
    assert User.objects.count() == 1


def test_a_municipality_is_opened_once(db: None) -> None:
    opened()
    with pytest.raises(CommandError, match="団体コード"):
        opened(admin_id="kanri2")
    assert Municipality.objects.count() == 1

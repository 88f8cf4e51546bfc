"""保存年限 on its pages: what is refused there, and what was disposed of."""

import pytest
from django.test import Client
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Disposal
from bcp_portal.members.sign_ins import record_sign_in
from tests.conftest import ClientFactory
from tests.findings.test_reliability_retention import ADDRESS, later

__all__ = ["later"]
pytestmark = pytest.mark.django_db


def test_the_pages(in_scope: Municipality, client_for: ClientFactory, later: None) -> None:
    client: Client = client_for(Role.ADMIN)
    place = f"/{in_scope.code}/retention/"
    assert "永年" in client.get(place).content.decode()
    refused = client.post(place, {"log": "0", "sign-in": "千"})
    assert refused.status_code == 422
    assert "1から100までの整数" in refused.content.decode()
    record_sign_in(user=in_scope.membership_set.get().user, address=ADDRESS)
    assert client.post(place, {"sign-in": "3"}).status_code == 302
    assert "を確かめる" in client.get(place).content.decode()
    page = client.get(f"{place}sign-in/")
    shown = page.context["form"].initial["shown"]
    sent = {"reason": "満了", "agreed": "on", "shown": shown}
    assert client.post(f"{place}sign-in/", {**sent, "agreed": ""}).status_code == 422
    assert client.post(f"{place}sign-in/", {**sent, "shown": "0" * 64}).status_code == 409
    assert client.post(f"{place}sign-in/", sent).status_code == 302
    done = client.get(place).content.decode()
    assert "満了" in done and "サインインの記録を廃棄" not in done
    assert client.get(f"{place}nothing/").status_code == 404
    assert client_for(Role.EDITOR).get(place).status_code == 403
    with scope(municipality=in_scope):
        assert Disposal.objects.count() == 1

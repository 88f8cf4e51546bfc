"""An address that not every database could look up is answered before anything looks it up."""

import pytest
from django.test import Client
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.services import record
from tests.conftest import ClientFactory


@pytest.mark.parametrize(
    "address",
    ["/check/%00/", "/sign-in/?next=%00", "/sign-in/?n%00=1", "/sign-in/?next=/&next=a%00b"],
)
def test_a_nul_is_answered_with_400_and_a_sentence(db: None, address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 400
    assert "形式が正しくありません" in answer.content.decode()


def test_other_addresses_are_answered_as_ever(db: None) -> None:
    assert Client().get("/sign-in/?next=/&q=%E5%BA%81%E8%88%8E%01").status_code == 200


def test_links_are_written_whatever_a_request_calls_its_encoding(
    municipality: Municipality, client_for: ClientFactory
) -> None:
    """The pages of a list keep what was asked, here a sign that Shift_JIS cannot write."""
    client = client_for(Role.AUDITOR)
    with scope(municipality=municipality):
        for number in range(60):
            record(municipality=municipality, actor=None, action=f"操作{number}")
    answer = client.get(
        f"/{municipality.code}/audit/?x=%EF%BF%BE",
        CONTENT_TYPE="application/x-www-form-urlencoded; charset=shift_jis",
    )
    assert answer.status_code == 200
    assert "?x=%EF%BF%BE&amp;page=2" in answer.content.decode()

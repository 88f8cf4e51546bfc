"""An address that not every database could look up is answered before anything looks it up."""

import pytest
from django.test import Client


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

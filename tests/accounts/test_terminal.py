"""Which terminal a request comes from."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from bcp_portal.accounts.terminal import at_terminal, present_terminal, terminal_address


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "expected"),
    [
        (False, None, "192.0.2.1"),
        (False, "203.0.113.9", "192.0.2.1"),  # anybody can write this header
        (True, None, "192.0.2.1"),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (True, "203.0.113.9, 2001:DB8::1", "2001:db8::1"),
        (True, "203.0.113.9, unknown", ""),
        (True, "", ""),
    ],
)
def test_only_the_address_our_proxy_wrote_counts(
    settings: Settings, behind_proxy: bool, forwarded: str | None, expected: str
) -> None:
    settings.BEHIND_HTTPS = behind_proxy
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="192.0.2.1")
    assert terminal_address(request) == expected


def test_a_server_without_addresses_notes_none() -> None:
    assert terminal_address(RequestFactory().get("/", REMOTE_ADDR="")) == ""


def test_the_terminal_is_known_only_while_the_request_is_handled() -> None:
    assert present_terminal() == ""
    with at_terminal(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")):
        assert present_terminal() == "192.0.2.1"
    assert present_terminal() == ""

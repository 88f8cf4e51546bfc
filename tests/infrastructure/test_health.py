"""A monitor needs no account, learns nothing, and is informed when the database is unavailable."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory

from bcp_portal.ui.health import healthz


def test_a_monitor_without_an_account_hears_ok(db: None, client: Client) -> None:
    response = client.get("/healthz/")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]


def test_an_unreachable_database_is_503_without_details(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise DatabaseError("password authentication failed for user bcp")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = healthz(RequestFactory().get("/healthz/"))
    assert (response.status_code, response.content) == (503, b"database unavailable")


def test_the_page_cannot_be_posted_to() -> None:
    assert healthz(RequestFactory().post("/healthz/")).status_code == 405

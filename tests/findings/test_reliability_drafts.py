"""Drafts cannot fill the database: so large, so many, and only under names that pages give."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import drafts
from bcp_portal.annex.models import Draft
from tests.conftest import ClientFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for: ClientFactory) -> Client:
    return client_for(Role.VIEWER)


def keep(client: Client, town: Municipality, key: str, text: str = "途中") -> Any:
    body = json.dumps({"key": key, "fields": [["name", text]]})
    url = reverse("annex:drafts", args=[town.code])
    return client.post(url, body, content_type="application/json")


def test_256_kilobytes_are_kept_and_no_more(client: Client, in_scope: Municipality) -> None:
    letters = (drafts.MOST_BYTES - 100) // len("字".encode())
    assert keep(client, in_scope, "annex:3:new", "字" * letters).status_code == 200
    answer = keep(client, in_scope, "annex:3:new", "字" * (letters + 100))
    assert answer.status_code == 413
    assert "途中で保存してください" in answer.content.decode()
    assert len(Draft.objects.get().payload["fields"][0][1]) == letters


@pytest.mark.parametrize(
    "key",
    [
        "annex:3:new",
        "annex:17:grid:page=2&q=%E5%BA%81#01ab23cd",
        "chapter:2c050dd5-2fce-4ad4-b3c0-cdf65b35244f",
        "phrase:greeting:",
        "revision:new#01ab23cd",
        "page:/{code}/audit/:0#01ab23cd",
        "page:/{code}/audit/?page=2:11",
        f"page:/{{code}}/annex/?q={'x' * 200}"[:190],
    ],
)
def test_names_that_pages_give_are_taken(client: Client, in_scope: Municipality, key: str) -> None:
    assert keep(client, in_scope, key.format(code=in_scope.code)).status_code == 200


@pytest.mark.parametrize(
    "key",
    [
        "anything",
        "chapter:",
        "notes:1",
        "annex:no-such-table:new",
        "annex:3:new#01",
        "annex:3:new#01ab23cd#01ab23cd",
        f"annex:3:{'x' * 200}",
        "page:/{code}/audit/",
        "page:/{code}/no/such/page/:0",
        "page:/279994/audit/:0",
    ],
)
def test_other_names_are_refused(client: Client, in_scope: Municipality, key: str) -> None:
    assert keep(client, in_scope, key.format(code=in_scope.code)).status_code == 422
    assert not Draft.objects.exists()


def test_one_person_keeps_so_many(
    client: Client, in_scope: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "MOST_OF_ONE_PERSON", 2)
    for name in ("annex:1:new", "annex:3:new", "annex:3:new"):
        assert keep(client, in_scope, name).status_code == 200
    assert keep(client, in_scope, "annex:17:new").status_code == 409
    assert Draft.objects.count() == 2

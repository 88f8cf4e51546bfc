"""No body that a POST may bring, however broken, makes the program itself fail."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from tests.contract.access_cast import DOORS, Cast, Door
from tests.contract.visits import TENANT, undone

FORM = "application/x-www-form-urlencoded"
DEEP = '{"key":' + "[" * 3000 + "]" * 3000 + "}"
UNFINISHED = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a'
BODIES = [
    (DEEP.encode(), "application/json"),
    (UNFINISHED, "multipart/form-data; boundary=b"),
]
ODD = "9" * 5000
NAMES = ["row", "uid", "version", "step", "act", "outline", "preset", "move", "action"]
NAMES += ["product", "terminal", "last", "next", "find", "sheet", "code", "target", "key", "file"]


def _bodies(door: Door) -> Iterator[tuple[bytes, str]]:
    yield from BODIES
    fields = {**dict.fromkeys({*NAMES, *door.data}, ODD), "versions": DEEP}
    yield urlencode(fields).encode(), FORM


def _failures(
    cast: Cast, client: Client, name: str, door: Door
) -> Iterator[tuple[str, str, bytes]]:
    with scope(municipality=cast.municipality):
        door.prepare(cast)
        arguments = {**door.fixed, **door.row(cast)}
    url = reverse(name, kwargs={"municipality_code": cast.municipality.code, **arguments})
    for body, content_type in _bodies(door):
        with undone():
            response = client.post(f"{url}?{door.query}", body, content_type=content_type)
            if response.status_code >= 500:
                yield name, content_type, body[:40]


def test_a_broken_body_is_refused_and_is_no_fault(
    municipality: Municipality, other_municipality: Municipality
) -> None:
    failures: list[tuple[str, str, bytes]] = []
    for name, door in DOORS.items():
        if "POST" in door.methods and name in TENANT:
            with undone():
                cast = Cast(municipality, other_municipality)
                client = cast.client(*Role)
                client.raise_request_exception = False
                failures += _failures(cast, client, name, door)
    assert failures == []

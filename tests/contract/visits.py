"""One way to every URL of the portal: what the walk finds, a door that is tried, and what came back."""

import html
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.tenancy import declared_permission
from tests.contract.access_cast import Cast, Door

# Whoever may order a print need not wait for it here; what a page shows is made at once.
ONLY_QUEUED = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
DONE = {200, 204, 302}
ZIP = b"PK\x03\x04"
CORRECT_IT = {400, 409, 422}  # the view ran and answered that the empty form is wrong


@dataclass(frozen=True)
class Address:
    """One URL pattern: its name with namespace, the whole route, and the view behind it."""

    name: str
    route: str
    view: Callable[..., Any]

    @property
    def is_tenant(self) -> bool:
        return "municipality_code" in self.route


def walk(resolver: URLResolver, route: str = "", namespace: str = "") -> Iterator[Address]:
    """Yield every URL pattern below the resolver."""
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(f"{namespace}{pattern.name or ''}", here, pattern.callback)
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern, here, inner)


ADDRESSES = list(walk(get_resolver()))
TENANT = {address.name: address for address in ADDRESSES if address.is_tenant}
OPEN = {address.name: address for address in ADDRESSES if not address.is_tenant}


@contextmanager
def undone() -> Iterator[None]:
    """Take back what a request wrote, so that the next visitor finds the same."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Visit:
    """One door of the municipality under test, ready to be tried by anybody."""

    def __init__(self, cast: Cast, address: Address, door: Door) -> None:
        self.cast, self.address, self.door = cast, address, door
        with scope(municipality=cast.municipality):
            door.prepare(cast)
            self.arguments = {**door.fixed, **door.row(cast)}
            self.names_a_row = self.arguments != door.fixed

    def ask(self, client: Client, method: str, *, of: Municipality | None = None) -> "Answer":
        """Return what this visitor gets for the address, under the code of a municipality."""
        code = (of or self.cast.municipality).code
        path = reverse(self.address.name, kwargs={"municipality_code": code, **self.arguments})
        url = f"{path}?{self.door.query}"
        with undone():
            return self.answer(client, method, url)

    def answer(self, client: Client, method: str, url: str) -> "Answer":
        """Send the request; what it wrote is still there when this returns."""
        if method == "GET":
            response = client.get(url)
        else:
            with override_settings(TASKS=ONLY_QUEUED):
                response = client.post(url, self.door.data)
        assert response.headers["Cache-Control"] == "no-store", "Back would show it again."
        return Answer.of(response)

    def opens_for(self, method: str, permissions: frozenset[Permission]) -> bool:
        """Tell whether these permissions suffice, as the cast says."""
        asks = self.door.asks_post or self.door.asks if method == "POST" else self.door.asks
        return any(each in permissions for each in asks)

    def shows_secret(self, answer: "Answer") -> bool:
        return self.door.secret is not None and self.door.secret in answer.text

    def check_role(self, method: str, permissions: frozenset[Permission], client: Client) -> None:
        """Assert that a member gets in, or is told 403 or 405, as the cast says."""
        answer = self.ask(client, method)
        if method in self.door.methods and self.opens_for(method, permissions):
            assert answer.status in (DONE if method == "GET" else DONE | CORRECT_IT)
            if method == "GET" and self.door.secret is not None:
                assert self.shows_secret(answer), f"{self.door.secret} is not on the page."
            return
        declared = declared_permission(self.address.view) in permissions
        assert answer.status == (405 if declared and method not in self.door.methods else 403)
        assert not self.shows_secret(answer)


@dataclass(frozen=True)
class Answer:
    """What came back: the status, where it leads, and everything a reader could find in it."""

    status: int
    location: str
    text: str

    @classmethod
    def of(cls, response: HttpResponseBase) -> "Answer":
        content = b"".join(response) if response.streaming else response.content
        text = content.decode(errors="replace")
        if content.startswith(ZIP):
            text = unzipped(content)
        if response.headers.get("Content-Type", "").startswith("application/json"):
            text = json.dumps(json.loads(text), ensure_ascii=False)
        return cls(response.status_code, response.headers.get("Location", ""), text)


def unzipped(content: bytes) -> str:
    """Return everything a workbook says, which its compression hides from a search."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist()]
    return html.unescape("\n".join(parts))

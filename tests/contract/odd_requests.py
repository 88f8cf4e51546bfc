"""Requests at random over every URL, method, kind of visitor and body, and which of them the program fails at.

The same seed makes the same requests, so that a failure can be looked at again.
"""

import json
import random
import re
import sys
import traceback
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from django.core.signals import got_request_exception
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from tests.contract.access_cast import DOORS, PUBLIC, PUBLIC_ARGUMENTS, Cast, Door
from tests.contract.visits import undone

METHODS = ["GET", "GET", "POST", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
METHODS += ["PROPFIND", "CONNECT", "BREW"]
AT_ONE_DOOR = 10  # which is then made ready once for them
FORM = "application/x-www-form-urlencoded"
NAMES = ["row", "uid", "version", "step", "act", "outline", "preset", "move", "action", "q", "page"]
NAMES += ["product", "terminal", "last", "next", "find", "sheet", "code", "target", "key", "file"]
NAMES += ["versions", "old", "new", "date", "from", "to", "sort", "filter", "status", "username"]
DEEP = "[" * 100_000 + "]" * 100_000
VALUES = ["", " ", "0", "-1", "9" * 30, "9" * 5000, "1e400", "NaN", "-Infinity", "１２３", "①", "٣"]
VALUES += ["\0", "a\0b", "\r\nSet-Cookie: x=1", "'; DROP TABLE x; --", "{{ 7 }}", "%s%n", "\ufffe"]
VALUES += ["2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "令和99年13月", "25:99", "true"]
VALUES += ["00000000-0000-0000-0000-000000000000", "not-a-uuid", "../../etc/passwd", "長" * 3000]
VALUES += ["🏯" * 50, "葛\U000e0100", "é", "\u202e", "[]", "{}", '{"a":', DEEP[:6000], "on", "null"]
PARTS = [
    "0",
    "-1",
    "9" * 40,
    "9" * 4000,
    "%00",
    "%ff%fe",
    "..",
    "%2e%2e%2f",
    "漢字",
    "a" * 3000,
    "'",
]
HEADERS: list[dict[str, str]] = [{}] * 6
HEADERS += [{"HX-Request": "true"}, {"Accept": "application/json"}, {"Accept": "x" * 3000}]
HEADERS += [{"Range": "bytes=9-1"}, {"Referer": "http://[::1"}, {"Referer": "\xff\xfe"}]
HEADERS += [{"Cookie": "sessionid=\xff; csrftoken=" + "x" * 3000}, {"User-Agent": "\xe3" * 3000}]
HEADERS += [{"X-Forwarded-For": "999.1, ::::, " + "x" * 400}, {"If-Modified-Since": "Mon, 99"}]
HEADERS += [
    {"Host": "testserver:99999"},
    {"HX-Current-URL": "\xff"},
    {"Accept-Language": "," * 999},
]
HEADERS += [{"Content-Length": "-5"}, {"X-Forwarded-For": ""}]
HEADERS += [{"Cookie": 'sessionid="abcdefghijkl\\000"'}]


@dataclass
class Failure:
    """A request at which the program failed, and what it raised."""

    number: int
    request: str
    status: int
    raised: str

    def __str__(self) -> str:
        return f"request {self.number}: {self.request} -> {self.status} {self.raised}"


@dataclass
class Fuzz:
    """A run of so many requests; `failures` are those answered by a status of 500 or above."""

    seed: int
    requests: int
    home: Municipality
    neighbour: Municipality
    failures: list[Failure] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    _raised: str = ""

    def run(self) -> None:
        """Make all requests; what each wrote is taken back."""
        chance = random.Random(self.seed)
        names = [*DOORS, *PUBLIC]
        chance.shuffle(names)
        got_request_exception.connect(self._note)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                for first in range(0, self.requests, AT_ONE_DOOR):
                    name = names[first // AT_ONE_DOOR % len(names)]
                    self._at_door(name, first, random.Random(f"{self.seed} {first}"))
        finally:
            got_request_exception.disconnect(self._note)

    def _at_door(self, name: str, first: int, chance: random.Random) -> None:
        with undone():
            door = DOORS.get(name) or Door(fixed=PUBLIC_ARGUMENTS.get(name, {}))
            cast = Cast(self.home, self.neighbour)
            visitors = Visitors(cast, chance)
            arguments: dict[str, Any] = dict(door.fixed)
            if name in DOORS:
                with scope(municipality=self.home):
                    door.prepare(cast)
                    arguments |= {"municipality_code": self.home.code, **door.row(cast)}
            place = reverse(name, kwargs=arguments)
            asks = "GET" in door.methods and "POST" in door.methods
            page = f"{place}?{door.query}"
            typed = names_typed_at(page, visitors.of_all_roles()) if asks else []
            last = min(first + AT_ONE_DOOR, self.requests)
            for number in range(first, last):
                made = OddRequest(chance, name, place, door, typed, arguments)
                visitor = visitors.somebody()
                with undone():
                    self._ask(number, visitor, made)

    def _ask(self, number: int, client: Client, made: "OddRequest") -> None:
        self._raised = ""
        try:
            response = made.send(client)
            status = response.status_code
            if getattr(response, "streaming", False):
                for _ in response.streaming_content:
                    pass
        except Exception as error:
            self._note(exception=error)
            status = 599
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if status >= 500 and not made.address.startswith("/readyz/"):
            self.failures.append(Failure(number, str(made), status, self._raised))

    def _note(self, exception: Exception | None = None, **_: Any) -> None:
        error = exception or sys.exc_info()[1]
        if error is not None:
            at = traceback.extract_tb(error.__traceback__)[-6:]
            ways = " < ".join(f"{step.filename[-40:]}:{step.lineno}" for step in reversed(at))
            self._raised = f"{type(error).__name__}: {str(error)[:200]} at {ways}"


class Visitors:
    """Strangers, neighbours, and members with any role, each with a browser of their own."""

    def __init__(self, cast: Cast, chance: random.Random) -> None:
        self._cast, self._chance = cast, chance

    def of_all_roles(self) -> Client:
        return self._patient(self._cast.client(*Role))

    def somebody(self) -> Client:
        which = self._chance.random()
        if which < 0.5:
            return self.of_all_roles()
        if which < 0.6:
            return self._patient(Client())
        if which < 0.7:
            return self._patient(self._cast.client(*Role, neighbour=True))
        return self._patient(self._cast.client(self._chance.choice(list(Role))))

    @staticmethod
    def _patient(client: Client) -> Client:
        client.raise_request_exception = False
        return client


def names_typed_at(address: str, client: Client) -> list[str]:
    """Return the names of the fields of the page's forms."""
    with undone():
        response = client.get(address)
        html = b"" if response.streaming else response.content
    found = re.findall(
        r'<(?:input|select|textarea|button)[^>]* name="([^"]+)"', html.decode(errors="replace")
    )
    return sorted({name for name in found if name != "csrfmiddlewaretoken"})


class OddRequest:
    """One request that no page of ours sends, or one that is nearly right."""

    def __init__(
        self,
        chance: random.Random,
        name: str,
        place: str,
        door: Door,
        typed: list[str],
        arguments: dict[str, Any],
    ) -> None:
        self._chance, self._door, self._typed = chance, door, typed
        self.method = chance.choice(door.methods if chance.random() < 0.6 else METHODS)
        self.address = place if chance.random() < 0.8 else self._elsewhere(name, place, arguments)
        if chance.random() < 0.5:
            self.address += "?" + self._query()
        self.headers = dict(chance.choice(HEADERS))
        bodies = [self._form, self._form, self._form, self._form, self._parts, self._parts]
        bodies += [self._json, self._raw, self._broken_parts]
        self.body, self.content_type = chance.choice(bodies)()

    def __str__(self) -> str:
        return (
            f"{self.method} {self.address[:200]} {str(self.headers)[:80]} "
            f"{self.content_type[:60]} {self.body[:120]!r}"
        )

    def send(self, client: Client) -> Any:
        """Send it; what the library for tests cannot put into a request is left out."""
        headers = {name: value for name, value in self.headers.items() if name != "Content-Length"}
        length = self.headers.get("Content-Length")
        extra: dict[str, Any] = {"CONTENT_LENGTH": length} if length else {}
        return client.generic(
            self.method, self.address, self.body, self.content_type, headers=headers, **extra
        )

    def _elsewhere(self, name: str, place: str, arguments: dict[str, Any]) -> str:
        """Return the address with one of its parts replaced, by a value that fits or by none."""
        steps = place.strip("/").split("/")
        at = self._chance.randrange(len(steps))
        if arguments and self._chance.random() < 0.4:
            other = dict(arguments)
            changed = self._chance.choice(sorted(other))
            other[changed] = self._chance.choice(
                [0, 9**18, 10**30, "departments", "1", "a" * 200, "x"]
            )
            with suppress(NoReverseMatch):
                return reverse(name, kwargs=other)
        steps[at] = self._chance.choice(PARTS)
        return quote("/" + "/".join(steps) + "/", safe="/%'")

    def _query(self) -> str:
        some = self._chance.sample([*NAMES, *self._typed], k=self._chance.randint(1, 4))
        pairs = [(name, self._value()[:2000]) for name in some]
        return self._door.query + "&" + urlencode(pairs, errors="replace")

    def _fields(self) -> list[tuple[str, str]]:
        fields = [
            (name, self._value()) for name in {*NAMES, *self._typed} if self._chance.random() < 0.5
        ]
        fields += [(name, str(value)) for name, value in self._door.data.items()]
        fields += [(name, self._value()) for name, _ in fields[:3]]  # twice
        return sorted(fields)

    def _value(self) -> str:
        return self._chance.choice(VALUES)

    def _form(self) -> tuple[bytes, str]:
        charset = self._chance.choice(["", "", "", "; charset=utf-99", "; charset=shift_jis"])
        return urlencode(self._fields(), errors="replace").encode(), FORM + charset

    def _json(self) -> tuple[bytes, str]:
        value = self._value()
        whole: list[Any] = [
            dict(self._fields()),
            {"key": value, "fields": [[value, value]]},
        ]
        whole += [
            [value],
            value,
            None,
            {"fields": {"a": [1, None, True]}, "key": 7},
            {"key": ["x"]},
        ]
        said = json.dumps(self._chance.choice(whole))
        odd = [
            DEEP,
            '{"key":' * 90_000,
            "NaN",
            '{"key": 1e999}',
            '{"key": ' + "9" * 5000 + "}",
            "\ufeff{}",
            "",
        ]
        chosen = said if self._chance.random() < 0.6 else self._chance.choice(odd)
        return chosen.encode(), "application/json"

    def _raw(self) -> tuple[bytes, str]:
        kinds = [
            "",
            "text/plain",
            FORM,
            "application/json",
            "multipart/form-data",
            "x" * 500,
            "a/b; c",
        ]
        return self._chance.randbytes(self._chance.choice([0, 1, 300])), self._chance.choice(kinds)

    def _parts(self) -> tuple[bytes, str]:
        """Return a form with files, as browsers send it; names of files are anything."""
        names = [
            "a.png",
            "",
            "漢" * 300 + ".xlsx",
            "..",
            "a\0.docx",
            "x" * 5000,
            "表.csv",
            '"',
            "a/b\\c.zip",
        ]
        contents = [
            b"",
            b"\0" * 100,
            b"PK\x03\x04",
            b"%PDF-1.7",
            b"\x89PNG\r\n\x1a\n",
            b"a,b\n1,2\n",
        ]
        lines = b""
        for name, value in self._fields():
            lines += (
                f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode(
                    errors="replace"
                )
            )
        for name in {"file", *self._chance.sample(self._typed, k=min(2, len(self._typed)))}:
            head = f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="{self._chance.choice(names)}"'
            kind = self._chance.choice(["image/png", "", "text/plain; charset=utf-99"])
            lines += f"{head}\r\nContent-Type: {kind}\r\n\r\n".encode() + self._chance.choice(
                contents
            )
            lines += b"\r\n"
        return lines + b"--b--\r\n", "multipart/form-data; boundary=b"

    def _broken_parts(self) -> tuple[bytes, str]:
        whole, _ = self._parts()
        kinds = [
            "boundary=b",
            "boundary=b",
            "",
            "boundary=",
            "boundary=" + "b" * 500,
            "boundary=\xe3",
        ]
        cut = whole[: self._chance.randrange(len(whole))]
        coded = b'--b\r\nContent-Disposition: form-data; name="file"\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--b--'
        long = b"--b\r\n" + b"X: " + b"y" * 9000 + b"\r\n\r\n--b--"
        body = self._chance.choice([cut, cut, cut, coded, long, b"--b--", b""])
        return body, f"multipart/form-data; {self._chance.choice(kinds)}"


def report(fuzz: Fuzz) -> Iterator[str]:
    """Yield each failure, and how often which status was answered."""
    yield from map(str, fuzz.failures)
    yield f"seed {fuzz.seed}: {dict(sorted(fuzz.statuses.items()))}"

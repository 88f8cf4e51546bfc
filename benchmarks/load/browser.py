"""One person's browser: cookies, forms as they would be posted, and what each answer took."""

import json
import re
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from lxml import html

from benchmarks.load import KIND_HEADER
from scripts.processes import Address
from scripts.serve_like_production import PROXY_HEADERS

# The proxy of docs/operations.md gives up after so many seconds.
SECONDS_TO_WAIT = 130
NO_ANSWER = 0
Pairs = Sequence[tuple[str, str]]
# What says why something was not done stands in one of these, on error pages in plain paragraphs.
_TOLD = "//*[@role='alert' or @data-conflict or contains(@class, 'notice-danger')]"
_PLAIN = "//main//p"


@dataclass(frozen=True)
class Answer:
    """One answer: status 0 when none came."""

    kind: str
    path: str
    status: int
    seconds: float
    text: str = ""
    location: str = ""

    def page(self) -> Any:
        """Return the answer as a tree."""
        return html.fromstring(self.text)

    @property
    def said(self) -> str:
        """Return what the page or the answer to a script says, as one line."""
        if self.text.startswith("{"):
            return str(json.loads(self.text).get("error", ""))
        if not self.text.strip():
            return ""
        page = self.page()
        texts = [each.text_content() for each in page.xpath(_TOLD) or page.xpath(_PLAIN)]
        return " ".join(" ".join(dict.fromkeys(texts)).split())


@dataclass
class Browser:
    """Asks like a browser behind the proxy; `hear` gets every answer."""

    address: Address
    terminal: str
    hear: Callable[[Answer], None]
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, kind: str, path: str) -> Answer:
        return self._ask(kind, "GET", path, None, {})

    def post(self, kind: str, path: str, pairs: Pairs) -> Answer:
        """Post a form; a redirect is returned, and followed by who wants to see the page."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask(kind, "POST", path, urlencode(pairs), headers)

    def post_json(self, kind: str, path: str, data: Any) -> Answer:
        """Post as a script of our pages does."""
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "X-CSRFToken": self.cookies.get("csrftoken", ""),
        }
        return self._ask(kind, "POST", path, json.dumps(data), headers)

    def _ask(
        self, kind: str, method: str, path: str, body: str | None, more: dict[str, str]
    ) -> Answer:
        own = {
            "X-Forwarded-For": self.terminal,
            "Referer": f"https://{PROXY_HEADERS['Host']}{path}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept-Language": "ja",
            KIND_HEADER: kind,
        }
        started = time.monotonic()
        try:
            with closing(HTTPConnection(*self.address, timeout=SECONDS_TO_WAIT)) as line:
                line.request(method, path, body=body, headers=PROXY_HEADERS | own | more)
                response = line.getresponse()
                text = response.read().decode("utf-8", errors="replace")
        except (OSError, HTTPException) as error:
            answer = Answer(kind, path, NO_ANSWER, time.monotonic() - started, repr(error))
        else:
            self._keep_cookies(response.headers.get_all("Set-Cookie") or [])
            location = response.headers.get("Location", "")
            seconds = time.monotonic() - started
            answer = Answer(kind, path, response.status, seconds, text, location)
        self.hear(answer)
        return answer

    def _keep_cookies(self, headers: Sequence[str]) -> None:
        for header in headers:
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value


def form_of(answer: Answer, selector: str) -> Any:
    """Return the one form of a page that a path of lxml selects."""
    [form] = answer.page().xpath(selector)
    return form


def pairs_of(form: Any) -> list[tuple[str, str]]:
    """Return what a browser posts of a form in which nothing was touched."""
    texts = {area.name for area in form.xpath(".//textarea")}
    return [
        (str(name), _as_typed(str(value)) if name in texts else str(value))
        for name, value in form.form_values()
    ]


def _as_typed(text: str) -> str:
    """Return a text as a browser has it: without the line break behind the tag, others its own way."""
    return text.removeprefix("\n").replace("\r\n", "\n").replace("\n", "\r\n")


def changed(pairs: Pairs, **values: str) -> list[tuple[str, str]]:
    """Return the pairs with other values for some names, which are added where they are missing."""
    rest = [(name, value) for name, value in pairs if name not in values]
    return [*rest, *values.items()]


def uid_in(address: str) -> str:
    """Return the last uid of an address."""
    return re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", address)[-1]

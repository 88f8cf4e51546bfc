"""A real browser for the tests, which reports everything a user's browser would complain about."""

import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    FloatRect,
    Page,
    Playwright,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import User

# Playwright keeps an event loop in the main thread; Django would refuse to query beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A condition is waited for; how long only matters on a busy machine.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)

AXE_PATH = Path(__file__).parent / "vendored" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
# What is in order is not described, and style sheets are not parsed again for a rule that is off.
RUN_AXE = """tags => axe.run(document, {
  runOnly: tags, resultTypes: ["violations"], preload: {assets: ["media"]},
}).then(result => result.violations)"""
# Named by `make screenshots`; a picture of every page would cost `make test` minutes.
PICTURES_FOLDER = os.environ.get("SCREENSHOT_DIR")
MOST_HEIGHT = 8_000
DESK = {"width": 1280, "height": 900}
LOCAL_HOSTS = {"127.0.0.1", "localhost"}
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
REPORT_CSP_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP ${event.violatedDirective} blocked ${event.blockedURI}`));
"""

SignIn = Callable[[Page, User], None]
PageCheck = Callable[[Page], None]
Shot = Callable[[Page, str], None]


@dataclass
class Complaints:
    """What the browser complained about; a test allows by regular expression what it provokes."""

    seen: list[str] = field(default_factory=list)
    # The browser reports every 422 although a form that comes back with errors is ordinary.
    allowed: list[str] = field(default_factory=lambda: [r"status of 422"])

    def allow(self, pattern: str) -> None:
        self.allowed.append(pattern)

    def unexpected(self) -> list[str]:
        return [text for text in self.seen if not any(re.search(ok, text) for ok in self.allowed)]

    def watch(self, page: Page) -> None:
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.seen.append(f"script error: {error}"))
        page.on("request", lambda request: self._on_request(request.url))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.seen.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _on_request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.hostname not in LOCAL_HOSTS:
            self.seen.append(f"request to another machine: {url}")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of browsers. It runs only once in a process, so every launch asks here."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = launch_chromium(playwright)
    yield chromium
    chromium.close()


def launch_chromium(
    playwright: Playwright, *, whole: bool = False, without: Sequence[str] = ()
) -> Browser:
    """Start Debian's chromium (BCP_CHROMIUM names another), `without` some of Playwright's options.

    Where it need not be the `whole` program as people have it, its engine does without what would
    draw windows and menus, which saves more than half of the processor time.
    """
    program = "chromium" if whole else "chromium-headless-shell"
    path = os.environ.get("BCP_CHROMIUM") or shutil.which(program)
    if path is None:
        pytest.fail(f"{program} is not installed: run `make test`, or apt-get install {program}")
    return playwright.chromium.launch(
        executable_path=path, args=CHROMIUM_ARGUMENTS, ignore_default_args=list(without)
    )


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


def open_profile(browser: Browser, complaints: Complaints, **options: Any) -> BrowserContext:
    """Return a fresh profile of a Japanese desk; every page opened in it is watched."""
    desk = {"locale": "ja-JP", "timezone_id": "Asia/Tokyo", "viewport": DESK}
    context = browser.new_context(**desk | options)
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(REPORT_CSP_VIOLATIONS)
    context.on("page", complaints.watch)
    return context


@pytest.fixture
def browser_context(browser: Browser, complaints: Complaints) -> Iterator[BrowserContext]:
    context = open_profile(browser, complaints)
    yield context
    context.close()


@pytest.fixture
def page(
    live_server: LiveServer, browser_context: BrowserContext, complaints: Complaints
) -> Iterator[Page]:
    """A page of the running site; the test fails if the browser complained about anything."""
    page = browser_context.new_page()
    yield page
    assert complaints.unexpected() == []


@pytest.fixture
def sign_in(live_server: LiveServer) -> SignIn:
    """Sign a user in without the form, which has tests of its own."""

    def put_session(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )

    return put_session


@pytest.fixture
def axe() -> PageCheck:
    """Assert that axe-core finds nothing against WCAG 2.1 A and AA on the page as it stands."""
    source = AXE_PATH.read_text(encoding="utf-8")

    def check(page: Page) -> None:
        page.evaluate(source)  # through the debugger, which the page's CSP does not concern
        violations = page.evaluate(RUN_AXE, AXE_TAGS)
        found = [
            f"{violation['id']} ({violation['impact']}): {violation['help']}: {node['target']}"
            for violation in violations
            for node in violation["nodes"]
        ]
        assert found == [], f"{page.url}:\n" + "\n".join(found)

    return check


@pytest.fixture
def shot() -> Shot:
    """Save a picture of the page, named for a human, where `make screenshots` collects them."""

    def save(page: Page, name: str) -> None:
        if PICTURES_FOLDER:
            path = Path(PICTURES_FOLDER) / f"{name}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=path, full_page=True, clip=top_of(page))

    return save


def top_of(page: Page) -> FloatRect:
    """Return the page as far down as somebody looks: chromium gives up on a plan in one picture."""
    width, height = page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    return {"x": 0, "y": 0, "width": width, "height": min(height, MOST_HEIGHT)}

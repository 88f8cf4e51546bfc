"""Every page that a GET opens, in a browser: accessible, reflowing, named, and with a visible focus."""

from functools import cached_property
from typing import Any

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Membership, Municipality, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.spec import AnnexSpec
from plans.models import Chapter
from plans.outlines import OUTLINES
from plans.outlines.new_plan import create_plan
from tests.browser import Complaints, SignIn
from tests.cases import portion
from tests.conftest import PASSWORD, MemberFactory
from tests.contract.access_cast import DOORS, Cast
from tests.contract.visits import TENANT, Visit
from tests.e2e.page_rules import Inspector
from tests.rows import make_row

pytestmark = [pytest.mark.browser, pytest.mark.long_form]

FEWEST_DOORS = 25
FIRST_CODE = 430000


@pytest.fixture
def inspector(page: Page, live_server: LiveServer) -> Inspector:
    return Inspector(page)


@pytest.fixture
def everybody(member: MemberFactory) -> Membership:
    """One person in every role, who sees every button."""
    return member(*Role, username="nakamura")


class CastOfOneDoor(Cast):
    """The cast of one door, whose member has a name of its own in the whole portal."""

    @cached_property
    def member(self) -> Membership:
        name = f"member-{self.municipality.code}"
        user = User.objects.create(username=name, display_name=name)
        return Membership.objects.create(
            municipality=self.municipality, user=user, roles=[Role.VIEWER.value]
        )


def is_page(client: Client, address: str) -> bool:
    """Tell whether the address answers with a whole page, not a file, a part or a redirection."""
    answer = client.get(address)
    if answer.status_code != 200 or answer.streaming:
        return False
    html = answer.headers.get("Content-Type", "").startswith("text/html")
    return html and answer.content.lstrip().lower().startswith(b"<!doctype html")


def test_every_address_of_a_municipality(
    inspector: Inspector,
    live_server: LiveServer,
    everybody: Membership,
    other_municipality: Municipality,
    sign_in: SignIn,
) -> None:
    """Each door has a municipality of its own, because what one prepares another may remove."""
    client = Client()
    client.force_login(everybody.user, "django.contrib.auth.backends.ModelBackend")
    sign_in(inspector.page, everybody.user)
    for place, (name, door) in enumerate(DOORS.items()):
        if "GET" not in door.methods or name not in TENANT:
            continue
        home = Municipality.objects.create(code=str(FIRST_CODE + place), name="見本市")
        Membership.objects.create(municipality=home, user=everybody.user, roles=list(Role))
        visit = Visit(CastOfOneDoor(home, other_municipality), TENANT[name], door)
        path = reverse(name, kwargs={"municipality_code": home.code, **visit.arguments})
        address = f"{path}?{door.query}"
        if is_page(client, address):
            inspector.open(live_server.url + address)
    assert inspector.looked_at >= FEWEST_DOORS
    assert inspector.found == []


SPOIL = """() => {
  const main = document.querySelector("main");
  main.append(document.querySelector("h1").cloneNode(true));
  main.append(Object.assign(document.createElement("img"), {src: "/static/favicon.svg"}));
  main.append(Object.assign(document.createElement("a"), {href: "#nowhere", textContent: "先へ"}));
  main.append(Object.assign(document.createElement("p"), {id: "main", textContent: "二つ目"}));
  document.querySelector("h1").style.width = "500px";
  document.querySelector("main button").style.outline = "none";
  document.documentElement.lang = "en";
}"""


def test_the_inspector_notices_what_breaks_a_rule(
    inspector: Inspector, live_server: LiveServer
) -> None:
    inspector.axe_on_phones = 1
    inspector.open(f"{live_server.url}/sign-in/")
    assert inspector.found == []
    inspector.titles = {inspector.page.title(): "another page"}
    inspector.page.evaluate(SPOIL)
    inspector.look()
    said = "\n".join(inspector.found)
    for problem in (
        "at 1280: lang is not ja",
        "at 1280: 2 h1",
        "at 1280: ids used twice: main",
        "at 1280: #nowhere leads nowhere",
        "also on another page",
        "at 1280: no focus on BUTTON",
        "at 1280: axe image-alt",
        "at 390: axe image-alt",
        "at 390: scrolls sideways",
        "at 320: scrolls sideways",
    ):
        assert problem in said
    assert "at 1280: scrolls sideways" not in said


def in_order_of_need(specs: list[AnnexSpec]) -> list[AnnexSpec]:
    """Return the tables so that each comes after those its columns name, as far as possible."""
    ordered: list[AnnexSpec] = []

    def add(spec: AnnexSpec, path: tuple[AnnexSpec, ...] = ()) -> None:
        if spec in ordered or spec in path:
            return
        for column in spec.columns:
            target = target_of(spec, column.name)
            if target is not None:
                add(target, (*path, spec))
        ordered.append(spec)

    for spec in specs:
        add(spec)
    return ordered


def target_of(spec: AnnexSpec, name: str) -> AnnexSpec | None:
    try:
        model: Any = spec.model._meta.get_field(name).related_model
    except FieldDoesNotExist:
        return None
    return registry.spec_of_model(model) if model else None


@pytest.fixture
def full(municipality: Municipality) -> dict[str, Any]:
    """Fill every table with a row that has something in every column."""
    with scope(municipality=municipality):
        return {
            spec.code: make_row(spec, municipality, spec.model.objects.count() + 1, full=True)
            for spec in in_order_of_need(registry.specs())
        }


PAGES_OF_A_TABLE = ("list", "grid", "row", "edit")


@pytest.mark.parametrize("name", PAGES_OF_A_TABLE)
def test_every_table_with_something_in_every_column(
    inspector: Inspector,
    live_server: LiveServer,
    municipality: Municipality,
    full: dict[str, Any],
    everybody: Membership,
    sign_in: SignIn,
    name: str,
) -> None:
    """In `make test` every table on one page or two of its four, on all in `make rehearse`."""
    sign_in(inspector.page, everybody.user)
    tried = portion(list(full.items()), one_in=3, start=PAGES_OF_A_TABLE.index(name))
    for code, row in tried:
        arguments = [code] if name in ("list", "grid") else [code, row.uid]
        path = reverse(f"annex:{name}", args=[municipality.code, *arguments])
        inspector.open(live_server.url + path)
    assert inspector.looked_at == len(tried) >= len(registry.specs()) // 3
    assert inspector.found == []


def test_a_whole_plan_with_its_tables(
    inspector: Inspector,
    live_server: LiveServer,
    municipality: Municipality,
    full: dict[str, Any],
    everybody: Membership,
    sign_in: SignIn,
) -> None:
    sign_in(inspector.page, everybody.user)
    outline = next(iter(OUTLINES.values()))
    with scope(municipality=municipality):
        create_plan(municipality=municipality, actor=everybody.user, outline=outline)
        chapters = list(Chapter.objects.filter(parent=None).order_by("position"))
    for name in ("home", "plan:overview", "plan:progress", "plan:preview", "annex:index"):
        inspector.open(live_server.url + reverse(name, args=[municipality.code]))
    for chapter in (chapters[0], chapters[-1]):
        for name in ("plan:read", "plan:chapter"):
            address = reverse(name, args=[municipality.code, chapter.uid])
            inspector.open(live_server.url + address)
    assert inspector.found == []


def test_the_door_and_the_pages_that_refuse(
    inspector: Inspector,
    live_server: LiveServer,
    municipality: Municipality,
    other_municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
    complaints: Complaints,
) -> None:
    complaints.allow("status of (403|404|429)")
    page, origin = inspector.page, live_server.url
    inspector.open(f"{origin}/sign-in/")
    page.get_by_label("利用者ID").fill("nobody")
    page.get_by_label("パスワード").fill("wrong")
    page.get_by_role("button", name="サインイン").click()
    page.get_by_role("alert").wait_for()
    inspector.titles.clear()
    inspector.look()

    viewer = member(Role.VIEWER)
    Membership.objects.create(
        municipality=other_municipality, user=viewer.user, roles=[Role.VIEWER]
    )
    sign_in(page, viewer.user)
    inspector.open(f"{origin}/")
    inspector.open(f"{origin}/password/")
    code = municipality.code
    inspector.open(f"{origin}/{code}/annex/nothing/", status=404)
    inspector.open(f"{origin}/{code}/people/", status=403)
    assert inspector.found == []


def test_the_page_after_too_many_wrong_passwords(
    inspector: Inspector, live_server: LiveServer, complaints: Complaints
) -> None:
    complaints.allow("status of 429")
    User.objects.create_user(username="suzuki", password=PASSWORD)
    client = Client(REMOTE_ADDR="127.0.0.1")
    for _ in range(11):
        client.post("/sign-in/", {"username": "suzuki", "password": "wrong"})
    page = inspector.page
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_label("利用者ID").fill("suzuki")
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="サインイン").click()
    page.get_by_role("heading", name="サインインを一時停止しています").wait_for()
    inspector.look()
    assert inspector.found == []

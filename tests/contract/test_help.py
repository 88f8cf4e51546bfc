"""The guide for staff: every page leads to a section that exists, every picture is there and used."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.ui.help_book import help_book
from tests.conftest import ClientFactory
from tests.contract.access_cast import DOORS
from tests.contract.visits import OPEN, TENANT

PICTURES = settings.BASE_DIR / "static" / "help"
MOST_BYTES = 2_500_000
# What a GET answers with a file, a picture or a part of a page.
NO_PAGE = {
    "annex:excel",
    "annex:file",
    "annex:import-progress",
    "bookshelf:handset",
    "bookshelf:handset-personal",
    "editions:earlier-file",
    "editions:excel",
    "editions:excel-personal",
    "editions:pdf",
    "editions:pdf-personal",
    "editions:public-excel",
    "editions:public-page",
    "editions:public-pdf",
    "images:show",
    "prepared:file",
    "prepared:progress",
    "prints:file",
    "prints:progress",
    "prints:word-template-file",
    "revisions:issuing",
    "revisions:paper",
    "revisions:proposal",
}


class GuideReader(HTMLParser):
    """Collects what a page of the guide names and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag == "a" and (values.get("href") or "").startswith("#"):
            self.links.append(str(values["href"])[1:])
        if tag == "img":
            self.pictures.append(values)


@pytest.fixture
def guide(client_for: ClientFactory, municipality: Municipality) -> str:
    """Return the guide as a reader of the municipality gets it."""
    answer = client_for(Role.VIEWER).get(reverse("help:book", args=[municipality.code]))
    assert answer.status_code == 200
    return answer.content.decode()


def pages() -> Iterator[str]:
    """Yield the names of the URLs in a municipality that show a page."""
    for name, door in DOORS.items():
        if "GET" in door.methods and name in TENANT and name not in NO_PAGE:
            yield name


@pytest.mark.parametrize("name", list(pages()))
def test_every_page_leads_to_a_section(name: str) -> None:
    section = help_book.section_for(name)
    assert section, f"Add {name!r} to `explains` of a section in a help_parts.py."
    assert section.slug in help_book.slugs()


def test_every_explained_url_exists() -> None:
    explained = {name for section in help_book.sections() for name in section.explains}
    assert explained <= TENANT.keys() | OPEN.keys()
    assert not explained & NO_PAGE
    assert DOORS.keys() >= NO_PAGE


def test_the_guide_shows_every_section_once_and_no_link_leads_nowhere(guide: str) -> None:
    read = GuideReader(guide)
    assert len(read.ids) == len(set(read.ids))
    assert help_book.slugs() <= set(read.ids)
    assert {part.slug for part in help_book.parts()} <= set(read.ids)
    assert set(read.links) <= set(read.ids)


def test_pictures_of_the_guide_are_there_used_described_and_small(guide: str) -> None:
    read = GuideReader(guide)
    shown = {re.sub(r".*/help/", "", str(picture["src"])) for picture in read.pictures}
    assert shown == {path.name for path in PICTURES.iterdir()}
    for picture in read.pictures:
        assert picture["alt"] and len(picture["alt"]) > 10
        assert int(picture["width"] or 0) <= 1000 and picture["height"]
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < MOST_BYTES


def test_a_page_links_to_its_own_section(
    client_for: ClientFactory, municipality: Municipality
) -> None:
    client = client_for(Role.EDITOR, Role.AUDITOR)
    for name, arguments, slug in (
        ("home", [], "first-home"),
        ("annex:grid", ["departments"], "tables-grid"),
        ("audit:list", [], "log-entries"),
    ):
        page = client.get(reverse(name, args=[municipality.code, *arguments]), follow=True)
        address = reverse("help:book", args=[municipality.code])
        assert f'href="{address}#{slug}"' in page.content.decode()


def test_who_has_not_signed_in_finds_help_with_that_and_nothing_else(db: None) -> None:
    sign_in = Client().get(reverse("sign-in")).content.decode()
    assert 'href="/help/#sign-in"' in sign_in
    page = Client().get("/help/")
    assert page.status_code == 200
    read = GuideReader(page.content.decode())
    assert {"start", "sign-in", "screen", "typing"} <= set(read.ids)
    assert "people-members" in help_book.slugs() and "people-members" not in read.ids


def test_a_part_alone_links_to_the_others_on_the_page_of_all(
    client_for: ClientFactory, municipality: Municipality
) -> None:
    client = client_for(Role.VIEWER)
    answer = client.get(reverse("help:part", args=[municipality.code, "print"]))
    html = answer.content.decode()
    read = GuideReader(html)
    assert "print-plan" in read.ids and "editions-read" not in read.ids
    assert f'href="{reverse("help:book", args=[municipality.code])}#editions-read"' in html
    assert client.get(reverse("help:part", args=[municipality.code, "none"])).status_code == 404


@pytest.mark.parametrize("spec", registry.specs(), ids=[spec.code for spec in registry.specs()])
def test_how_to_write_a_column_stands_at_its_field_and_behind_one_button_of_the_grid(
    client_for: ClientFactory, municipality: Municipality, spec: AnnexSpec
) -> None:
    client = client_for(Role.EDITOR)
    pages = {}
    for name in ("add", "grid"):
        answer = client.get(reverse(f"annex:{name}", args=[municipality.code, spec.code]))
        pages[name] = re.sub(r"<br ?/?>", "\n", unescape(answer.content.decode()))
    with scope(municipality=municipality):
        items = Sheet.of(spec, municipality).editable_items
    told = [item for item in items if item.help]
    assert told
    assert pages["grid"].count(">記入要領</summary>") == 1
    for item in told:
        assert item.help in pages["add"], item.name
        if item.column.kind is not Kind.FILE:
            of = f'data-help-of="{item.name}"'
            part = pages["grid"].split(of, 1)[1].split("</dd>", 1)[0]
            assert item.column.label in part and item.help in part, item.name

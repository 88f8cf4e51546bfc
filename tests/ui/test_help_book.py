"""The register of the guide: reading order, what a page is explained by, nothing twice."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template, TemplateSyntaxError

from bcp_portal.ui.help_book import HelpBook, HelpPart, HelpSection

GRID = HelpSection("grid", "まとめて書く", ("annex:grid",))
TABLES = HelpPart("tables", "表", 20, (GRID, HelpSection("excel", "Excel")))
DOOR = HelpPart("door", "入口", 10, (HelpSection("in", "入る", ("sign-in",)),), public=True)


@pytest.fixture
def book() -> HelpBook:
    book = HelpBook()
    book.register(TABLES, DOOR)
    return book


def test_parts_stand_in_reading_order(book: HelpBook) -> None:
    assert book.parts() == [DOOR, TABLES]
    assert [section.slug for section in book.sections()] == ["in", "grid", "excel"]
    assert book.parts(public_only=True) == [DOOR]


def test_a_page_is_explained_by_one_section(book: HelpBook) -> None:
    assert book.section_for("annex:grid") == GRID
    assert book.section_for("annex:list") is None
    assert book.section("grid") == GRID
    assert GRID.template == "help/sections/grid.html"
    with pytest.raises(ImproperlyConfigured, match="annex:grid"):
        book.register(HelpPart("more", "他", 30, (HelpSection("x", "X", ("annex:grid",)),)))


@pytest.mark.parametrize("slug", ["grid", "tables"])
def test_an_anchor_is_used_once(book: HelpBook, slug: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=slug):
        book.register(HelpPart("more", "他", 30, (HelpSection(slug, "X"),)))
    with pytest.raises(ImproperlyConfigured, match="same"):
        book.register(HelpPart("same", "他", 40, (HelpSection("same", "X"),)))


@pytest.mark.parametrize(
    "words", ['{% see "nowhere" %}', '{% picture "home" "" %}'], ids=["section", "words"]
)
def test_a_mistake_in_the_guide_is_an_error(words: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        Template("{% load help %}" + words).render(Context())

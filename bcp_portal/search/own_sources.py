"""What the search finds of its own: the pages of the menu, and the sections of the guide."""

import re
from collections.abc import Iterable
from functools import cache
from html import unescape

from django.template.loader import get_template

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.search.lines import Group, Line, LineAddress, Said
from bcp_portal.search.sources import SearchSource
from bcp_portal.ui.help_book import HelpPart, HelpSection, help_book
from bcp_portal.ui.navigation import navigation

# What templates are made of beside words: tags of Django, then those of HTML.
_MARKUP = re.compile(r"\{[%{#].*?[%}#]\}|<[^>]*>", re.DOTALL)


def pages_of_menu(membership: Membership) -> Iterable[Group]:
    """Return the pages that this member's menu leads to."""
    open_items = [
        item for item in navigation.items.values() if membership.may(Permission(item.permission))
    ]
    lines = tuple(
        Line(item.label, LineAddress(item.url_name))
        for item in sorted(open_items, key=lambda item: item.order)
    )
    return [Group("pages", "画面", lines)]


def guide(membership: Membership) -> Iterable[Group]:
    """Return the sections of the guide."""
    return [_guide()]


@cache
def _guide() -> Group:
    lines = (_section(part, section) for part in help_book.parts() for section in part.sections)
    return Group("guide", "使い方の手引き", tuple(lines))


def _section(part: HelpPart, section: HelpSection) -> Line:
    said = (Said("章", part.title), Said("説明", _words(section)))
    return Line(section.title, LineAddress("help:book", behind=f"#{section.slug}"), said)


def _words(section: HelpSection) -> str:
    """Return the words of a section as its template holds them."""
    source = get_template(section.template).template.source  # type: ignore[attr-defined]
    return " ".join(unescape(_MARKUP.sub(" ", source)).split())


PAGES = SearchSource(80, Permission.READ_PLAN, pages_of_menu)
GUIDE = SearchSource(90, Permission.READ_PLAN, guide)

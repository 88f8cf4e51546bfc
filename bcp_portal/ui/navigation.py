"""Collects the menu: every room registers its items, each person sees those they may open."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse


class MenuMembership(Protocol):
    """What the menu asks of a membership."""

    def may(self, permission: str, /) -> bool: ...


@dataclass(frozen=True)
class NavigationItem:
    """One line of the menu: where it leads and which permission shows it.

    Items of one group stand together under its name; an item without group stands above all.
    Lower order first, among items as among groups (a group stands where its first item does).
    With exact, pages below the address do not count as being there.
    """

    label: str
    url_name: str
    permission: str
    order: int
    icon: str
    group: str = ""
    exact: bool = False


@dataclass(frozen=True)
class NavigationEntry:
    """An item as one person sees it on one page."""

    label: str
    url: str
    icon: str
    current: str  # the value of aria-current: "page", "true" for a page below it, or ""


@dataclass(frozen=True)
class NavigationGroup:
    """The entries that stand under one name."""

    label: str
    entries: list[NavigationEntry]


@dataclass
class Navigation:
    """The items of all rooms."""

    items: dict[str, NavigationItem] = field(default_factory=dict)

    def register(self, *items: NavigationItem) -> None:
        """Add items; called from the ready() of each room."""
        for item in items:
            if item.url_name in self.items:
                raise ImproperlyConfigured(f"The menu already has an item for {item.url_name!r}.")
            self.items[item.url_name] = item

    def groups_for(
        self, membership: MenuMembership, *, municipality_code: str, path: str
    ) -> list[NavigationGroup]:
        """Return the menu of one person; path is the address of the page they look at."""
        visible = [item for item in self.items.values() if membership.may(item.permission)]
        urls = {item.url_name: _url(item, municipality_code) for item in visible}
        here = _nearest(visible, urls, path)
        groups: dict[str, list[NavigationEntry]] = {"": []}
        for item in sorted(visible, key=lambda item: item.order):
            url = urls[item.url_name]
            current = ("page" if url == path else "true") if item is here else ""
            entry = NavigationEntry(item.label, url, item.icon, current)
            groups.setdefault(item.group, []).append(entry)
        return [NavigationGroup(label, entries) for label, entries in groups.items() if entries]


navigation = Navigation()


def _url(item: NavigationItem, municipality_code: str) -> str:
    return reverse(item.url_name, kwargs={"municipality_code": municipality_code})


def _nearest(
    items: Iterable[NavigationItem], urls: dict[str, str], path: str
) -> NavigationItem | None:
    """Return the item whose address is the longest beginning of the path."""
    holding = [
        item
        for item in items
        if path == urls[item.url_name] or (not item.exact and path.startswith(urls[item.url_name]))
    ]
    return max(holding, key=lambda item: len(urls[item.url_name]), default=None)

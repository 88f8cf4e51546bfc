"""Lays out what was found as the page shows it: groups, so many lines of each, and where the rest is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from bcp_portal.search.excerpts import Excerpt, excerpts
from bcp_portal.search.finding import Found, SearchQuestion
from bcp_portal.search.lines import Line

A_PAGE = 20
"""Lines of one group on a page of its own, or where there are few groups."""

FEW_GROUPS = 3
OF_MANY_GROUPS = 5
"""Lines of each group where there are more: so that the last group is not screens away."""

_EXCERPTS = 2


@dataclass(frozen=True)
class ShownLine:
    """One line with the address it leads to and the places that say what was searched."""

    line: Line
    url: str
    excerpts: Sequence[Excerpt]


@dataclass(frozen=True)
class ShownGroup:
    """One group with the lines that fit, and where all of them are."""

    found: Found
    lines: Sequence[ShownLine]
    more: str

    @property
    def slug(self) -> str:
        return self.found.group.slug

    @property
    def title(self) -> str:
        return self.found.group.title

    @property
    def count(self) -> int:
        return len(self.found.lines)

    @cached_property
    def left(self) -> int:
        """Return how many lines are not shown here."""
        return self.count - len(self.lines)


class Results:
    """What was found for a question, as one member of a municipality reads it."""

    def __init__(
        self, question: SearchQuestion, found: Sequence[Found], municipality_code: str
    ) -> None:
        self.question, self.found, self._code = question, found, municipality_code

    @property
    def count(self) -> int:
        return sum(len(each.lines) for each in self.found)

    def groups(self) -> Iterator[ShownGroup]:
        """Yield all groups with their first lines."""
        most = A_PAGE if len(self.found) <= FEW_GROUPS else OF_MANY_GROUPS
        for each in self.found:
            more = urlencode({"q": self.question.text, "in": each.group.slug})
            yield ShownGroup(each, self.shown(each.lines[:most]), f"?{more}")

    def group(self, slug: str) -> Found | None:
        """Return the group of this name; None where nothing in it was found."""
        return next((each for each in self.found if each.group.slug == slug), None)

    def shown(self, lines: Sequence[Line]) -> list[ShownLine]:
        """Return lines as the page shows them."""
        words = self.question.words
        return [
            ShownLine(line, self._url(line), excerpts(line, words, most=_EXCERPTS))
            for line in lines
        ]

    def _url(self, line: Line) -> str:
        address = line.address
        return reverse(address.url_name, args=[self._code, *address.args]) + address.behind

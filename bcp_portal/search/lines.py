"""What can be found: lines, each a link with what it says, in groups; plain data."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from bcp_portal.spelling.letters import readable
from bcp_portal.spelling.numerals import DIGITS
from bcp_portal.spelling.widths import fold

# Between two texts, so that no word is found across them: what is folded never holds it.
_APART = "\n"


@dataclass(frozen=True)
class LineAddress:
    """Where a line leads: a URL of the municipality by its name, and what stands behind it."""

    url_name: str
    args: tuple[str, ...] = ()
    behind: str = ""


@dataclass(frozen=True)
class Said:
    """One thing that a line says beside its name, under what the reader calls it."""

    label: str
    text: str

    @property
    def folded(self) -> str:
        """Return the text as it is searched; not kept, because the line keeps all its texts so."""
        return readable(self.text)


@dataclass(frozen=True)
class Line:
    """One thing that can be opened: what it is called, and what it says.

    `also` are other names (readings, aliases), `numbers` what exactly means it (様式9, 第3版). `state`
    is said beside the name; what is `past` (廃止) comes last.
    """

    name: str
    address: LineAddress
    said: tuple[Said, ...] = ()
    also: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()
    state: str = ""
    past: bool = False

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return its names as they are compared."""
        return tuple(map(readable, (self.name, *self.also)))

    @cached_property
    def folded(self) -> str:
        """Return everything it says as it is searched."""
        return _APART.join((*self.names, *(each.folded for each in self.said)))


@dataclass(frozen=True)
class Group:
    """Lines of one kind under one title; `words` say what all of them are about."""

    slug: str
    title: str
    lines: tuple[Line, ...]
    words: tuple[str, ...] = ()

    @cached_property
    def folded(self) -> str:
        return _APART.join(map(readable, (self.title, *self.words)))


def numbers_of(*texts: str) -> frozenset[str]:
    """Return what exactly means something, as it is compared: 第三版 and 第３版 are one."""
    return frozenset(map(number_key, texts))


def number_key(text: str) -> str:
    """Return a number in one spelling of its digits, hyphens and letters."""
    return readable(fold(unicodedata.normalize("NFKC", text))).translate(DIGITS)


def filled(pairs: Iterable[tuple[str, str]]) -> tuple[Said, ...]:
    """Return what is said under each label, without what is blank."""
    return tuple(Said(label, text) for label, text in pairs if text)

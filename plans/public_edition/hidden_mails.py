"""Knows an e-mail address that is written out for people: [at], ドット, words between, the domain first; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bcp_portal.spelling.letters import fold

_AT = ("at", "a", "atmark", "アットマーク", "アット", "あっとまーく", "単価記号", "まるあ")
_DOT = ("dot", "ドット", "どっと", "てん", "点", "ピリオド")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

_SHORTEST_LOCAL = 3
_REACH = 30
"""So many characters may stand between the two parts of an address that are written apart."""
_LATIN = "[a-z0-9]"
# Neither the domain of another address nor the name of a site, which a public text says anyway.
_OF_ITS_OWN = r"(?<![a-z0-9])(?<![a-z0-9][@.\-])(?<!//)"


@dataclass(frozen=True)
class Mail:
    """An e-mail address in its two parts, `normal`."""

    local: str
    domain: str

    @cached_property
    def together(self) -> re.Pattern[str]:
        """Return what finds it in a folded text, whatever stands for @ and the dots."""
        return re.compile(_dotted(self.local) + _any_of(_AT) + _dotted(self.domain))

    @cached_property
    def _domain_alone(self) -> re.Pattern[str]:
        return re.compile(f"{_OF_ITS_OWN}{_spelled(self.domain)}(?!{_LATIN})")

    @cached_property
    def _local_alone(self) -> re.Pattern[str]:
        return re.compile(f"(?<!{_LATIN}){_spelled(self.local)}(?!{_LATIN})")

    def apart(self, said: str) -> Iterator[int]:
        """Yield where it begins in a `normal` text that says its parts near each other, in either order."""
        if len(self.local) < _SHORTEST_LOCAL:
            return
        for domain in self._domain_alone.finditer(said):
            reach = _REACH + len(self.local)
            before = self._local_alone.search(said, max(domain.start() - reach, 0), domain.start())
            behind = self._local_alone.search(said, domain.end(), domain.end() + reach)
            if before or behind:
                yield before.start() if before else domain.start()


def mail_in(text: str) -> Mail | None:
    """Return the address that a text is, None for a text that is no address."""
    if not _MAIL.fullmatch(text.strip()):
        return None
    local, _, domain = text.strip().casefold().partition("@")
    return Mail(local, domain)


def _spelled(name: str) -> str:
    """Return what finds the letters of a name, with any marks or words for its dots."""
    between = rf"(?:[\W_]|{'|'.join(_DOT)}){{0,8}}"
    return between.join(re.escape(part) for part in re.split(r"[\W_]+", name) if part)


def _dotted(name: str) -> str:
    return _any_of(_DOT).join(re.escape(fold(part)) for part in name.split("."))


def _any_of(words: tuple[str, ...]) -> str:
    longest_first = sorted({fold(word) for word in words}, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})?"

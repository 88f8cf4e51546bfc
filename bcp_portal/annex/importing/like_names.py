"""Finds names that differ from a new one in spelling only: 𠮷田 and 吉田, ㈱ and 株式会社; pure."""

import re
from collections.abc import Iterable
from functools import lru_cache

from bcp_portal.spelling.letters import readable

_KINDS_OF_COMPANY = re.compile(
    r"\((?:株|有|一社|一財|公社|公財|社福|医)\)|株式会社|有限会社|(?:一般|公益)(?:社団|財団)法人|社会福祉法人"
)


@lru_cache(maxsize=4_000)
def spelling_key(name: str) -> str:
    """Return the same text for two spellings of one name, whatever kind of company it says."""
    folded = readable(name)
    return _KINDS_OF_COMPANY.sub("", folded) or folded


class LikeNames:
    """The names of one table by how they read: those stored, and those that lines bring."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, list[str]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Enter a name; one that is known already is entered once."""
        known = self._names.setdefault(spelling_key(name), [])
        if name not in known:
            known.append(name)

    def like(self, name: str) -> tuple[str, ...]:
        """Return the names entered so far that read alike and are written otherwise."""
        return tuple(each for each in self._names.get(spelling_key(name), ()) if each != name)

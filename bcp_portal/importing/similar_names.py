"""Finds names that differ from a new one in spelling only: 𠮷田 and 吉田, ㈱ and 株式会社; pure."""

from collections.abc import Iterable

from bcp_portal.annex.near_names import spelling_key


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

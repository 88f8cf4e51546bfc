"""The chores of a night; each room registers its own at start, and says what it removed."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

OF_ALL = ""
"""Stands for the code of a municipality where a thing belongs to none."""


@dataclass
class Report:
    """How many of what were removed, by the code of the municipality they belonged to."""

    removed: defaultdict[str, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter[str])
    )

    def add(self, kind: str, count: int = 1, *, code: str = OF_ALL) -> None:
        """Count what was removed, by what a person calls it (Japanese)."""
        if count:
            self.removed[code][kind] += count

    def add_all(self, kind: str, by_code: Mapping[str, int]) -> None:
        """Count what was removed of several municipalities."""
        for code, count in by_code.items():
            self.add(kind, count, code=code)

    def sentence(self, code: str) -> str:
        """Return what was removed of a municipality: 印刷3件、下書き1件."""
        return "、".join(f"{kind}{count}件" for kind, count in self.removed[code].items())


Chore = Callable[[Report], None]
"""Removes one kind of thing, outside every scope and transaction, and may be stopped at any moment."""

_chores: dict[str, Chore] = {}


def register_chore(name: str, chore: Chore) -> None:
    """Add a chore, done in the order of the rooms' start; a name used twice raises ValueError."""
    if name in _chores:
        raise ValueError(f"{name} is registered twice.")
    _chores[name] = chore


def chores() -> Mapping[str, Chore]:
    """Return what all rooms registered, by name."""
    return dict(_chores)

"""Tells which entries in the list of persons look like one human being entered twice; pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bcp_portal.spelling.kana import to_hiragana
from bcp_portal.ui.text import match_key


@dataclass(frozen=True)
class Entered:
    """One entry: who, how the name is read, and where they work."""

    uid: str
    name: str
    kana: str = ""
    department: int | None = None


def namesakes(entries: Iterable[Entered]) -> Mapping[str, frozenset[str]]:
    """Return the uids of the other entries of one name and one department, by uid.

    A reading that is given twice and differs tells two people apart; a post does not, because it
    changes with the years.
    """
    groups: defaultdict[tuple[str, int | None], list[Entered]] = defaultdict(list)
    for entry in entries:
        groups[match_key(entry.name), entry.department].append(entry)
    return {
        entry.uid: frozenset(
            other.uid for other in group if other is not entry and _read_alike(entry, other)
        )
        for group in groups.values()
        for entry in group
    }


def _read_alike(one: Entered, other: Entered) -> bool:
    readings = {match_key(to_hiragana(each.kana)) for each in (one, other) if each.kana.strip()}
    return len(readings) < 2

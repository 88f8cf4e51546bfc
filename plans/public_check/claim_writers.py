"""Tells from the operation log who wrote the text in which a hidden value was found."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from bcp_portal.audit.entry_faults import note_if_altered
from bcp_portal.audit.entry_proofs import chained
from bcp_portal.audit.models import Entry
from bcp_portal.ui.uids import is_uid
from plans.chapters.models.plan import Plan
from plans.public_edition.finder import Finder
from plans.public_edition.finds import Find

_CELL_PARTS = 4
_CHAPTER = "chapter-"

Writers = Mapping[tuple[str, str], frozenset[str]]
"""The user names of who wrote it, by the key of the find."""


def writers_of(finds: Iterable[Find]) -> Writers:
    """Return who brought each value into the text where it was found; one query.

    Where no entry shows it coming in, whoever changed the text last.
    """
    targets = {find: _uid_of(find.place.anchor) for find in finds}
    told: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in _entries(set(targets.values())):
        note_if_altered(entry)
        told["" if entry.target_type == Plan._meta.label_lower else entry.target_uid].append(entry)
    return {find.key: _writers(find, told[uid]) for find, uid in targets.items()}


def _entries(uids: set[str]) -> Iterable[Entry]:
    entries = Entry.objects.exclude(actor_username="").exclude(changes=[])
    named = entries.filter(target_uid__in=uids - {""})
    if "" in uids:
        named |= entries.filter(target_type=Plan._meta.label_lower)
    return chained(named).order_by("sequence")


def _uid_of(anchor: str) -> str:
    """Return the uid of the row or chapter that says it; "" for what the plan itself says."""
    parts = anchor.split("/")
    uid = parts[2] if len(parts) == _CELL_PARTS else anchor.removeprefix(_CHAPTER)
    return uid if is_uid(uid) else ""


def _writers(find: Find, entries: list[Entry]) -> frozenset[str]:
    finder = Finder([find.value])
    brought = {entry.actor_username for entry in entries if _brings(entry, finder)}
    return frozenset(brought or {entry.actor_username for entry in entries[-1:]})


def _brings(entry: Entry, finder: Finder) -> bool:
    return any(
        _says(finder, change, "after") and not _says(finder, change, "before")
        for change in entry.changes
    )


def _says(finder: Finder, change: Mapping[str, Any], side: str) -> bool:
    return any(finder.find(str(change.get(side) or "").split("\n")))

"""Remembers editions that were disposed of, by what proves those that are still there."""

from dataclasses import dataclass
from datetime import date

from bcp_portal.audit.models import Disposal

KIND = "edition"


@dataclass(frozen=True)
class GoneEdition:
    """What is kept of an edition: its place in the chain, its line in the table of revisions, its code."""

    uid: str
    sequence: int
    label: str
    previous_hash: str
    chain_hash: str
    short_code: str
    listed_on: date
    reason: str


def gone_editions() -> list[GoneEdition]:
    """Return those of the municipality in scope, in the order of their issue."""
    found = []
    for items in Disposal.objects.filter(kind=KIND).values_list("items", flat=True):
        for item in items:
            facts = {
                **item["edition"],
                "listed_on": date.fromisoformat(item["edition"]["listed_on"]),
            }
            found.append(GoneEdition(**facts))
    return sorted(found, key=lambda each: each.sequence)

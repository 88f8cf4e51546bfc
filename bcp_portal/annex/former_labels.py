"""Keeps what a table, a column or an option was called before, so that a file of then is still understood.

A setting keeps a list of `{"label": ..., "until": ...}`, the oldest first. The empty label is the one
that the program ships. A setting of before this list was kept has none: whoever gave it a label of
its own gave up the shipped one, nobody knows when.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bcp_portal.ui.text import match_key

# Who renames more often has no files of the first names any more. What the program ships comes beside.
MOST_KEPT = 10
FIELD = "former_labels"


@dataclass(frozen=True)
class FormerLabel:
    """A label that was given up; `until` is None where it is not known when, `stored` how it is kept."""

    label: str
    until: datetime | None = None
    stored: str = ""

    def was_in_use(self, at: datetime | None) -> bool:
        """Tell whether it is sure that the label was not given up yet at this time."""
        return at is not None and self.until is not None and at < self.until


def former_labels(kept: object, label: str, shipped: str = "") -> tuple[FormerLabel, ...]:
    """Return what a setting keeps that calls something `label`, and the program `shipped`."""
    found = []
    for each in _listed(kept, label):
        stored = str(each.get("label", ""))
        if said := stored or shipped:
            found.append(FormerLabel(said, _moment(each.get("until")), stored))
    return tuple(found)


def labels_after_renaming(kept: object, before: str, after: str, at: datetime) -> list[Any]:
    """Return what a setting keeps once it is called otherwise."""
    given_up = {match_key(before), match_key(after)}
    others = [
        e for e in _listed(kept, before) if match_key(str(e.get("label", ""))) not in given_up
    ]
    listed = [*others, {"label": before, "until": at.astimezone(UTC).isoformat()}]
    own = [each for each in listed if each.get("label")][-MOST_KEPT:]
    return [each for each in listed if each in own or not each.get("label")]


def labels_without(kept: object, label: str, forgotten: Collection[str]) -> list[Any]:
    """Return what a setting keeps when some of its labels, as they are stored, are forgotten."""
    return [each for each in _listed(kept, label) if each.get("label", "") not in forgotten]


def said_labels(kept: object, label: str) -> str:
    """Return the labels as people read them in the log."""
    return "、".join(each.label for each in former_labels(kept, label, "（標準）"))


def _listed(kept: object, label: str) -> list[dict[str, Any]]:
    if kept is None:
        return [{"label": ""}] if label else []
    return [each for each in kept if isinstance(each, dict)] if isinstance(kept, list) else []


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text or ""))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

"""Reads the operation log into plain lines for the rules of revisions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from bcp_portal.archive.loading import LOADED
from bcp_portal.audit.entry_faults import note_log_since, read_noted
from bcp_portal.audit.models import Entry

_FIELDS = (
    "at",
    "actor_username",
    "actor_name",
    "action",
    "target_type",
    "target_uid",
    "changes",
    "target_label",
    "note",
)


@dataclass(frozen=True)
class LogLine:
    """One entry of the log: who did what to which record, with the fields before and after."""

    at: datetime
    username: str
    name: str
    action: str
    target_type: str
    target_uid: str
    changes: Sequence[Mapping[str, Any]] = ()
    label: str = ""
    note: str = ""

    def change(self, name: str) -> Mapping[str, Any] | None:
        """Return the change of one field, if there is one."""
        return next((each for each in self.changes if each.get("name") == name), None)


def lines_since(
    moment: datetime | None, kinds: Sequence[str], *, actions: Sequence[str] = ()
) -> Iterator[LogLine]:
    """Yield what people did after a moment (ever, without one) to records of these kinds.

    Actions are taken too whatever they were done to. One query; what the program did by itself
    has no author. All that was altered since is noted for who reads them, hidden entries too.
    """
    note_log_since(moment)
    wanted = Entry.objects.filter(Q(target_type__in=kinds) | Q(action__in=actions))
    wanted = wanted.exclude(actor_username="")
    if moment is not None:
        wanted = wanted.filter(at__gt=moment)
    for values in read_noted(wanted.order_by("sequence"), *_FIELDS):
        yield LogLine(*values)


def loaded_at() -> datetime | None:
    """Return when the municipality in scope came from an archive, last; None for never."""
    loads = Entry.objects.filter(action=LOADED).order_by("-sequence")
    found: datetime | None = loads.values_list("at", flat=True).first()
    return found

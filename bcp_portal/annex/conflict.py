"""Puts two people's versions of one row side by side, field by field."""

from dataclasses import dataclass
from typing import Any

from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.row_changes import changes_between
from bcp_portal.annex.sheet import Sheet
from bcp_portal.audit.entry_faults import note_if_altered
from bcp_portal.audit.entry_proofs import chained
from bcp_portal.audit.models import Entry
from bcp_portal.ui.form_problems import control_id


@dataclass(frozen=True)
class FieldConflict:
    """One field in which what was sent differs from what somebody else has saved.

    When only the other person changed it, the form has taken over what is stored.
    """

    control_id: str
    label: str
    typed: str
    stored: str
    only_theirs: bool = False


def differences(
    sheet: Sheet, current: Any, form: AnnexForm, opened_version: int
) -> list[FieldConflict]:
    """Return the fields that differ between the stored row and the valid, refused form.

    Only fields in the form count: what the person could not type is not theirs to compare. The
    form is prepared for the next save: it keeps what was typed and takes over the rest.
    """
    changes = [c for c in changes_between(sheet, current, form.row) if c.name in form.items]
    before = _texts_at(current, opened_version)
    theirs = {c.name for c in changes if before.get(c.name) == c.after}
    form.open_again(current, theirs)
    return [
        FieldConflict(control_id(form[c.name]), c.label, c.after, c.before, c.name in theirs)
        for c in changes
    ]


def _texts_at(current: Any, version: int) -> dict[str, str]:
    """Return what the fields that changed since held in that version; each version is one entry."""
    entries = Entry.objects.filter(target_uid=str(current.uid)).exclude(changes=[])
    texts: dict[str, str] = {}
    for entry in chained(entries).order_by("-sequence")[: max(0, current.version - version)]:
        note_if_altered(entry)
        texts |= {change["name"]: change["before"] for change in entry.changes}
    return texts

"""Puts two people's versions of one row side by side, field by field."""

from dataclasses import dataclass
from typing import Any

from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.services import changes_between
from bcp_portal.annex.sheet import Sheet
from bcp_portal.ui.summaries import control_id


@dataclass(frozen=True)
class Difference:
    """One field in which what was typed differs from what somebody else has saved."""

    control_id: str
    label: str
    typed: str
    stored: str


def differences(sheet: Sheet, current: Any, form: AnnexForm) -> list[Difference]:
    """Return the fields that differ between the stored row and the valid, refused form.

    Only fields in the form count: what the person could not type is not theirs to compare.
    """
    return [
        Difference(
            control_id(form[change.name]), change.label, typed=change.after, stored=change.before
        )
        for change in changes_between(sheet, current, form.row)
        if change.name in form.items
    ]

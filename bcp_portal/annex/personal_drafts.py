"""Finds the stored personal values in what somebody typed and did not save.

A form keeps all its fields, also those in which nothing was typed. So a draft holds numbers that
were stored when the form was opened; fetching it shows them again, perhaps to somebody who may no
longer see them.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from bcp_portal.annex import registry
from bcp_portal.annex.form_factory import Mode
from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.models import Draft
from bcp_portal.annex.personal_rows import seen_row
from bcp_portal.annex.sheet import Item, Presentation, Sheet
from bcp_portal.annex.table_builder import rows_of
from bcp_portal.audit.services import SeenRow

_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class PersonalDraft:
    """One draft, read as the form of the table that its key names; others hold nothing personal."""

    def __init__(self, draft: Draft, presentation: Presentation) -> None:
        self._pairs: Sequence[tuple[str, str]] = [tuple(pair) for pair in draft.payload["fields"]]
        room, _, rest = str(draft.key).partition(":")
        code, _, form = rest.partition(":")
        self._form = form.partition("#")[0]  # behind it stands the mark of one page
        spec = registry.spec(code) if room == "annex" else None
        self._sheet = Sheet(spec, presentation) if spec else None

    def without_values(self) -> list[list[str]]:
        """Return the fields for somebody who may not see personal values."""
        return [[name, value] for name, value in self._pairs if self._column(name) is None]

    def rows(self) -> list[SeenRow]:
        """Return the rows of which a stored personal value stands in the draft."""
        sheet = self._sheet
        typed = self._typed
        if sheet is None or not typed:
            return []
        mode = Mode.GRID if self._form.startswith("grid") else Mode.PAGE
        stored = rows_of(sheet).filter(uid__in=list(typed))
        return [
            seen_row(sheet, row)
            for row in stored
            if self._form_of(sheet, row, typed[str(row.uid)], mode).shows_stored_personal
        ]

    @cached_property
    def _personal(self) -> dict[str, Item]:
        items = self._sheet.all_items if self._sheet else ()
        return {item.name: item for item in items if item.column.personal}

    @cached_property
    def _typed(self) -> dict[str, dict[str, str]]:
        """Return what stands in the personal columns, by row."""
        found: dict[str, dict[str, str]] = {}
        for name, value in self._pairs:
            column = self._column(name)
            if column is not None and value:
                uid = name.removesuffix(f"-{column}") if name != column else self._form
                if _UID.fullmatch(uid):
                    found.setdefault(uid, {})[column] = value
        return found

    def _column(self, name: str) -> str | None:
        """Return the personal column that a field fills: alone on a page, behind its row in a grid."""
        return next((c for c in self._candidates(name) if c in self._personal), None)

    def _candidates(self, name: str) -> Iterator[str]:
        yield name
        yield name.rpartition("-")[2]

    def _form_of(self, sheet: Sheet, row: Any, typed: dict[str, str], mode: Mode) -> AnnexForm:
        items = [self._personal[name] for name in typed if self._personal[name].editable]
        return AnnexForm(typed, sheet=sheet, row=row, items=items, mode=mode)

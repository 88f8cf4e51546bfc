"""Finds the stored rows whose personal values a check of a file shows beside what the file says."""

from collections.abc import Iterable

from bcp_portal.annex import registry
from bcp_portal.audit.services import SeenRow
from bcp_portal.importing.import_outcome import ImportLine


def rows_in_entries(entries: Iterable[ImportLine]) -> list[SeenRow]:
    """Return the rows that entries with a personal value are about; a new line is no row yet."""
    by_code: dict[str, dict[str, str]] = {}
    for entry in entries:
        if entry.uid and entry.is_personal:
            by_code.setdefault(entry.code, {})[entry.uid.lower()] = entry.name
    return [row for code, names in by_code.items() for row in _stored(code, names)]


def _stored(code: str, names: dict[str, str]) -> list[SeenRow]:
    """Leave out what a file names and nobody stored."""
    spec = registry.spec(code)
    if spec is None:
        return []
    uids = spec.model.objects.filter(uid__in=list(names)).values_list("uid", flat=True)
    kind = spec.model._meta.label_lower
    return [SeenRow(kind, str(uid), names[str(uid)]) for uid in uids]

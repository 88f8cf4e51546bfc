"""Freezes the working copy: the document as it would be printed, and the rows to restore it from."""

from typing import Any

from bcp_portal.accounts.models import Municipality
from plans.document.combination import combine
from plans.document.coverage import Coverage
from plans.document.document import Document
from plans.document.frozen_rows import DERIVED, combine_rows
from plans.document.masking import masks_of
from plans.editions.attachments import keep_files
from plans.editions.frozen_copy import FrozenCopy
from plans.editions.models.edition import Edition
from plans.editions.snapshot import BASE, Snapshot
from plans.issuing.composition import ComposedDocument, compose
from plans.working_copy.builder import WorkingCopy
from plans.working_copy.rows import working_rows


def frozen(municipality: Municipality, found: ComposedDocument, latest: Edition | None) -> Snapshot:
    """Freeze what was composed behind an edition, and keep the files that its rows name."""
    keep_files(municipality, found.working)
    return _snapshot(found.full, found.masked, found.rows, latest)


def compose_working(
    municipality: Municipality, latest: Edition | None, coverage: Coverage
) -> ComposedDocument:
    """Return the covered parts of the working copy among the other parts of an edition.

    Nothing is frozen. Must run inside the municipality's scope.
    """
    working = working_rows(municipality)
    if latest is not None and not coverage.whole:
        return compose(municipality, working, working, latest, coverage)
    copy = WorkingCopy(municipality, in_edition=True)
    full, masked = (combine(each, None, coverage) for each in (copy.full, copy.masked))
    return ComposedDocument(full, masked, {**working, DERIVED: True}, working)


def combined_with_latest(
    municipality: Municipality, content: Snapshot, latest: Edition | None, coverage: Coverage
) -> Snapshot:
    """Return the covered parts of a submitted content and the other parts of an edition.

    Behind the edition that it was submitted behind, the content stays as it was approved.
    """
    if BASE not in content.rows:
        return _combined_as_before(content, latest, coverage)
    if latest is None or coverage.whole or content.rows[BASE] == str(latest.uid):
        return content
    working = working_rows(municipality)
    found = compose(municipality, content.rows, working, latest, coverage)
    return _snapshot(found.full, found.masked, found.rows, latest)


def _snapshot(
    full: Document, masked: Document, rows: dict[str, Any], latest: Edition | None
) -> Snapshot:
    base = str(latest.uid) if latest else ""
    return Snapshot.of(full, {**rows, BASE: base, "masks": masks_of(full, masked)})


def _combined_as_before(content: Snapshot, latest: Edition | None, coverage: Coverage) -> Snapshot:
    """Combine what a release submitted that put whole documents together, as it did."""
    base = FrozenCopy(latest.document, latest.rows) if latest else None
    full = combine(content.document, base.full if base else None, coverage)
    masked = combine(content.masked, base.masked if base else None, coverage)
    rows = combine_rows(content.rows, latest.rows if latest else None, coverage)
    rows["masks"] = masks_of(full, masked)
    for key in (DERIVED, BASE):
        rows.pop(key, None)
    return Snapshot.of(full, rows)

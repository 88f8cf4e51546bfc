"""Freezes the working copy: the document as it would be printed, and the rows to restore it from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.models import AnnexSetting, ChoiceSetting, ColumnSetting
from bcp_portal.annex.raw_rows import RawRow, raw_row, raw_rows
from plans.document import Document
from plans.document_builder import WorkingCopy
from plans.editions.attachments import keep_files
from plans.editions.canonical import content_sha256
from plans.editions.combining import combine
from plans.editions.composing import Composed, compose
from plans.editions.frozen_copy import FrozenCopy, masks_in
from plans.editions.masking import masked_document, masks_of
from plans.editions.queries import latest_edition
from plans.editions.row_parts import DERIVED, ROWS_FORMAT, combine_rows
from plans.models.chapters import Chapter
from plans.models.editions import Edition
from plans.models.placeholders import OwnPlaceholder, PlaceholderValue
from plans.models.plan import Plan
from plans.public_edition.choices import ROWS_KEY
from plans.public_edition.claim_queries import confirmed_claims
from plans.public_edition.claims import CLAIMS_KEY
from plans.public_edition.queries import public_setting
from plans.revisions.coverage import Coverage

BASE = "base"
"""Key of rows that says which edition they were composed behind ('' before the first)."""


@dataclass(frozen=True)
class Snapshot:
    """What is submitted and approved: the document with personal values, the rows, their hash."""

    document: Document
    rows: dict[str, Any]
    sha256: str

    @classmethod
    def of(cls, document: Document, rows: dict[str, Any]) -> "Snapshot":
        """Hash what is about to be frozen."""
        return cls(document, rows, content_sha256(document.to_json(), rows))

    @property
    def masked(self) -> Document:
        """Return the document for readers who may not see personal values."""
        return masked_document(self.document, masks_in(self.rows))

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Snapshot":
        """Rebuild a frozen content; the hash is computed again, not believed."""
        document = Document.from_json(data["document"])
        sha256 = content_sha256(data["document"], data["rows"])
        return cls(document, dict(data["rows"]), sha256)

    def to_json(self) -> dict[str, Any]:
        """Return what `IssueOrder.content` takes."""
        return {"document": self.document.to_json(), "rows": self.rows, "sha256": self.sha256}


@transaction.atomic
def take_snapshot(municipality: Municipality, coverage: Coverage) -> Snapshot:
    """Freeze the covered parts of the working copy, and all others as in the latest edition.

    Must run inside the municipality's scope. The files that rows name are kept too. Latest is the
    edition issued last, also before it takes effect: what it changed is not lost.
    """
    latest = latest_edition()
    return frozen(municipality, compose_working(municipality, latest, coverage), latest)


def frozen(municipality: Municipality, found: Composed, latest: Edition | None) -> Snapshot:
    """Freeze what was composed behind an edition, and keep the files that its rows name."""
    keep_files(municipality, found.working)
    return _snapshot(found.full, found.masked, found.rows, latest)


def compose_working(
    municipality: Municipality, latest: Edition | None, coverage: Coverage
) -> Composed:
    """Return the covered parts of the working copy among the other parts of an edition.

    Nothing is frozen. Must run inside the municipality's scope.
    """
    working = working_rows(municipality)
    if latest is not None and not coverage.whole:
        return compose(municipality, working, working, latest, coverage)
    copy = WorkingCopy(municipality, in_edition=True)
    full, masked = (combine(each, None, coverage) for each in (copy.full, copy.masked))
    return Composed(full, masked, {**working, DERIVED: True}, working)


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


def working_rows(municipality: Municipality) -> dict[str, Any]:
    """Return everything the working copy is made of, as raw rows.

    The number of queries depends on the number of tables only.
    """
    plan = Plan.objects.filter(municipality=municipality).first()
    chapters = Chapter.objects.filter(plan=plan).order_by("position", "pk")
    return {
        "format": ROWS_FORMAT,
        "plan": raw_row(plan) if plan else None,
        "chapters": raw_rows(chapters) if plan else [],
        "phrases": _phrases(),
        ROWS_KEY: public_setting().choices.to_json(),
        CLAIMS_KEY: confirmed_claims(),
        "settings": _settings(),
        "tables": {spec.code: raw_rows(_table_rows(spec.model)) for spec in registry.specs()},
    }


def _table_rows(model: Any) -> Any:
    return model.objects.order_by("row_no", "pk")


def _settings() -> dict[str, list[RawRow]]:
    """Return how the municipality titles, labels and hides tables, columns and choices."""
    return {
        "annexes": raw_rows(AnnexSetting.objects.order_by("pk")),
        "columns": raw_rows(ColumnSetting.objects.order_by("pk")),
        "choices": raw_rows(ChoiceSetting.objects.order_by("position", "pk")),
    }


def _phrases() -> dict[str, list[RawRow]]:
    """Return what the plan says for its phrases, and the phrases it added itself."""
    return {
        "own": raw_rows(OwnPlaceholder.objects.order_by("key")),
        "values": raw_rows(PlaceholderValue.objects.order_by("key", "pk")),
    }

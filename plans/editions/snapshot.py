"""Freezes the working copy: the document as it would be printed, and the rows to restore it from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.raw_rows import RawRow, raw_row, raw_rows
from plans.document import Document
from plans.document_builder import WorkingCopy
from plans.editions.attachments import keep_files
from plans.editions.canonical import content_sha256
from plans.editions.combining import combine
from plans.editions.masking import masked_document, masks_of
from plans.editions.queries import latest_edition
from plans.editions.row_parts import ROWS_FORMAT, combine_rows
from plans.models.chapters import Chapter
from plans.models.editions import Edition
from plans.models.placeholders import OwnPlaceholder, PlaceholderValue
from plans.models.plan import Plan
from plans.public_edition.choices import ROWS_KEY, PublicChoices, choices_in
from plans.public_edition.claim_queries import confirmed_claims
from plans.public_edition.claims import CLAIMS_KEY
from plans.public_edition.queries import public_setting
from plans.revisions.coverage import Coverage


class FrozenCopy:
    """A document that was frozen, with and without its personal values."""

    def __init__(self, document: Mapping[str, Any], rows: Mapping[str, Any]) -> None:
        self._document = document
        self._rows = rows

    @cached_property
    def full(self) -> Document:
        """Return the document with personal values."""
        return Document.from_json(self._document)

    @cached_property
    def masked(self) -> Document:
        """Return the document as somebody reads it who may not see personal values."""
        return masked_document(self.full, masks_in(self._rows))

    @cached_property
    def choices(self) -> PublicChoices:
        """Return what goes with the document for the public edition."""
        return choices_in(self._rows)


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
    working = WorkingCopy(municipality)
    content = Snapshot.of(working.full, working_rows(municipality))
    keep_files(municipality, content.rows)
    return combined_with_latest(content, working.masked, latest_edition(), coverage)


def combined_with_latest(
    content: Snapshot, plain: Document, latest: Edition | None, coverage: Coverage
) -> Snapshot:
    """Return the covered parts of a content and the other parts of an edition, as one content.

    `plain` is the content's document without personal values.
    """
    document, masked, base_rows = _frozen_parts(latest)
    combined = combine(content.document, document, coverage)
    rows = combine_rows(content.rows, base_rows, coverage)
    rows["masks"] = masks_of(combined, combine(plain, masked, coverage))
    return Snapshot.of(combined, rows)


def _frozen_parts(
    edition: Edition | None,
) -> tuple[Document | None, Document | None, Mapping[str, Any] | None]:
    if edition is None:
        return None, None, None
    frozen = FrozenCopy(edition.document, edition.rows)
    return frozen.full, frozen.masked, edition.rows


def masks_in(rows: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what frozen rows say about the personal values of their document."""
    masks: Mapping[str, Any] = rows.get("masks", {})
    return masks


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
        "tables": {spec.code: raw_rows(_table_rows(spec.model)) for spec in registry.specs()},
    }


def _table_rows(model: Any) -> Any:
    return model.objects.order_by("row_no", "pk")


def _phrases() -> dict[str, list[RawRow]]:
    """Return what the plan says for its phrases, and the phrases it added itself."""
    return {
        "own": raw_rows(OwnPlaceholder.objects.order_by("key")),
        "values": raw_rows(PlaceholderValue.objects.order_by("key", "pk")),
    }

"""What is submitted and approved, as plain data: document, raw rows, and the hash of both."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plans.document.canonical import content_sha256
from plans.document.document import Document
from plans.document.masking import masked_document
from plans.editions.frozen_copy import masks_in

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

"""Compares what would be submitted with the latest edition, to show it and to propose the kind."""

from dataclasses import dataclass
from functools import cached_property

from bcp_portal.accounts.models import Municipality
from plans.comparison.changes import Comparison
from plans.comparison.comparing import compare
from plans.comparison.masking import masked_comparison, with_masked_text
from plans.document import Document
from plans.document_builder import build_document
from plans.editions.combining import combine
from plans.editions.masking import masked_document
from plans.editions.queries import latest_edition
from plans.editions.snapshot import masks_in
from plans.models.editions import Edition
from plans.revisions.coverage import Coverage
from plans.revisions.kinds import KindProposal, propose_kind


@dataclass
class Prospect:
    """What a revision would submit if it were submitted now; nothing is frozen or written."""

    municipality: Municipality
    coverage: Coverage

    @cached_property
    def latest(self) -> Edition | None:
        return latest_edition()

    @cached_property
    def old(self) -> Document | None:
        return Document.from_json(self.latest.document) if self.latest else None

    @cached_property
    def document(self) -> Document:
        """Return the document with personal values, the covered parts as they stand now."""
        working = build_document(self.municipality, include_personal=True)
        return combine(working, self.old, self.coverage)

    @cached_property
    def proposal(self) -> KindProposal:
        return propose_kind(compare(self.old, self.document) if self.old else None)

    @cached_property
    def comparison(self) -> Comparison | None:
        """Return what would change, as somebody reads it who may not see personal values."""
        if self.old is None or self.latest is None:
            return None
        old_masked = masked_document(self.old, masks_in(self.latest.rows))
        plain = build_document(self.municipality, include_personal=False)
        new_masked = combine(plain, old_masked, self.coverage)
        return masked_comparison(
            compare(
                with_masked_text(self.old, old_masked), with_masked_text(self.document, new_masked)
            )
        )


def proposal_for(document: Document) -> KindProposal:
    """Return the kind that follows from what the document changes against the latest edition."""
    latest = latest_edition()
    old = Document.from_json(latest.document) if latest else None
    return propose_kind(compare(old, document) if old else None)

"""Compares what would be submitted with the latest edition, to show it and to propose the kind."""

from plans.comparison.changes import Comparison
from plans.comparison.comparing import compare
from plans.document import Document
from plans.editions.queries import latest_edition
from plans.revisions.kinds import KindProposal, propose_kind


def comparison_with_latest(document: Document) -> Comparison | None:
    """Return what differs from the latest edition; None before the first edition."""
    latest = latest_edition()
    if latest is None:
        return None
    return compare(Document.from_json(latest.document), document)


def proposal_for(document: Document) -> KindProposal:
    """Return the kind that follows from what the document changes."""
    return propose_kind(comparison_with_latest(document))

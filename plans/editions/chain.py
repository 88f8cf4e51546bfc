"""Computes the hash that ties an edition to the one before it."""

from datetime import UTC
from typing import Any

from plans.document.canonical import sha256_of
from plans.editions.models.edition import Edition

GENESIS = "0" * 64
_PLAIN = (
    "sequence",
    "number_major",
    "number_minor",
    "number_part",
    "label",
    "kind",
    "kind_label",
    "reason",
    "coverage",
    "coverage_label",
    "submitted_sha256",
    "content_sha256",
    "public_sha256",
    "previous_hash",
    "deciders",
    "drafter",
    "document_number",
    "pdf_sha256",
    "masked_pdf_sha256",
    "public_pdf_sha256",
    "short_code",
)


def chain_hash(edition: Edition) -> str:
    """Return SHA-256 (hex) over everything an edition says, its contents and files by their hashes.

    The municipality is named by its code, so that editions restored into another database verify.
    """
    said: dict[str, Any] = {name: getattr(edition, name) for name in _PLAIN}
    said |= {
        "municipality": edition.municipality.code,
        "uid": str(edition.uid),
        "revision": str(edition.revision_uid),
        "effective_on": edition.effective_on.isoformat(),
        "issued_at": edition.issued_at.astimezone(UTC).isoformat(),
    }
    if edition.revised_on:  # an edition of an earlier release has none, and keeps its hash
        said["revised_on"] = edition.revised_on.isoformat()
    if edition.log_sequence or edition.log_digest:  # nor did it note where the log stood
        said["log"] = [edition.log_sequence, edition.log_digest]
    return sha256_of(said)

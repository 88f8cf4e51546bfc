"""Tells, when an edition is read, whether it is still what was issued."""

from bcp_portal.audit.tampering import refuse_if
from plans.document.canonical import content_sha256, sha256_of
from plans.editions.chain import chain_hash
from plans.editions.frozen_content import is_as_frozen
from plans.editions.models.edition import Edition

ALTERED = "{label}の{parts}が、発行の後に書き換えられています。"


def record_fault(edition: Edition) -> str:
    """Return what is wrong with the record of an edition (Japanese), ""; its text is not read."""
    if edition.chain_hash == chain_hash(edition):
        return ""
    return ALTERED.format(label=edition.label, parts="版数・施行日・決定した人などの記録")


def edition_fault(edition: Edition) -> str:
    """Return what is wrong with an edition, its texts included (Japanese), "" when nothing is."""
    stored = Edition.objects.all()
    parts = []
    if not is_as_frozen(
        stored,
        edition.pk,
        ("document", "rows"),
        lambda document, rows: content_sha256(document, rows) == edition.content_sha256,
    ):
        parts.append("文書または行")
    if not is_as_frozen(
        stored,
        edition.pk,
        ("public_document",),
        lambda public: (sha256_of(public) if public is not None else "") == edition.public_sha256,
    ):
        parts.append("公開版の文書")
    if not parts:
        return record_fault(edition)
    return ALTERED.format(label=edition.label, parts="と".join(parts))


def require_issued(edition: Edition) -> None:
    """Raise DomainError (Japanese) for an edition that is not what was issued; nothing is made of it."""
    refuse_if(edition.municipality, edition, edition_fault(edition))

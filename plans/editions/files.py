"""Opens the PDFs of an edition, unless somebody has touched them since the issue."""

import hashlib
import logging

from django.db.models.fields.files import FieldFile

from bcp_portal.ui.errors import DomainError
from plans.editions.models.edition import Edition

logger = logging.getLogger(__name__)

BROKEN = (
    "{label}のPDFが失われたか、発行の後に書き換えられています。このファイルは使わず、"
    "システムの担当者に連絡してください。"
)


def pdf_of(edition: Edition, *, with_personal: bool) -> bytes:
    """Return the PDF made at the issue; DomainError 409 when it is not what was issued."""
    if with_personal:
        return _proven(edition, edition.pdf, edition.pdf_sha256)
    return _proven(edition, edition.masked_pdf, edition.masked_pdf_sha256)


def public_pdf_of(edition: Edition) -> bytes:
    """Return the public PDF made at the issue; DomainError 409 when it is not what was issued."""
    return _proven(edition, edition.public_pdf, edition.public_pdf_sha256)


def _proven(edition: Edition, file: FieldFile, sha256: str) -> bytes:
    try:
        with file.open("rb") as stored:
            content = bytes(stored.read())
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != sha256:
        logger.error("The file %s of an edition is not what was issued.", file.name)
        raise DomainError(BROKEN.format(label=edition.label), status=409)
    return content

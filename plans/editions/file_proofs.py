"""Compares files with the SHA-256 they were stored under: papers, pictures, attachments, earlier editions."""

import hashlib
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models.fields.files import FieldFile

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.private_files import private_storage
from plans.editions.attachments import kept_path, named_files
from plans.models.earlier_editions import EarlierEdition
from plans.models.editions import Edition
from plans.models.images import ChapterImage
from plans.models.revisions import Decision

PDFS = {
    "pdf": "PDF",
    "masked_pdf": "個人の情報を伏せたPDF",
    "public_pdf": "公開版のPDF",
}
_CHUNK = 1 << 20


def sha256_in(file: FieldFile) -> str | None:
    """Return the SHA-256 (hex) of a stored file, None when it is gone."""
    try:
        with file.open("rb") as stored:
            return _digest(stored)
    except (OSError, ValueError):  # gone, or a row that names no file
        return None


def proven_bytes(file: FieldFile, sha256: str) -> bytes:
    """Return a stored file; LookupError when it is gone or not what its SHA-256 was made of."""
    try:
        with file.open("rb") as stored:
            content = bytes(stored.read())
    except (OSError, ValueError) as error:
        raise LookupError(sha256) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise LookupError(sha256)
    return content


def file_faults(municipality: Municipality) -> Iterator[str]:
    """Yield the files of the municipality in scope that are lost or changed, other than of editions."""
    for image in ChapterImage.objects.order_by("pk"):
        yield from picture_faults(image)
    decisions = Decision.objects.exclude(paper_sha256="")
    for decision in decisions.select_related("submission__revision").order_by("pk"):
        yield from paper_faults(decision)
    for each in EarlierEdition.objects.order_by("pk"):
        yield from earlier_faults(each)


def pdf_faults(edition: Edition, names: Collection[str] = PDFS) -> Iterator[str]:
    """Yield which PDFs of an edition, all or those of these fields, are lost or changed."""
    for name in names:
        file: FieldFile = getattr(edition, name)
        found = sha256_in(file) if file else ""
        if found is None:
            yield f"{edition.label}の{PDFS[name]}のファイルがありません。"
        elif found != getattr(edition, f"{name}_sha256"):
            yield f"{edition.label}の{PDFS[name]}が、発行の後に書き換えられています。"


def picture_faults(image: ChapterImage) -> Iterator[str]:
    """Yield what is wrong with the file of a picture."""
    if sha256_in(image.file) != image.sha256:
        yield f"本文の図「{image}」（{image.sha256[:12]}…）のファイルが、失われたか書き換えられています。"


def paper_faults(decision: Decision) -> Iterator[str]:
    """Yield what is wrong with the paper of a meeting; a release of long ago noted no hash."""
    if decision.paper_sha256 and sha256_in(decision.paper) != decision.paper_sha256:
        yield f"{paper_name(decision)}が、失われたか書き換えられています。"


def earlier_faults(edition: EarlierEdition) -> Iterator[str]:
    """Yield what is wrong with the file of an edition that was entered; it need not have one."""
    if edition.file_sha256 and sha256_in(edition.file) != edition.file_sha256:
        yield f"これまでの版「{edition}」のファイルが、失われたか書き換えられています。"


def paper_name(decision: Decision) -> str:
    """Return what a fault calls the paper of a meeting."""
    return f"{decision.submission}に対する決定（{decision}）の会議の資料「{decision.paper_name}」"


def kept_file_faults(edition: Edition) -> Iterator[str]:
    """Yield the attachments that an edition keeps and that are lost or changed."""
    store = private_storage()
    for name, sha256 in sorted({(f["name"], f["sha256"]) for f in _named(edition) if f["sha256"]}):
        path = kept_path(edition.municipality, sha256)
        try:
            with store.open(path, "rb") as stored:
                found = _digest(stored)
        except OSError:
            found = ""
        if found != sha256:
            short = name.rpartition("/")[2]
            yield f"{edition.label}が控えている添付ファイル「{short}」が、失われたか書き換えられています。"


def _named(edition: Edition) -> Iterator[Any]:
    if isinstance(edition.rows, dict) and isinstance(edition.rows.get("tables"), dict):
        yield from named_files(edition.rows)


def _digest(stored: Any) -> str:
    digest = hashlib.sha256()
    while chunk := stored.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()

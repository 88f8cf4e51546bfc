"""Compares files with the SHA-256 they were stored under: papers, pictures, attachments, earlier editions."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models.fields.files import FieldFile

from bcp_portal.accounts.private_files import private_storage
from bcp_portal.accounts.proven_files import _digest, sha256_in
from plans.chapters.models.image import ChapterImage
from plans.editions.attachments import kept_path, named_files
from plans.editions.models.earlier_edition import EarlierEdition
from plans.editions.models.edition import Edition

PDFS = {
    "pdf": "PDF",
    "masked_pdf": "個人の情報を伏せたPDF",
    "public_pdf": "公開版のPDF",
}


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


def earlier_faults(edition: EarlierEdition) -> Iterator[str]:
    """Yield what is wrong with the file of an edition that was entered; it need not have one."""
    if edition.file_sha256 and sha256_in(edition.file) != edition.file_sha256:
        yield f"これまでの版「{edition}」のファイルが、失われたか書き換えられています。"


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

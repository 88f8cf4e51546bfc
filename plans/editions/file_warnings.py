"""Finds, for the page that lists them, which files are not what was stored: nobody has to open them."""

from collections.abc import Collection

from django.db import DatabaseError
from django.http import HttpRequest

from bcp_portal.audit.tampering import note_fault
from plans.chapters.models.image import ChapterImage
from plans.editions.file_proofs import PDFS, pdf_faults, picture_faults
from plans.editions.models.edition import Edition

PICTURE_GONE = "本文の図（{sha256}…）が、失われています。"


def edition_fault_of_files(edition: Edition, names: Collection[str] = PDFS) -> str:
    """Return what is wrong with the PDFs in these fields and the pictures of an edition (Japanese), ""."""
    texts = Edition.objects.filter(pk=edition.pk).values_list("document__images", flat=True)
    try:
        wanted = texts.first()
    except (ValueError, DatabaseError):  # a text that is no JSON: the page says so already
        wanted = None
    pictures = PictureProofs(wanted) if wanted else None
    broken = (pictures.fault_of(sha256) for sha256 in wanted or ()) if pictures else ()
    return "".join((*pdf_faults(edition, names), *broken))


class PictureProofs:
    """Compares each picture that a page shows with its hash, once; one query for all of them.

    `wanted` are the SHA-256 of those that may be asked for, None for all of the municipality in scope.
    """

    def __init__(self, wanted: Collection[str] | None = None) -> None:
        found = ChapterImage.objects.select_related("municipality")
        images = found if wanted is None else found.filter(sha256__in=wanted)
        self._images: dict[str, ChapterImage] = {image.sha256: image for image in images}
        self._faults: dict[str, str] = {}

    def fault_of(self, sha256: str) -> str:
        """Return what is wrong with a picture (Japanese), "" when nothing is; the first time to the log."""
        if sha256 not in self._faults:
            self._faults[sha256] = self._examined(sha256)
        return self._faults[sha256]

    def _examined(self, sha256: str) -> str:
        image = self._images.get(sha256)
        if image is None:
            return PICTURE_GONE.format(sha256=sha256[:12])
        fault = "".join(picture_faults(image))
        if fault:
            note_fault(image.municipality, image, fault)
        return fault


def picture_proofs_of(request: HttpRequest) -> PictureProofs:
    """Return what the page that answers a request asks of its pictures."""
    proofs: PictureProofs | None = getattr(request, "picture_proofs", None)
    if proofs is None:
        proofs = PictureProofs()
        request.picture_proofs = proofs  # type: ignore[attr-defined]
    return proofs

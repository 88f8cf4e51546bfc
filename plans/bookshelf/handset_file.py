"""Hands an edition out as a file for a telephone."""

from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.proven_files import proven_bytes
from bcp_portal.ui.data_addresses import data_address, drawing_address
from bcp_portal.ui.eras import DateStyle, format_date
from plans.bookshelf.handset import PictureAddress, Stamp, handset_page
from plans.chapters.models.image import ChapterImage
from plans.document.document import Document
from plans.edition_pages.readings import changed_parts, last_read, reading_of
from plans.editions.edition_reader import document_of
from plans.editions.look import check_mark_of
from plans.editions.models.edition import Edition

_LOST = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="80">'
    '<text x="10" y="45" font-size="18">この図は失われています。</text></svg>'
)


def handset_file(edition: Edition, membership: Membership, *, with_personal: bool) -> str:
    """Return the edition as one HTML file, with what changed since this person's last edition."""
    document = document_of(edition, with_personal=with_personal)
    style = DateStyle(membership.municipality.date_style)
    before = last_read(reading_of(membership.user), edition)
    stamp = Stamp(
        effective_on=format_date(edition.effective_on, style),
        saved_on=format_date(timezone.localdate(), style),
        code=edition.short_code,
        check_address=check_mark_of(edition.short_code).address,
        with_personal=with_personal,
        since=f"前回読んだ{before.edition.label}" if before else "",
        changes=(changed_parts(membership.municipality, before.edition, edition) if before else ()),
    )
    return handset_page(document, stamp, picture_addresses(document))


def picture_addresses(document: Document) -> PictureAddress:
    """Return the pictures of a document as data: addresses; a lost one says so."""
    images = ChapterImage.objects.filter(sha256__in=document.images)
    known = {image.sha256: _address(image) for image in images}
    lost = drawing_address(_LOST)
    return lambda sha256: known.get(sha256, lost)


def _address(image: ChapterImage) -> str:
    try:
        return data_address(proven_bytes(image.file, image.sha256), image.mime)
    except LookupError:
        return drawing_address(_LOST)

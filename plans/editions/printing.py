"""Prints an edition from its frozen document: once with personal values, once without."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from bcp_portal.ui.eras import DateStyle
from plans.chapters.image_files import load_image
from plans.document.document import Document
from plans.document.imprint import Imprint, imprinted
from plans.document.revision_table import RevisionLine, revision_table
from plans.editions.look import EditionLook
from plans.editions.queries import edition_setting
from plans.editions.revision_lines import lines_of_editions
from plans.printing.geometry import A4
from plans.printing.plan_parts import plan_parts
from plans.printing.press import Press, open_press

_PLAIN = EditionLook()


@dataclass(frozen=True)
class Prints:
    """The PDFs of one edition."""

    internal: bytes
    masked: bytes

    @property
    def internal_sha256(self) -> str:
        return hashlib.sha256(self.internal).hexdigest()

    @property
    def masked_sha256(self) -> str:
        return hashlib.sha256(self.masked).hexdigest()


def print_edition(document: Document, masked: Document, look: EditionLook = _PLAIN) -> Prints:
    """Return both PDFs; a plan without personal values is printed once.

    Raises DomainError (Japanese) naming what cannot be printed. Parts that are alike in both come
    from the cache the second time.
    """
    with open_press(settings.PRINT_CACHE_DIR) as press:
        internal = printed_as(press, document, look)
        if masked == document:
            return Prints(internal, internal)
        return Prints(internal, printed_as(press, masked, look))


def as_edition(document: Document, *, reason: str, document_number: str) -> Document:
    """Return a content as the edition it would become, as far as that is known before the issue."""
    line = RevisionLine(document.cover.edition, timezone.localdate(), reason)
    imprint = Imprint(
        document.cover.edition,
        document.cover.date_text,
        document_number,
        edition_setting().revisions_title,
    )
    revisions = revision_table([*lines_of_editions(), line], DateStyle.WAREKI)
    return imprinted(document, imprint, revisions)


def require_printable(edition: Document) -> None:
    """Raise DomainError (Japanese) naming what of an edition cannot be printed.

    Asked before anybody decides on it: what was approved cannot be mended any more. Nothing is
    rendered for it.
    """
    plan_parts(edition, load_image, A4)


def printed_as(
    press: Press,
    document: Document,
    look: EditionLook,
    load_picture: Callable[[str], bytes] = load_image,
) -> bytes:
    """Return a document as PDF that looks like its edition."""
    return press.print_plan(
        document,
        load_image=load_picture,
        numbering=look.numbering,
        options=look.options,
        check_mark=look.check_mark,
    )

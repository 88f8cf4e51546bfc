"""Prints an edition from its frozen document: once with personal values, once without."""

import hashlib
from dataclasses import dataclass

from django.conf import settings

from plans.document import Document
from plans.editions.look import EditionLook
from plans.print_services import load_image
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


def printed_as(press: Press, document: Document, look: EditionLook) -> bytes:
    """Return a document as PDF that looks like its edition."""
    return press.print_plan(
        document,
        load_image=load_image,
        numbering=look.numbering,
        options=look.options,
        check_mark=look.check_mark,
    )

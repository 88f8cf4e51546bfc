"""Prints an edition from its frozen document: once with personal values, once without."""

import hashlib
from dataclasses import dataclass

from django.conf import settings

from plans.document import Document
from plans.print_services import load_image
from plans.printing.options import PrintOptions
from plans.printing.press import open_press

# An edition is also read by people who cannot see, and kept for many years.
OPTIONS = PrintOptions(tagged=True)


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


def print_edition(document: Document, masked: Document) -> Prints:
    """Return both PDFs; a plan without personal values is printed once.

    Raises DomainError (Japanese) naming what cannot be printed. Parts that are alike in both come
    from the cache the second time.
    """
    with open_press(settings.PRINT_CACHE_DIR) as press:
        internal = press.print_plan(document, load_image=load_image, options=OPTIONS)
        if masked == document:
            return Prints(internal, internal)
        return Prints(internal, press.print_plan(masked, load_image=load_image, options=OPTIONS))

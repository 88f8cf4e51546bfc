"""Hands out the pictures of a public edition without anything but their dots, also those stored earlier."""

import hashlib
from collections.abc import Callable, Iterable

from bcp_portal.ui.picture_bytes import extras_in, without_extras

LoadImage = Callable[[str], bytes]
"""Takes the SHA-256 of a picture and returns the file; raises LookupError when there is none."""


def bare(load_image: LoadImage) -> LoadImage:
    """Return a way to load pictures that leaves out what they carry besides their dots."""
    return lambda sha256: without_extras(load_image(sha256))


def digests_of(images: Iterable[str], load_image: LoadImage) -> frozenset[str]:
    """Return the SHA-256 of the pictures as they are handed out; LookupError when one is missing."""
    return frozenset(hashlib.sha256(load_image(each)).hexdigest() for each in images)


def picture_fault(content: bytes, place: str) -> str:
    """Return in Japanese what a picture in a public file carries besides its dots; "" when nothing."""
    extras = extras_in(content)
    return f"{place}の画像に、{'、'.join(extras)}が残っています。" if extras else ""

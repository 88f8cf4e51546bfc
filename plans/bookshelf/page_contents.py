"""Reads of a stored PDF what each page shows, apart from what is stamped on every page."""

import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pikepdf
from pikepdf import Name

# Marks for readers who cannot see: they are counted through a part, and change nothing on paper.
_MARKS = re.compile(rb"/[A-Za-z]+\s+(?:<<[^>]*>>\s+BDC|BMC)\s|\bEMC\b")
_DRAWN = re.compile(rb"(/[^\s/<>\[\]()]+)\s+Do\b")


@dataclass(frozen=True)
class BookPage:
    """One page of a book numbered by part: 8-3 is the third page of 8. `content` is a hash."""

    part: str
    number: int
    content: str

    @property
    def label(self) -> str:
        """Return the number as it is printed on the page."""
        return f"{self.part}-{self.number}"


@dataclass(frozen=True)
class Book:
    """The pages of one PDF in order; `by_part` is False when they are counted through the book."""

    pages: tuple[BookPage, ...]
    by_part: bool

    @property
    def parts(self) -> dict[str, list[BookPage]]:
        """Return the pages of each part, in printed order."""
        return {name: list(pages) for name, pages in groupby(self.pages, lambda page: page.part)}

    @property
    def shares_no_sheets(self) -> bool:
        """Tell whether each part begins on the front of a sheet when printed on both sides."""
        *before, _last = self.parts.values() or [[]]
        return all(len(pages) % 2 == 0 for pages in before)

    def place(self, page: BookPage) -> int:
        """Return where a page lies, from 0."""
        return self.pages.index(page)


def read_book(content: bytes) -> Book:
    """Return what the pages of an edition's PDF show, and by which numbers they go."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        starts = _starts(pdf)
        by_part = bool(starts) and all(prefix for prefix in starts.values())
        pages = []
        part, number = "", 0
        for index, page in enumerate(pdf.pages):
            if index in starts:
                part, number = starts[index].removesuffix("-"), 0
            number += 1
            pages.append(BookPage(part, number, _content(page)))
        return Book(tuple(pages), by_part)


def _starts(pdf: pikepdf.Pdf) -> dict[int, str]:
    """Return the prefix of the page numbers by the index of the page from which it holds."""
    labels = pdf.Root.get("/PageLabels")
    items: list[Any] = list(labels.Nums) if labels is not None else []
    pairs = zip(items[::2], items[1::2], strict=True)
    return {int(index): str(label.get("/P", "")) for index, label in pairs}


def _content(page: pikepdf.Page) -> str:
    """Return a hash of what a page shows between the stamps that plans/printing/book.py adds."""
    streams = list(page.obj.get("/Contents", ()))[1:-1]
    drawn = b"\n".join(stream.read_bytes() for stream in streams)
    resources: Any = page.obj.get("/Resources", {})
    objects = resources.get("/XObject", {})
    plain = b" ".join(_MARKS.sub(b" ", _named_by_content(drawn, objects)).split())
    size = b" ".join(str(round(float(length))).encode() for length in page.mediabox)
    return hashlib.sha256(size + b"\n" + plain).hexdigest()


def _named_by_content(drawn: bytes, objects: Any) -> bytes:
    """Return the operators with each picture called by what it shows."""
    known: dict[bytes, bytes] = {}

    def name(found: re.Match[bytes]) -> bytes:
        called = found[1]
        if called not in known:
            known[called] = _digest_of(objects.get(called.decode("latin-1")))
        return known[called] + b" Do"

    return _DRAWN.sub(name, drawn)


def _digest_of(picture: Any) -> bytes:
    if picture is None:
        return b"/nothing"
    drawn = picture.read_raw_bytes()
    if picture.get("/Subtype") == Name.Form:
        inner: Mapping[str, Any] = picture.get("/Resources", {}).get("/XObject", {})
        drawn = _named_by_content(picture.read_bytes(), inner)
    return b"/" + hashlib.sha256(drawn).hexdigest().encode()

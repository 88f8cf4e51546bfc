"""Takes out of a public PDF of a former release what its photographs carry besides their dots; pure."""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Name

from bcp_portal.ui.picture_bytes import extras_in, without_extras


def bare_pdf(content: bytes) -> bytes:
    """Return the same pages with photographs that say nothing beside themselves.

    A file without anything to take out comes back byte for byte.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        talking = [each for each in photographs_in(pdf) if extras_in(each.read_raw_bytes())]
        if not talking:
            return content
        for stream in talking:
            stream.write(without_extras(stream.read_raw_bytes()), filter=Name.DCTDecode)
        into = io.BytesIO()
        pdf.save(into)
        return into.getvalue()


def photographs_in(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    """Yield the pictures that are kept in a PDF as the JPEG files they were."""
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Stream):
            continue
        kind = item.get(Name.Subtype), item.get(Name.Filter)
        if kind == (Name.Image, Name.DCTDecode):
            yield item

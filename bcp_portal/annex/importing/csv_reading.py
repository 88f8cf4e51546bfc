"""Reads CSV as Japanese offices save it: UTF-8 with or without BOM, UTF-16, Shift_JIS. No Django."""

import codecs
import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from bcp_portal.annex.importing import limits, refusals
from bcp_portal.annex.importing.excel_reading import Refused

SHEET = "CSV"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FILES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")


def csv_lines(content: bytes) -> Iterator[Any]:
    """Yield the sheet and its lines; a file that is no text is refused."""
    if content.startswith(_OTHER_FILES):
        raise Refused(refusals.NOT_A_TABLE)
    text = decoded(content)
    if text.lstrip()[:200].lower().startswith(("<!doctype html", "<html", "<?xml")):
        raise Refused(refusals.NOT_A_TABLE)
    csv.field_size_limit(limits.MAX_CELL_CHARACTERS * 4)
    yield {"sheet": SHEET, "merged": []}
    count = 0
    # str.splitlines would also break a line at the signs with which FileMaker breaks it in a cell.
    lines = StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter_of(text), strict=False)
    for number, cells in enumerate(reader, start=1):
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > limits.MAX_LINES:
            raise Refused(refusals.TOO_MANY_LINES)
        yield [number, [_cell(cell) for cell in cells[: limits.MAX_COLUMNS]]]


def _cell(text: str) -> str | None:
    """Return a cell; FileMaker breaks lines in one with a vertical tab."""
    return text.replace("\x0b", "\n") or None


def decoded(content: bytes) -> str:
    """Return the text of a file; one with bytes that no known encoding has is refused."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strictly(content, encoding)
    if b"\x00" in content:
        raise Refused(refusals.NOT_A_TABLE)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(content, "cp932")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused(refusals.UNKNOWN_ENCODING) from None


def delimiter_of(text: str) -> str:
    """Return the sign that parts the cells: a tab or semicolon where there are more of them."""
    beginning = text[:20_000]
    return max(",\t;", key=lambda sign: (beginning.count(sign), sign == ","))

"""Reads CSV as Japanese offices save it: UTF-8 with or without BOM, UTF-16, Shift_JIS. No Django."""

import codecs
import csv
import re
import unicodedata
from collections.abc import Iterator
from io import StringIO
from typing import Any

from bcp_portal.importing import limits, refusal_texts
from bcp_portal.importing.excel_reading import Refused

SHEET = "CSV"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKUP_LOOKED_AT = 20_000
_SPACES_LOOKED_AT = 20
_LINE_END = re.compile(r"\r\n|\r|\n")
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_JIS = (b"\x1b$B", b"\x1b$@", b"\x1b$(", b"\x1b(J", b"\x1b(I")
# So Excel is told to keep a text as it is: ="0123".
_TEXT_FORMULA = re.compile(r'\s*="((?:[^"]|"")*)"\s*', re.DOTALL)
_NO_TEXT = frozenset(map(chr, range(32))) - set("\t\n\r\x0b")
_OTHER_FILES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")


def csv_lines(content: bytes) -> Iterator[Any]:
    """Yield the sheet and its lines; a file that is no text is refused."""
    if content.startswith(_OTHER_FILES):
        raise Refused(refusal_texts.NOT_A_TABLE)
    text = decoded(content)
    _refuse_markup(text.lstrip()[:_MARKUP_LOOKED_AT].lower())
    csv.field_size_limit(limits.MAX_CELL_CHARACTERS * 4)
    yield {"sheet": SHEET, "merged": []}
    count = 0
    # str.splitlines would also break a line at the signs with which FileMaker breaks it in a cell.
    delimiter = delimiter_of(text)
    if number := unclosed_line(text, delimiter):
        raise Refused(refusal_texts.UNCLOSED_QUOTE.format(number))
    lines = StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=False)
    for number, cells in enumerate(reader, start=1):
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > limits.MAX_LINES:
            raise Refused(refusal_texts.TOO_MANY_LINES)
        yield [number, [_cell(cell) for cell in cells[: limits.MAX_COLUMNS]]]


def unclosed_line(text: str, delimiter: str) -> int:
    """Return the line with a quotation mark that takes lines behind it into its cell; 0 where none does.

    It is never closed, or by a mark that opens another cell, behind which text goes on.
    """
    cell = rf'(?:^|(?<=[{re.escape(delimiter)}\r\n]))"[^"]*+(?:""[^"]*+)*+("?)'
    for found in re.finditer(cell, text):
        goes_on = text[found.end() : found.end() + _SPACES_LOOKED_AT].lstrip(" ")[:1]
        is_broken = "\n" in found[0] or "\r" in found[0]
        if not found[1] or (is_broken and goes_on and goes_on not in f"{delimiter}\r\n"):
            return len(_LINE_END.findall(text, 0, found.start())) + 1
    return 0


def _refuse_markup(beginning: str) -> None:
    """Refuse pages, among them tables that other programs write under names that end in .xls."""
    if "urn:schemas-microsoft-com:office:spreadsheet" in beginning:
        raise Refused(refusal_texts.XML_2003)
    if beginning.startswith(
        ("<!doctype html", "<html", "<table", "<?xml", "<meta", "mime-version:")
    ):
        raise Refused(
            refusal_texts.WEB_PAGE if "<table" in beginning else refusal_texts.NOT_A_TABLE
        )


def _cell(text: str) -> str | None:
    """Return a cell; FileMaker breaks lines in one with a vertical tab."""
    if formula := _TEXT_FORMULA.fullmatch(text):
        text = formula[1].replace('""', '"')
    return text.replace("\x0b", "\n") or None


def decoded(content: bytes) -> str:
    """Return the text of a file; one with bytes that no known encoding has is refused."""
    if content.startswith(_UTF_32):
        raise Refused(refusal_texts.UTF_32)
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strictly(content, encoding)
    if b"\x00" in content:
        raise Refused(_why_nul(content))
    if any(sign in content for sign in _JIS):
        raise Refused(refusal_texts.JIS_ENCODING)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(content, "cp932")


def _why_nul(content: bytes) -> str:
    """Return why a file with bytes of 0 is refused: as UTF-16 without its mark, as text, or as none."""
    for encoding in ("utf-16-le", "utf-16-be"):
        if _is_text(content, encoding):
            return refusal_texts.UTF_16
    rest = content.replace(b"\x00", b"")
    if len(rest) * 2 > len(content) and any(_is_text(rest, each) for each in ("utf-8", "cp932")):
        before = content[: content.index(b"\x00")].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return refusal_texts.NUL.format(before.count(b"\n") + 1)
    return refusal_texts.NOT_A_TABLE


def _is_text(content: bytes, encoding: str) -> bool:
    """Tell whether bytes are text in lines or cells, without a sign that no text holds."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return False
    held = set(text)
    if held & _NO_TEXT or not held & set(",\t;\r\n"):
        return False
    return all(unicodedata.category(each) not in ("Cn", "Co") for each in held)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused(refusal_texts.UNKNOWN_ENCODING) from None


def delimiter_of(text: str) -> str:
    """Return the sign that parts the cells: a tab or semicolon where there are more of them."""
    beginning = text[:20_000]
    return max(",\t;", key=lambda sign: (beginning.count(sign), sign == ","))

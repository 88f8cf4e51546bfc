"""Reads the texts of a workbook as Excel does: escapes decoded, runs with fonts of their own apart. No Django.

Not left to openpyxl, which removes x005F_ wherever it stands and decodes no other escape.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from openpyxl.reader import excel
from openpyxl.reader.strings import read_rich_text
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from bcp_portal.annex.excel.texts import text_of_cell

_RUN, _TEXT, _FONT, _STRIKE, _ITEM = (
    f"{{{SHEET_MAIN_NS}}}{name}" for name in ("r", "t", "rPr", "strike", "si")
)
_NO = ("0", "false", "off")


class Runs(tuple[tuple[str, bool | None], ...]):
    """Runs of one text: each with whether its own font is struck through, None without a font."""

    __slots__ = ()

    def __str__(self) -> str:
        return "".join(text for text, _ in self)


def text_in(element: Any) -> str | Runs:
    """Return the text of a shared or inline string; how it is read aloud is left out."""
    runs = element.findall(_RUN)
    own = text_of_cell(element.findtext(_TEXT) or "")
    if not runs:
        return own
    found: list[tuple[str, bool | None]] = [(own, None)] if own else []
    found += [(text_of_cell(run.findtext(_TEXT) or ""), _is_struck(run)) for run in runs]
    return Runs(found)


def _is_struck(run: Any) -> bool | None:
    font = run.find(_FONT)
    if font is None:
        return None
    strike = font.find(_STRIKE)
    return strike is not None and strike.get("val", "1").lower() not in _NO


def _shared_texts(source: Any) -> list[str | Runs]:
    found: list[str | Runs] = []
    for _, element in iterparse(source):
        if element.tag == _ITEM:
            found.append(text_in(element))
            element.clear()
    return found


@contextmanager
def as_excel_reads() -> Iterator[None]:
    """Let workbooks be opened with their shared texts as Excel reads them."""
    excel.read_rich_text = _shared_texts
    try:
        yield
    finally:
        excel.read_rich_text = read_rich_text

"""Reads what a worksheet says behind its cells: merged areas and conditions; the cells are passed over. No Django."""

import re
import zipfile
from pathlib import Path
from typing import Any

from openpyxl.xml.functions import fromstring

_ROOT = re.compile(rb"<(?:\w+:)?worksheet\b[^>]*>")
_CELLS_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_CHUNK = 1 << 20
_LONGEST_TAG = 100


class BehindCells:
    """The XML of a read-only worksheet from the end of its cells on."""

    def __init__(self, path: Path, sheet: Any) -> None:
        """Read the worksheet of the workbook at the path once, and keep only what is behind."""
        place = sheet._worksheet_path.lstrip("/")
        with zipfile.ZipFile(path) as archive, archive.open(place) as file:
            chunk = file.read(_CHUNK)
            root = _ROOT.search(chunk)
            self._root = root[0] if root else b""
            end, rest = _CELLS_END.search(chunk), b""
            while chunk and not end:
                rest = chunk[-_LONGEST_TAG:]
                chunk = file.read(_CHUNK)
                end = _CELLS_END.search(rest + chunk)
            self.content: bytes = (rest + chunk)[end.end() :] + file.read() if end else b""

    def element(self) -> Any:
        """Return a worksheet without cells, as an element."""
        return fromstring(self._root + self.content)

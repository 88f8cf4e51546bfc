"""Has openpyxl read of the styles of a workbook what values need, so that no odd look refuses a file.

No Django. Number formats say what a number is, fonts what is struck through; how cells are filled,
framed and named is left out before openpyxl, which is strict about it, sees it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zipfile import ZipFile

from openpyxl.reader import excel
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.xml.constants import ARC_STYLE
from openpyxl.xml.functions import fromstring, tostring

_LOOKS = {"fills", "borders", "dxfs", "tableStyles", "cellStyles", "colors"}


class _Styles:
    """Stands in for the archive of a workbook: its styles without looks."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive

    def read(self, name: str) -> bytes:
        root = fromstring(self._archive.read(name))
        for part in list(root):
            if isinstance(part.tag, str) and part.tag.rpartition("}")[2] in _LOOKS:
                root.remove(part)
        cleaned: bytes = tostring(root)
        return cleaned


def _apply(archive: ZipFile, workbook: Any) -> Any:
    known = ARC_STYLE in archive.namelist()
    return apply_stylesheet(_Styles(archive) if known else archive, workbook)


@contextmanager
def without_looks() -> Iterator[None]:
    """Let workbooks be opened with the styles that values need, and no others."""
    excel.apply_stylesheet = _apply
    try:
        yield
    finally:
        excel.apply_stylesheet = apply_stylesheet

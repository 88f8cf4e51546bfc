"""Has openpyxl read of the styles of a workbook what values need, so that no odd look refuses a file.

No Django. Number formats say what a number is, fonts what is struck through; how cells are filled,
framed and named is left out before openpyxl, which is strict about it, sees it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zipfile import ZipFile

from openpyxl.reader import excel
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.xml.constants import ARC_STYLE
from openpyxl.xml.functions import fromstring, tostring

_LOOKS = {"fills", "borders", "dxfs", "tableStyles", "cellStyles", "colors"}
_NO_FILL, _GROUND_OF_THEME, _WHITE_INDEXES = 0, 0, (1, 9, 65)
_ERA, _ERA_LONG = "[$-411]ge.m.d", '[$-411]ggge"年"m"月"d"日"'
_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
# What the numbers of formats that no file writes out mean in a Japanese Excel.
_JAPANESE = {
    **dict.fromkeys((5, 6), '"¥"#,##0;"¥"-#,##0'),
    **dict.fromkeys((7, 8), '"¥"#,##0.00;"¥"-#,##0.00'),
    14: "yyyy/m/d",
    22: "yyyy/m/d h:mm",
    **dict.fromkeys((27, 36, 50, 57), _ERA),
    **dict.fromkeys((28, 29, 51, 54, 58), _ERA_LONG),
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"',
    **dict.fromkeys((34, 52, 55), _YEAR_MONTH),
    **dict.fromkeys((35, 53, 56), _MONTH_DAY),
}


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


def formats_of(workbook: Any) -> dict[int, str]:
    """Return the number format of each style that has another than General."""
    own = dict(enumerate(workbook._number_formats, start=BUILTIN_FORMATS_MAX_SIZE))
    known = BUILTIN_FORMATS | _JAPANESE | own
    formats = {n: known.get(s.numFmtId, "") for n, s in enumerate(workbook._cell_styles)}
    return {number: code for number, code in formats.items() if code}


def white_styles(workbook: Any) -> frozenset[int]:
    """Return the styles that write in white on no ground of their own: nobody sees the text."""
    white = {number for number, font in enumerate(workbook._fonts) if is_white(font.color)}
    styles = enumerate(workbook._cell_styles)
    return frozenset(n for n, s in styles if s.fontId in white and s.fillId == _NO_FILL)


def is_white(colour: Any) -> bool:
    """Tell whether a colour of a font (None: black) is white: as such, by number, or of the theme."""
    if colour is None:
        return False
    if colour.type == "rgb":
        return str(colour.rgb)[-6:].upper() == "FFFFFF"
    if colour.type == "theme":
        return bool(colour.theme == _GROUND_OF_THEME and not colour.tint)
    return colour.type == "indexed" and colour.indexed in _WHITE_INDEXES


def struck_styles(workbook: Any) -> frozenset[int]:
    """Return the styles whose font is struck through."""
    struck = {number for number, font in enumerate(workbook._fonts) if font.strike}
    return frozenset(n for n, s in enumerate(workbook._cell_styles) if s.fontId in struck)

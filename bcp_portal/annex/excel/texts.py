"""Makes any text fit for one cell of an Excel sheet: legal in XML, within Excel's limit, unmistaken."""

import re
from bisect import bisect_right

from bcp_portal.ui.counted_letters import letter_edge

# What one cell holds, counted as Excel counts: a character outside the BMP is two.
MAX_UNITS = 32_767
CUT_NOTICE = (
    "\n（Excelの1つのセルに入る32,767文字を超えるため、ここで切りました。"
    "続きはシステムの画面で確かめてください。）"
)

# What one character can count for at most: an underscore that has to be escaped.
_MOST_UNITS = 7

_LINE_ENDS = re.compile("\r\n?")
_ILLEGAL_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ as the letter A, so a text that really says that is escaped (ECMA-376, ST_Xstring).
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_BROKEN_LINES = re.compile("\r\n?|\v")


def cell_text(text: str) -> str:
    """Return the text as it is written into a cell; what does not fit is cut with a sentence."""
    return escaped(shortened(visible_text(text)))


def escaped(text: str) -> str:
    """Return the text as it is stored, so that Excel shows _x0041_ where a person typed that."""
    return _LOOKS_ESCAPED.sub("_x005F_", text) if "_x" in text else text


def visible_text(text: str) -> str:
    r"""Return the text without characters that XML forbids, line ends as \n."""
    return _ILLEGAL_IN_XML.sub("", _LINE_ENDS.sub("\n", text))


def shortened(text: str, limit: int = MAX_UNITS, notice: str = CUT_NOTICE) -> str:
    """Return the text, or its beginning and the notice when Excel would count more than limit."""
    if len(text) * _MOST_UNITS <= limit or _stored_units(text) <= limit:
        return text
    room = limit - _stored_units(notice)
    lengths = range(min(len(text), room) + 1)
    fitting = bisect_right(lengths, room, key=lambda length: _stored_units(text[:length])) - 1
    return text[: letter_edge(text, fitting)] + notice


def text_of_cell(stored: str) -> str:
    r"""Return the text that Excel shows of what is stored: _x0041_ is the letter A.

    Of what `cell_text` wrote this is the text it was given. Line ends and vertical tabs are \n,
    characters of two units whole; NUL, which nothing here can keep, is left out.
    """
    if "_x" in stored:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), stored)
        stored = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if "\r" in stored or "\v" in stored:
        stored = _BROKEN_LINES.sub("\n", stored)
    return stored.replace("\x00", "")


def _stored_units(text: str) -> int:
    """Return the length as Excel counts it, with the escapes, which openpyxl counts too."""
    escapes = sum(1 for _ in _LOOKS_ESCAPED.finditer(text))
    return len(text.encode("utf-16-le")) // 2 + 6 * escapes

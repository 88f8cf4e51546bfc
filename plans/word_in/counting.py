"""Tells which lists of a Word file count, and what chapters cannot count the same way; knows no Django."""

import re
from typing import Any

from docx.oxml.ns import qn

from plans.word_in.findings import WHOLE_FILE, Unread
from plans.word_in.styles import value_of

_PLAIN = re.compile(r"decimal %\d[.．]?")
_COUNTER = re.compile(r"%\d")
_OTHER_NUMBERS = "自動の番号（①、ア、（1）など）は、1から数える箇条書きになります"
_BEGINS_ANEW = "文や表をはさんで続く自動の番号は、1から数え直します"


class Counting:
    """The lists of one file, and those that stood in it already."""

    def __init__(self, numbering: Any, unread: Unread) -> None:
        """Take the part in which the file defines its lists; None without any."""
        self._ways = {} if numbering is None else _ways(numbering)
        self._unread = unread
        self._begun: set[str] = set()

    def counts(self, number: str, level: int, *, begins: bool) -> bool:
        """Tell whether a point has a number; note where a sentence may refer to another one.

        `begins` says that no other point stands directly before it.
        """
        way = self._ways.get((number, level), "")
        if way and not _PLAIN.fullmatch(way):
            self._unread.add(_OTHER_NUMBERS, WHOLE_FILE)
        if way and begins and number in self._begun:
            self._unread.add(_BEGINS_ANEW, WHOLE_FILE)
        self._begun.add(number)
        return bool(way)

    def label(self, number: str, level: int) -> str:
        """Return how the number of a point may look, with a blank behind it; "" without any."""
        shown = self._ways.get((number, level), "").partition(" ")[2]
        return f"{_COUNTER.sub('1', shown)} " if shown else ""


def _ways(root: Any) -> dict[tuple[str, int], str]:
    """Return for each list and level how it counts: "decimal %1.", "" for marks without numbers."""
    kinds = {
        kind.get(qn("w:abstractNumId")): {
            int(level.get(qn("w:ilvl"), "0")): _way(level) for level in kind.findall(qn("w:lvl"))
        }
        for kind in root.findall(qn("w:abstractNum"))
    }
    return {
        (str(number.get(qn("w:numId"))), level): way
        for number in root.findall(qn("w:num"))
        for level, way in kinds.get(value_of(number, "w:abstractNumId"), {}).items()
    }


def _way(level: Any) -> str:
    form = value_of(level, "w:numFmt") or "decimal"
    return "" if form in ("bullet", "none") else f"{form} {value_of(level, 'w:lvlText')}"

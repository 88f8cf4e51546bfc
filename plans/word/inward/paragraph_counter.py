"""Counts the numbered paragraphs of a Word file as Word does: their numbers stand nowhere in it; knows no Django."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from docx.oxml.ns import qn

from plans.text.number_forms import in_form
from plans.word.inward.findings import WHOLE_FILE, Unread
from plans.word.inward.styles import is_on, value_of

_PLAIN_FORMS = ("decimal", "decimalHalfWidth", "decimalFullWidth", "decimalFullWidth2")
_PLAIN_TEXT = re.compile(r"%\d[.．]?")
_COUNTER = re.compile(r"%([1-9])")
# A mark that says something; all others become the dots of a list.
_SPEAKING_MARKS = frozenset("※")
_OTHER_NUMBERS = (
    "自動の番号（①、ア、（1）など）は、文字として読みました。順番を変えても番号は変わりません"
)
_UNKNOWN_FORM = "読めない形の自動の番号は、1、2、3に置き換えました"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass(frozen=True)
class ListPoint:
    """What stands before one paragraph: a number of a plain list, a mark, or a label as text.

    `number` is 0 for a mark; a `label` is written out because no list of chapters counts like it.
    """

    level: int
    number: int = 0
    label: str = ""


@dataclass(frozen=True)
class _Way:
    """How one level of a list counts."""

    counted: str
    form: str
    text: str
    start: int
    restarts_below: int
    legal: bool = False


class Counting:
    """The lists of one file and how far each has counted."""

    def __init__(self, numbering: Any, unread: Unread) -> None:
        """Take the part in which the file defines its lists; None without any."""
        self._ways = {} if numbering is None else _ways(numbering)
        self._begin = {} if numbering is None else _beginnings(numbering)
        self._unread = unread
        self._counts: dict[tuple[str, int], int] = {}
        self._begun: set[tuple[str, int]] = set()

    def points(
        self, paragraphs: Iterable[Any], place: Callable[[Any], tuple[str, int]]
    ) -> dict[Any, ListPoint]:
        """Return what stands before each paragraph that is a point; `place` gives its list and level."""
        found: dict[Any, ListPoint] = {}
        for paragraph in paragraphs:
            number, level = place(paragraph)
            way = self._ways.get((number, level)) if number else None
            if way and next(paragraph.iterancestors(_FALLBACK), None) is None:
                point = self._point(number, level, way)
                if point:
                    found[paragraph] = point
        return found

    def say(self, point: ListPoint) -> None:
        """Note that a number becomes text."""
        if point.label and point.label not in _SPEAKING_MARKS:
            self._unread.add(_OTHER_NUMBERS, WHOLE_FILE)

    def _point(self, number: str, level: int, way: _Way) -> ListPoint | None:
        if way.form == "bullet":
            return ListPoint(level, label=way.text if way.text in _SPEAKING_MARKS else "")
        count = self._next(number, level, way)
        if way.form in _PLAIN_FORMS and _PLAIN_TEXT.fullmatch(way.text) and count > 0:
            own = int(way.text[1]) == level + 1
            if own:
                return ListPoint(level, count)
        label = _COUNTER.sub(lambda part: self._shown(number, int(part[1]) - 1, way), way.text)
        return ListPoint(level, label=label.strip()) if label.strip() else None

    def _next(self, number: str, level: int, way: _Way) -> int:
        """Count one on, and let the levels below begin anew."""
        key = (way.counted, level)
        if (number, level) in self._begin and (number, level) not in self._begun:
            self._begun.add((number, level))
            self._counts[key] = self._begin[number, level]
        else:
            self._counts[key] = self._counts.get(key, way.start - 1) + 1
        for (listed, below), other in self._ways.items():
            if listed == number and below > level and level < other.restarts_below:
                self._counts.pop((way.counted, below), None)
        return self._counts[key]

    def _shown(self, number: str, level: int, shown_in: _Way) -> str:
        way = self._ways.get((number, level))
        if way is None:
            return "1"
        count = self._counts.get((way.counted, level), way.start)
        written = in_form("decimal" if shown_in.legal else way.form, count)
        if written is None:
            self._unread.add(_UNKNOWN_FORM, WHOLE_FILE)
        return str(count) if written is None else written


def _ways(root: Any) -> dict[tuple[str, int], _Way]:
    """Return for each list and level how it counts."""
    kinds = {
        str(kind.get(qn("w:abstractNumId"))): kind for kind in root.findall(qn("w:abstractNum"))
    }
    named = {value_of(kind, "w:styleLink"): key for key, kind in kinds.items()}
    found: dict[tuple[str, int], _Way] = {}
    for number in root.findall(qn("w:num")):
        listed = str(number.get(qn("w:numId")))
        key = value_of(number, "w:abstractNumId")
        if key in kinds and (link := value_of(kinds[key], "w:numStyleLink")):
            key = named.get(link, key)
        levels = [] if key not in kinds else kinds[key].findall(qn("w:lvl"))
        changed = [
            one for over in number.findall(qn("w:lvlOverride")) for one in over.findall(qn("w:lvl"))
        ]
        for level in [*levels, *changed]:
            place = _number(level.get(qn("w:ilvl")), 0)
            found[listed, place] = replace(_way(level, place), counted=key)
    return found


def _beginnings(root: Any) -> dict[tuple[str, int], int]:
    """Return the numbers at which single lists begin anew although their kind counts on."""
    return {
        (str(number.get(qn("w:numId"))), _number(over.get(qn("w:ilvl")), 0)): _number(said, 1)
        for number in root.findall(qn("w:num"))
        for over in number.findall(qn("w:lvlOverride"))
        if (said := value_of(over, "w:startOverride"))
    }


def _way(level: Any, place: int) -> _Way:
    # A form of newer Word stands beside one that older ones know; the last is the oldest.
    forms = [form.get(qn("w:val")) for form in level.iter(qn("w:numFmt"))]
    return _Way(
        counted="",
        form=forms[-1] if forms else "decimal",
        text=value_of(level, "w:lvlText"),
        start=_number(value_of(level, "w:start"), 1),
        restarts_below=_number(value_of(level, "w:lvlRestart"), place),
        legal=is_on(level, "w:isLgl"),
    )


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else otherwise

"""Follows the fields of Word: links, boxes to tick, and what only Word can draw; knows no Django."""

import re
from dataclasses import dataclass
from html import escape
from typing import Any

from docx.oxml.ns import qn

from plans.word.inward.styles import is_on, value_of

_LINK = re.compile(r'HYPERLINK\s+(?:\\\S+\s+)*"((?:https?://|mailto:)[^"]+)"')
_DRAWN = re.compile(r"EQ\b", re.IGNORECASE)
_TICKED, _FREE = "✓", "□"


@dataclass
class _Field:
    code: str = ""
    shown: bool = False
    linked: bool = False


class Fields:
    """The fields that are open: their code stands in pieces before what they show."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    def code(self, element: Any) -> None:
        """Take a piece of the code of the innermost field."""
        if self._open and not self._open[-1].shown:
            self._open[-1].code += element.text or ""

    def mark(self, element: Any) -> str:
        """Return what the beginning, middle or end of a field adds to the text."""
        kind = element.get(qn("w:fldCharType"))
        if kind == "begin":
            self._open.append(_Field())
            return _of_form(element)
        if kind == "separate" and self._open:
            field = self._open[-1]
            field.shown = True
            link = _LINK.search(field.code)
            field.linked = bool(link)
            return f'<a href="{escape(link[1])}">' if link else ""
        if kind == "end" and self._open:
            return "</a>" if self._open.pop().linked else ""
        return ""

    def draws(self, element: Any) -> bool:
        """Tell whether the mark ends a field that says something Word draws and writes nowhere."""
        ends = element.get(qn("w:fldCharType")) == "end" and bool(self._open)
        return ends and bool(_DRAWN.match(self._open[-1].code.strip()))

    def close_links(self) -> str:
        """End the links that a paragraph left open: a field may go on in the next one."""
        linked = [field for field in self._open if field.linked]
        for field in linked:
            field.linked = False
        return "</a>" * len(linked)


def _of_form(element: Any) -> str:
    """Return the state of a box to tick, or the chosen line of a list; "" for another field."""
    box = element.find(f"{qn('w:ffData')}/{qn('w:checkBox')}")
    if box is not None:
        said = "w:checked" if box.find(qn("w:checked")) is not None else "w:default"
        return _TICKED if is_on(box, said) else _FREE
    choices = element.find(f"{qn('w:ffData')}/{qn('w:ddList')}")
    if choices is None:
        return ""
    lines = [str(line.get(qn("w:val"), "")) for line in choices.findall(qn("w:listEntry"))]
    chosen = value_of(choices, "w:result") or value_of(choices, "w:default") or "0"
    known = chosen.isascii() and chosen.isdigit() and int(chosen) < len(lines)
    return escape(lines[int(chosen)], quote=False) if known else ""

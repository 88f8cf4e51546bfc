"""Says what the styles of a Word file make of its paragraphs and runs; knows no Django."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

HEADING_LEVELS = 4
_HEADING = re.compile(r"(?:heading|見出し)\s*([1-9])")
_CONTENTS = re.compile(r"(?:toc|目次)(?:\s*[1-9]|\s*heading|\s*の?見出し)?")
LOOKS = ("w:b", "w:i", "w:u", "w:strike", "w:dstrike", "w:vanish")
# Lines that our own file writes around tables and figures made of rows.
_OURS = {"bcp title", "bcp note"}


@dataclass(frozen=True)
class ParagraphStyle:
    """What a style says: its name, the level of its heading from 1 (0: none), its list."""

    name: str = ""
    level: int = 0
    list_number: str = ""
    list_level: int = 0
    looks: Mapping[str, bool] = field(default_factory=dict)


@dataclass
class StyleSheet:
    """The styles of one file, with what they take from those they are based on."""

    root: Any = None
    known: dict[str, ParagraphStyle] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = [] if self.root is None else self.root.findall(qn("w:style"))
        self._elements = {style.get(qn("w:styleId"), ""): style for style in found}

    def style(self, identity: str) -> ParagraphStyle:
        """Return what a style says; of one that is not there, nothing."""
        if identity not in self.known:
            self.known[identity] = ParagraphStyle()  # a circle of styles ends here
            self.known[identity] = self._read(identity)
        return self.known[identity]

    def looks(self, run: Any, name: str) -> bool:
        """Tell whether a run looks so (w:b, w:vanish …), by itself or by one of its styles."""
        own = run.find(qn("w:rPr"))
        if own is not None and own.find(qn(name)) is not None:
            return is_on(own, name)
        said = self.style(value_of(run, "w:rPr/w:rStyle")).looks
        if name not in said:
            paragraph = next(run.iterancestors(qn("w:p")), None)
            above = "" if paragraph is None else value_of(paragraph, "w:pPr/w:pStyle")
            said = self.style(above).looks
        return said.get(name, False)

    def _read(self, identity: str) -> ParagraphStyle:
        element = self._elements.get(identity)
        if element is None:
            return ParagraphStyle()
        name = _value(element, "w:name")
        base = self.style(_value(element, "w:basedOn")) if _value(element, "w:basedOn") else None
        heading = _HEADING.fullmatch(name.lower().strip())
        outline = _value(element, "w:pPr/w:outlineLvl")
        level = int(heading[1]) if heading else _level(outline) if outline else 0
        number = _value(element, "w:pPr/w:numPr/w:numId")
        return ParagraphStyle(
            name,
            level if heading or outline else base.level if base else 0,
            number or (base.list_number if base else ""),
            int(_value(element, "w:pPr/w:numPr/w:ilvl") or (base.list_level if base else 0)),
            {**(base.looks if base else {}), **_looks(element.find(qn("w:rPr")))},
        )


def _looks(properties: Any) -> dict[str, bool]:
    if properties is None:
        return {}
    return {
        name: is_on(properties, name) for name in LOOKS if properties.find(qn(name)) is not None
    }


def is_contents(style: ParagraphStyle) -> bool:
    """Tell whether a paragraph belongs to the contents, which the program makes itself."""
    return bool(_CONTENTS.fullmatch(style.name.lower().strip()))


def is_ours(style: ParagraphStyle) -> bool:
    """Tell whether a paragraph was written by our program around a table of rows."""
    return style.name.lower() in _OURS


def heading_level(paragraph: Any, style: ParagraphStyle) -> int:
    """Return the level of a heading from 1, 0 for other text."""
    own = _value(paragraph, "w:pPr/w:outlineLvl")
    return _level(own) if own else style.level


def is_on(properties: Any, name: str) -> bool:
    """Tell whether a property is there and not switched off."""
    mark = properties.find(qn(name))
    return mark is not None and mark.get(qn("w:val"), "true") not in ("0", "false", "none", "off")


def value_of(element: Any, path: str) -> str:
    """Return the w:val at the end of a path, "" when there is nothing."""
    return _value(element, path)


def _value(element: Any, path: str) -> str:
    found = element.find("/".join(qn(step) for step in path.split("/")))
    return "" if found is None else str(found.get(qn("w:val")) or "")


def _level(outline: str) -> int:
    """Return the level of an outline level, which counts from 0; 9 is text."""
    return int(outline) + 1 if outline.isdigit() and int(outline) < 9 else 0

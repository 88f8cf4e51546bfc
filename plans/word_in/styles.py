"""Says which paragraphs of a Word file are headings, list items or contents; knows no Django."""

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

HEADING_LEVELS = 4
_HEADING = re.compile(r"(?:heading|見出し)\s*([1-9])")
_CONTENTS = re.compile(r"(?:toc|目次)(?:\s*[1-9]|\s*heading|\s*の?見出し)?")
# Lines that our own file writes around tables and figures made of rows.
_OURS = {"bcp title", "bcp note"}
_JOINT = "[.．－‐−–-]"
_LOOKS_NUMBERED = (
    (1, re.compile(r"第\s*[0-9０-９一二三四五六七八九十]+\s*章")),
    (2, re.compile(r"第\s*[0-9０-９一二三四五六七八九十]+\s*節")),
    (4, re.compile(r"[（(]\s*[ア-ンｱ-ﾝ]\s*[)）]")),
    (2, re.compile(r"[（(]\s*[0-9０-９]{1,2}\s*[)）]")),
    (4, re.compile(rf"[0-9０-９]{{1,2}}(?:{_JOINT}[0-9０-９]{{1,2}}){{3}}(?![0-9０-９])")),
    (3, re.compile(rf"[0-9０-９]{{1,2}}(?:{_JOINT}[0-9０-９]{{1,2}}){{2}}(?![0-9０-９])")),
    (2, re.compile(rf"[0-9０-９]{{1,2}}{_JOINT}[0-9０-９]{{1,2}}(?![0-9０-９])")),
    (1, re.compile(r"[0-9０-９]{1,2}(?:[.．、]|(?=[\s　]))")),
    (3, re.compile(r"[ア-ン](?:[.．、]|(?=[\s　]))")),
)
# Two and more numbers before a blank begin no point of a list: 「1-1　目的」.
_PARTED_NUMBER = re.compile(rf"[0-9０-９]{{1,2}}(?:{_JOINT}[0-9０-９]{{1,2}}){{1,3}}[\s　]")
# What a typed contents ends its lines with: leaders, or a tab, and a page.
_LEADERS_AND_PAGE = re.compile(r"(?:[…‥]+|[.．・･]{3,})[\s　]*[0-9０-９]{1,3}$")
_PAGE = re.compile(r"[\s　][0-9０-９]{1,3}$")
_LONGEST_HEADING = 60


@dataclass(frozen=True)
class ParagraphStyle:
    """What a style says: its name, the level of its heading from 1 (0: none), its list."""

    name: str = ""
    level: int = 0
    list_number: str = ""
    list_level: int = 0


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
        )


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


def guessed_level(text: str, *, bold: bool) -> int:
    """Return the level of a line that looks like a heading in a file without such styles, or 0."""
    text = text.strip()
    if not text or len(text) > _LONGEST_HEADING or text.endswith(("。", "、")):
        return 0
    for level, pattern in _LOOKS_NUMBERED:
        match = pattern.match(text)
        if match:
            sure = bold or match.group().startswith("第") or _PARTED_NUMBER.match(text)
            return level if sure and text[match.end() :].strip() else 0
    return 0


def is_typed_contents(text: str, *, tabbed: bool) -> bool:
    """Tell whether a line of a file without styles is one of a contents that somebody typed.

    A tab before a number may stand in any line, so that one must begin as a heading does.
    """
    text = text.strip()
    page = _PAGE.search(text)
    if _LEADERS_AND_PAGE.search(text[-_LONGEST_HEADING:]):
        return True
    return tabbed and page is not None and guessed_level(text[: page.start()], bold=True) > 0


def without_number(text: str) -> str:
    """Return a heading without the number somebody typed: the program counts itself."""
    text = text.strip()
    for _, pattern in _LOOKS_NUMBERED:
        match = pattern.match(text)
        if match and text[match.end() :].strip(" 　.．、:："):
            return text[match.end() :].strip(" 　\t.．、:：")
    return text


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

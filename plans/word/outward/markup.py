"""Writes paragraphs and runs of WordprocessingML; children stand in the order that Word demands."""

import re
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.opc.oxml import serialize_part_xml

TWIPS_PER_POINT = 20
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Look:
    """How a run of text looks; `points` 0 leaves the size to the style."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    points: float = 0
    colour: str = ""
    style: str = ""

    def xml(self) -> str:
        """Return the properties of a run, or nothing for plain text."""
        parts = [
            f"<w:rStyle w:val={quoteattr(self.style)}/>" if self.style else "",
            "<w:b/>" if self.bold else "",
            "<w:i/>" if self.italic else "",
            f'<w:color w:val="{self.colour}"/>' if self.colour else "",
            f'<w:sz w:val="{half_points(self.points)}"/>' if self.points else "",
            f'<w:szCs w:val="{half_points(self.points)}"/>' if self.points else "",
            '<w:u w:val="single"/>' if self.underline else "",
        ]
        inner = "".join(parts)
        return f"<w:rPr>{inner}</w:rPr>" if inner else ""


PLAIN = Look()


@dataclass(frozen=True)
class ParagraphShape:
    """How a paragraph stands; lengths in twips (a twentieth of a point).

    `uncounted` takes away the number that the style would put before it.
    """

    style: str = ""
    keep_next: bool = False
    new_page: bool = False
    list_number: int = 0
    list_level: int = 0
    uncounted: bool = False
    align: str = ""
    indent: int = 0

    def xml(self) -> str:
        """Return the properties of a paragraph, or nothing for a plain one."""
        listed = (
            f'<w:numPr><w:ilvl w:val="{self.list_level}"/>'
            f'<w:numId w:val="{self.list_number}"/></w:numPr>'
        )
        parts = [
            f"<w:pStyle w:val={quoteattr(self.style)}/>" if self.style else "",
            "<w:keepNext/>" if self.keep_next else "",
            "<w:pageBreakBefore/>" if self.new_page else "",
            listed if self.list_number or self.uncounted else "",
            f'<w:ind w:left="{self.indent}"/>' if self.indent else "",
            f'<w:jc w:val="{self.align}"/>' if self.align else "",
        ]
        inner = "".join(parts)
        return f"<w:pPr>{inner}</w:pPr>" if inner else ""


BODY = ParagraphShape()


def paragraph(content: str, shape: ParagraphShape = BODY) -> str:
    """Return a paragraph of runs that are written already."""
    return f"<w:p>{shape.xml()}{content}</w:p>"


def run(text: str, look: Look = PLAIN) -> str:
    """Return text as one run; line breaks become breaks, what XML cannot hold is left out."""
    if not text:
        return ""
    return f"<w:r>{look.xml()}{words(text)}</w:r>"


def words(text: str) -> str:
    """Return what stands inside a run: text, breaks and tabs."""
    lines = without_controls(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "<w:br/>".join(_line(line) for line in lines)


def picture_run(drawing: str) -> str:
    """Return a run that holds a picture."""
    return f"<w:r><w:drawing>{drawing}</w:drawing></w:r>"


def without_controls(text: str) -> str:
    """Return text without what XML cannot hold."""
    return _NOT_XML.sub("", text)


def attribute(text: str) -> str:
    """Return text quoted as the value of an attribute."""
    return quoteattr(without_controls(text))


def xml_of(element: Any) -> str:
    """Return an element of the library as text, to stand among what is written here."""
    return serialize_part_xml(element).decode().partition("?>")[2]


def half_points(points: float) -> int:
    """Return a size as Word counts it."""
    return round(points * 2)


def twips(points: float) -> int:
    """Return a length as Word counts it."""
    return round(points * TWIPS_PER_POINT)


def _line(line: str) -> str:
    pieces = (
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else ""
        for piece in line.split("\t")
    )
    return "<w:tab/>".join(pieces)

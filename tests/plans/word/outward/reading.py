"""Reads a Word file back and checks what Word itself is strict about."""

import io
import zipfile
from typing import Any

from docx import Document as open_word
from docx.oxml.ns import qn
from lxml import etree

# The order of the schema: Word calls a file damaged in which children stand otherwise.
_OURS = ("word/document", "word/styles.", "word/numbering", "word/bcp-")
_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind "
    "contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing kern sz szCs u lang",
    "tblPr": "tblStyle tblStyleRowBandSize tblStyleColBandSize tblW tblInd tblBorders tblLayout "
    "tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "tcW gridSpan vMerge tcBorders shd",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    "tbl": "tblPr tblGrid tr",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
}


class ReadWord:
    """One Word file with its main story."""

    def __init__(self, content: bytes) -> None:
        self.package = zipfile.ZipFile(io.BytesIO(content))
        self.word: Any = open_word(io.BytesIO(content))
        self.body: Any = self.word.element.body

    def headings(self) -> list[tuple[str, str]]:
        """Return style name and text of every heading in order."""
        return [
            (paragraph.style.name, paragraph.text)
            for paragraph in self.word.paragraphs
            if paragraph.style.name.lower().startswith("heading")
        ]

    def text(self) -> str:
        return "".join(t.text or "" for t in self.body.iter(qn("w:t")))

    def part(self, name: str) -> Any:
        return etree.fromstring(self.package.read(name))

    def faults(self) -> list[str]:
        """Return what Word would stumble over: order, numbers used twice, widths that disagree."""
        parts = [n for n in self.package.namelist() if n.startswith(_OURS) and n.endswith("xml")]
        faults = [fault for name in parts for fault in _misplaced(name, self.part(name))]
        for tag, key in (("w:bookmarkStart", "w:id"), ("w:bookmarkStart", "w:name")):
            values = [element.get(qn(key)) for element in self.body.iter(qn(tag))]
            faults += [f"{tag} {key} {v}" for v in {*values} if values.count(v) > 1]
        drawn = [e.get("id") for e in self.body.iter(qn("wp:docPr"))]
        faults += [f"docPr {number}" for number in {*drawn} if drawn.count(number) > 1]
        return faults + [f for table in self.body.iter(qn("w:tbl")) for f in _uneven(table)]


def _misplaced(name: str, root: Any) -> list[str]:
    faults = []
    for tag, order in _ORDER.items():
        places = {qn(f"w:{child}"): n for n, child in enumerate(order.split())}
        for element in root.iter(qn(f"w:{tag}")):
            found = [places.get(child.tag, -1) for child in element]
            if -1 in found and tag != "style":
                unknown = [child.tag for child in element if child.tag not in places]
                faults.append(f"{name}: {tag} holds {unknown}")
            elif [n for n in found if n >= 0] != sorted(n for n in found if n >= 0):
                faults.append(f"{name}: {tag} out of order")
    return faults


def _uneven(table: Any) -> list[str]:
    grid = [int(column.get(qn("w:w"))) for column in table.find(qn("w:tblGrid"))]
    faults = []
    for row in table.findall(qn("w:tr")):
        column = 0
        for cell in row.findall(qn("w:tc")):
            properties = cell.find(qn("w:tcPr"))
            span = properties.find(qn("w:gridSpan"))
            reach = column + (int(span.get(qn("w:val"))) if span is not None else 1)
            if sum(grid[column:reach]) != int(properties.find(qn("w:tcW")).get(qn("w:w"))):
                faults.append("a cell is not as wide as its columns")
            if cell[-1].tag != qn("w:p"):
                faults.append("a cell does not end with a paragraph")
            column = reach
        if column != len(grid):
            faults.append(f"a row has {column} of {len(grid)} columns")
    return faults

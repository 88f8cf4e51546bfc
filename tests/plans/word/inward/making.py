"""Word files in the making, with content that only a hand can write."""

import io
import re
from typing import Any

from docx import Document as open_word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from plans.word.inward.findings import Findings
from plans.word.inward.story import read_story

NAMESPACES = " ".join(
    (
        nsdecls("w", "wp", "a", "r"),
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
        'xmlns:v="urn:schemas-microsoft-com:vml"',
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
    )
)

BLACK_BOX = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData>'
    '<wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    "<wps:txbx><w:txbxContent><w:p><w:r><w:t>枠の中の文</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
    "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent>"
)


class Made:
    """A Word file in the making."""

    def __init__(self) -> None:
        self.word: Any = open_word()

    def raw(self, runs: str) -> None:
        """Add a paragraph whose content is written by hand."""
        self.block(f"<w:p>{runs}</w:p>")

    def block(self, xml: str) -> None:
        """Add what stands between paragraphs."""
        written = parse_xml(re.sub(r"^<[\w:]+", rf"\g<0> {NAMESPACES}", xml))
        self.word.element.body.insert(len(self.word.element.body) - 1, written)

    def content(self) -> bytes:
        target = io.BytesIO()
        self.word.save(target)
        return target.getvalue()

    def read(self) -> Findings:
        return read_story(self.content())


def said(found: Findings) -> str:
    return "\n".join(found.notes)

"""Reads everything a PDF says: what pages show, and every string a reader program or a tool can find.

The text of pages is decoded through the fonts' own tables, in the order in which it is drawn, so no
other program is needed. Strings are looked for in every object of the file, whether anything refers
to it or not: description, bookmarks, names of places, links, structure with alternative texts.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Any

import pikepdf
from pikepdf import Name

from bcp_portal.spelling.letters import fold
from plans.document.public_pictures import picture_fault
from plans.public_edition.file_texts import FileReading, FileText
from plans.public_edition.pdf_fonts import UNREADABLE, FontText

BODY = "pdf-body"
_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r'\s(?!xmlns)[\w:]+="([^"]*)"')
_PLACES = {
    "/Alt": "代替テキスト",
    "/ActualText": "読み上げ用の文字",
    "/E": "略語の説明",
    "/T": "部分の題名",
    "/Contents": "注釈・リンクの説明",
    "/URI": "リンク先",
    "/Dest": "リンク先の名前",
    "/Names": "移動先の名前",
    "/P": "ページ番号",
}
_DESCRIBED = frozenset({"/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer"})
_FORBIDDEN = {
    "/EmbeddedFile": "添付ファイル",
    "/Filespec": "添付ファイル",
    "/JavaScript": "スクリプト",
    "/RichMedia": "埋め込みの動画・音声",
}
_UPWARDS = frozenset({"/Parent", "/P", "/Dest", "/D", "/A", "/StructParent", "/Pg"})
_NOT_TEXT = frozenset({"/Image", "/CIDFontType0C", "/OpenType", "/Type1C"})
_DATE = re.compile(r"D:\d{4,14}\S*")
_TECHNICAL = frozenset(
    {
        "Adobe",
        "Identity",
        "UCS",
        "sRGB IEC61966-2.1",
        # The packet of plans/printing/pdf_conformance.py.
        "W5M0MpCehiHzreSzNTczkc9d",
        "r",
        "w",
        "1",
        "3",
        "A",
        "x-default",
        "Resource",
        "PDF/UA identification schema",
        "http://www.aiim.org/pdfua/ns/id/",
        "pdfuaid",
        "part",
        "Integer",
        "internal",
        "Part of ISO 14289",
    }
)
_END = b"%%EOF"


def read_pdf(content: bytes, *, with_pictures: bool = False) -> FileReading:
    """Return the strings of a PDF, and what may not be in a public one at all.

    What a picture shows cannot be read: there may be one only `with_pictures`, where the public
    document has pictures of its own. Figures are drawn, not pictures.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        reader = _Reader(pdf)
        pieces = [*reader.page_pieces(), *reader.object_pieces()]
        raw = content.decode("utf-8", errors="ignore")
        pieces.append(FileText("PDFのファイルの中", raw, flow="pdf-raw", said=False))
        if content.count(_END) != 1:
            reader.faults.append("公開版のPDFに、作成した後の書き足しがあります。")
        if not with_pictures and any(map(_is_picture, pdf.objects)):
            reader.faults.append("公開版のPDFに、公開版の文書にない画像があります。")
        return FileReading(tuple(pieces), tuple(reader.faults), reader.page_numbers())


def _is_picture(item: Any) -> bool:
    return isinstance(item, pikepdf.Stream) and item.get(Name.Subtype) == Name.Image


@dataclass
class _Reader:
    pdf: pikepdf.Pdf
    faults: list[str] = field(default_factory=list)
    drawn: set[tuple[int, int]] = field(default_factory=set)
    fonts: dict[tuple[int, int], FontText] = field(default_factory=dict)

    def page_pieces(self) -> Iterator[FileText]:
        """Yield what each page shows."""
        for number, page in enumerate(self.pdf.pages, 1):
            self._note_drawn(page.obj.get(Name.Contents))
            place = f"PDFの{number}ページ"
            pieces = _Canvas(self, place, f"pdf-head-{number}").pieces(page)
            unread = 0
            for piece in pieces:
                unread += UNREADABLE in piece.text
                yield piece
            if unread:
                self.faults.append(f"{place}に、検査で読み取れない文字があります。")

    def _note_drawn(self, contents: Any) -> None:
        streams = contents if isinstance(contents, pikepdf.Array) else [contents]
        self.drawn |= {stream.objgen for stream in streams if stream is not None}

    def font(self, font: Any) -> FontText:
        if font.objgen not in self.fonts or font.objgen == (0, 0):
            self.fonts[font.objgen] = FontText.of(font)
        return self.fonts[font.objgen]

    def page_numbers(self) -> frozenset[str]:
        """Return the numbers that pages carry: alone in the contents, with their count in the foot."""
        count = len(self.pdf.pages)
        alone = {str(number) for number in range(1, count + 1)}
        labels = {fold(str(page.label)) for page in self.pdf.pages}
        return frozenset(alone | labels | {f"{number}{count}" for number in range(1, count + 1)})

    def object_pieces(self) -> Iterator[FileText]:
        """Yield every string of every object, and the text of streams that are not pages."""
        yield from self._strings(self.pdf.trailer, "", top=True)
        for item in self.pdf.objects:
            yield from self._strings(item, "", top=True)
            if isinstance(item, pikepdf.Stream):
                yield from self._stream(item)

    def _stream(self, stream: Any) -> Iterator[FileText]:
        kind = str(stream.get(Name.Subtype, stream.get(Name.Type, "")))
        if kind == "/Image":
            yield from self._picture(stream)
        elif kind == "/XML":
            yield from _packet(stream.read_bytes().decode("utf-8", errors="replace"))
        elif kind not in _NOT_TEXT and stream.objgen not in self.drawn:
            try:
                text = stream.read_bytes().decode("utf-8", errors="ignore")
            except pikepdf.PdfError:
                return
            place = self.pages.get(
                stream.objgen, "PDFのファイルの中（どのページでも使われていない所）"
            )
            yield FileText(place, text, flow=f"pdf-data-{stream.objgen[0]}", said=False)

    def _picture(self, stream: Any) -> Iterator[FileText]:
        """Yield the bytes of a photograph, which is kept in a PDF as the file it was."""
        place = self.pages.get(stream.objgen, "PDFのファイルの中")
        if stream.get(Name.Filter) == Name.DCTDecode:
            content = stream.read_raw_bytes()
            if fault := picture_fault(content, place):
                self.faults.append(fault)
                text = content.decode("utf-8", errors="ignore")
                yield FileText(
                    f"{place}の画像", text, flow=f"pdf-picture-{stream.objgen[0]}", said=False
                )

    @cached_property
    def pages(self) -> dict[tuple[int, int], str]:
        """Return on which page each object is used first, as a place in Japanese."""
        used: dict[tuple[int, int], str] = {}
        for number, page in enumerate(self.pdf.pages, 1):
            _note_used(page.obj, f"PDFの{number}ページ", used)
        return used

    def _strings(self, item: Any, key: str, *, top: bool = False) -> Iterator[FileText]:
        """Yield the strings of an object; one that stands alone is found among the objects."""
        if isinstance(item, pikepdf.String):
            yield from _string(item, key)
        elif isinstance(item, pikepdf.Name):
            if str(item) in _FORBIDDEN:
                self.faults.append(f"公開版のPDFに{_FORBIDDEN[str(item)]}があります。")
            yield FileText("PDFの中の名前", str(item), said=False)
        elif not isinstance(item, pikepdf.Object) or (item.is_indirect and not top):
            return
        elif isinstance(item, pikepdf.Array):
            for each in item:
                yield from self._strings(each, key)
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            for name, value in item.items():
                if name != "/ID":
                    yield FileText("PDFの中の名前", name, said=False)
                    yield from self._strings(value, name)


def _note_used(item: Any, place: str, used: dict[tuple[int, int], str]) -> None:
    """Note an object and all below it, but not the pages and the tree it belongs to."""
    waiting = [item]
    while waiting:
        each = waiting.pop()
        if not isinstance(each, pikepdf.Object):
            continue
        if each.is_indirect:
            if each.objgen in used:
                continue
            used[each.objgen] = place
        if isinstance(each, pikepdf.Array):
            waiting += list(each)
        elif isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            waiting += [value for key, value in each.items() if key not in _UPWARDS]


def _string(item: Any, key: str) -> Iterator[FileText]:
    text = str(item)
    if text in _TECHNICAL or _DATE.fullmatch(text) or key in {"/CharSet", "/FontFamily", "/Lang"}:
        yield FileText("PDFの中の文字", text, said=False)
        return
    if key in _DESCRIBED:
        # The title of a bookmark is a Title too.
        place = f"PDFの文書情報またはしおり（{key[1:]}）"
    else:
        place = f"PDFの{_PLACES.get(key, f'中の文字（{key}）')}"
    yield FileText(place, text)


def _packet(xml: str) -> Iterator[FileText]:
    """Yield the texts of the metadata packet, and as one piece the packet itself."""
    for text in (*_TAG.split(xml), *_ATTRIBUTE.findall(xml)):
        said = unescape(text.strip())
        if said and said not in _TECHNICAL:
            yield FileText("PDFのメタデータ（XMP）", said)
    yield FileText("PDFのメタデータ（XMP）", xml, flow="pdf-xmp", said=False)


class _Canvas:
    """Follows what a page draws: which font is set, and what is decoration in its margins."""

    def __init__(self, reader: _Reader, place: str, margin_flow: str) -> None:
        self.reader = reader
        self.place = place
        self.margin_flow = margin_flow

    def pieces(self, drawing: Any) -> Iterator[FileText]:
        """Yield the texts of a page or form, in drawn order."""
        yield from self._drawn(drawing, drawing.get(Name.Resources, {}), margin=False)

    def _drawn(self, drawing: Any, resources: Any, *, margin: bool) -> Iterator[FileText]:
        font = FontText(1)
        saved: list[FontText] = []
        marks: list[bool] = []
        line = ""
        for instruction in pikepdf.parse_content_stream(drawing):
            operands: Any = instruction.operands
            name = str(instruction.operator)
            inside = margin or any(marks)
            if name == "Tf":
                font = self.reader.font(resources.Font[str(operands[0])])
            elif name == "q":
                saved.append(font)
            elif name == "Q":
                font = saved.pop() if saved else font
            elif name in {"Tj", "'", '"', "TJ"}:
                line += font.decode(_shown(operands[-1]))
            elif name == "ET":
                yield self._piece(line, inside)
                line = ""
            elif name in {"BDC", "BMC"}:
                marks.append(str(operands[0]) == "/Artifact")
                yield from self._marked(operands, resources)
            elif name == "EMC":
                marks = marks[:-1]
            elif name == "Do":
                yield from self._form(resources.XObject[str(operands[0])], resources, inside)
        yield self._piece(line, margin)

    def _piece(self, text: str, margin: bool) -> FileText:
        return FileText(self.place, text, flow=self.margin_flow if margin else BODY)

    def _marked(self, operands: Any, resources: Any) -> Iterator[FileText]:
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, pikepdf.Name):
            properties = resources.get(Name.Properties, {}).get(str(properties))
        if isinstance(properties, pikepdf.Dictionary):
            for key, value in properties.items():
                if isinstance(value, pikepdf.String):
                    yield FileText(f"{self.place}の{_PLACES.get(key, '印')}", str(value))

    def _form(self, form: Any, resources: Any, margin: bool) -> Iterator[FileText]:
        if form.get(Name.Subtype) == Name.Form:
            self.reader.drawn.add(form.objgen)
            yield from self._drawn(form, form.get(Name.Resources, resources), margin=margin)


def _shown(operand: Any) -> bytes:
    if isinstance(operand, pikepdf.Array):
        return b"".join(bytes(each) for each in operand if isinstance(each, pikepdf.String))
    return bytes(operand)

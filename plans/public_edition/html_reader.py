"""Reads everything a public HTML file says: texts, attributes, comments, and drawings inside it."""

import hashlib
import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote

from plans.document.public_pictures import picture_fault
from plans.public_edition.file_texts import FileReading, FileText

BODY = "html-body"
_VOID = frozenset({"meta", "br", "img", "link", "input", "hr", "col"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_SAID = frozenset({"alt", "title", "aria-label", "href", "id", "name", "content"})
_PLAIN = frozenset({"class", "lang", "scope", "colspan", "rowspan", "charset", "role", "tabindex"})
_FORBIDDEN_TAGS = frozenset({"script", "iframe", "object", "embed", "template", "noscript", "form"})
_TECHNICAL = frozenset({"viewport", "width=device-width, initial-scale=1", "main", "#main"})
_WORD = re.compile(r"[a-z][a-z0-9 -]*|[0-9]{1,3}|utf-8")
_SVG = "data:image/svg+xml;base64,"
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|svg\+xml);base64,([A-Za-z0-9+/=]+)")


def read_html(content: str, *, style: str, pictures: frozenset[str]) -> FileReading:
    """Return the strings of a page.

    `style` is the style sheet it may carry, `pictures` the SHA-256 of the pictures it may show.
    """
    reader = _Reader(style, pictures)
    reader.feed(content)
    reader.close()
    reader.end_cell()
    return FileReading(tuple(reader.pieces), tuple(dict.fromkeys(reader.faults)))


class _Reader(HTMLParser):
    def __init__(self, style: str, pictures: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.style = style.strip()
        self.pictures = pictures
        self.pieces: list[FileText] = []
        self.faults: list[str] = []
        self.open: list[str] = []
        self.table = 0
        self.row = 0
        self.cell = 0
        self.cell_text: list[str] = []
        self.heading = ""
        self.caption = ""

    @property
    def place(self) -> str:
        where = f"公開版の「{self.heading}」" if self.heading else "公開版のHTMLの先頭"
        if self.row:
            table = f"「{self.caption}」" if self.caption else f"{self.table}番目の表"
            return f"{where}の{table}の{self.row}段目の{self.cell}番目"
        return where

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _FORBIDDEN_TAGS:
            self.faults.append(f"{self.place}に、公開版に入れないもの（{tag}）があります。")
        self._count(tag)
        for name, value in attrs:
            self._attribute(tag, name, value or "")
        if tag == "br" and self._in_cell:
            self.cell_text.append("\n")
        if tag not in _VOID:
            self.open.append(tag)

    def _count(self, tag: str) -> None:
        if tag in _HEADINGS:
            self.heading = ""
        elif tag == "table":
            self.table, self.row, self.caption = self.table + 1, 0, ""
        elif tag == "tr":
            self.row, self.cell = self.row + 1, 0
        elif tag in _CELLS:
            self.end_cell()
            self.cell += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _CELLS:
            self.end_cell()
        if tag == "table":
            self.row = 0
        if tag in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]

    @property
    def _in_cell(self) -> bool:
        return any(tag in _CELLS for tag in self.open)

    def end_cell(self) -> None:
        """Take the text of a cell as one: it must say a whole cell of the document."""
        if self.cell_text:
            text = "".join(self.cell_text)
            self.pieces.append(FileText(self.place, text, flow=BODY, whole=True))
            self.cell_text = []

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            if data.strip() != self.style:
                self.faults.append("HTMLの書式（style）が、このシステムのものと違います。")
        elif self._in_cell:
            self.cell_text.append(data)
        elif self.open and self.open[-1] == "caption":
            self.caption += data
            self.pieces.append(FileText(self.place, data, flow=BODY))
        elif data.strip():
            self.pieces.append(FileText(self.place, data, flow=BODY))

        if self.open and self.open[-1] in _HEADINGS:
            self.heading += data

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"{self.place}に、注釈（コメント）があります。")
        self.pieces.append(FileText(f"{self.place}の注釈（コメント）", data))

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        place = f"{self.place}の{tag}の属性{name}"
        if name == "src":
            self._source(value, place)
        elif name in _SAID:
            if value not in _TECHNICAL:
                self.pieces.append(FileText(place, unquote(value.removeprefix("#"))))
        elif name not in _PLAIN or not _WORD.fullmatch(value):
            self.faults.append(f"{place}は、公開版に入れないものです。")
            self.pieces.append(FileText(place, value))

    def _source(self, address: str, place: str) -> None:
        found = _PICTURE.fullmatch(address)
        try:
            content = b64decode(found[1], validate=True) if found else b""
        except Base64Error:
            content = b""
        if address.startswith(_SVG) and content:
            self.pieces += _drawing(content.decode("utf-8", errors="replace"), place)
        elif hashlib.sha256(content).hexdigest() in self.pictures:
            if fault := picture_fault(content, place):
                self.faults.append(fault)
                text = content.decode("utf-8", errors="ignore")
                self.pieces.append(FileText(place, text, said=False))
        else:
            self.faults.append(f"{place}に、公開版の文書にない画像があります。")
            self.pieces.append(FileText(place, address, said=False))


def _drawing(svg: str, place: str) -> Iterator[FileText]:
    """Yield the texts of a drawing, and the drawing itself for what hides in it."""
    for text in re.findall(r">([^<>]+)<", svg):
        if text.strip():
            yield FileText(f"{place}の図の文字", text, flow=place)
    yield FileText(f"{place}の図", svg, said=False, flow=f"{place}-svg")

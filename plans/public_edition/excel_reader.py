"""Reads everything a public Excel file says: cells, names, properties, and every part of the file."""

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from typing import Any

from openpyxl import load_workbook
from openpyxl.writer.theme import theme_xml

from bcp_portal.annex.excel.texts import text_of_cell
from plans.public_edition.file_texts import FileReading, FileText

# What openpyxl writes for a workbook of plain tables.
_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core)\.xml"
    r"|xl/(?:workbook|styles|sharedStrings|theme/theme1)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/sheet[0-9]+\.xml"
)
_TECHNICAL = frozenset({"openpyxl"})
_PRINTING_NAMES = frozenset({"Print_Titles", "Print_Area"})
_TEXT = re.compile(r">([^<>]+)<")
_ATTRIBUTE = re.compile(r'(?<! rgb)="([^"]*)"')
# The words of the file format itself, which every workbook in the world holds.
_FORMAT_WORDS = re.compile(
    r"https?://(?:schemas\.openxmlformats\.org|schemas\.microsoft\.com|purl\.org|www\.w3\.org)/[\w./-]*"
    r"|application/(?:xml|vnd\.openxmlformats-[\w.+-]+)"
    r"|/?(?:xl|docProps|_rels)/[\w/.]+"
)
_SAME_NAME = re.compile(r" \([0-9]+\)$")
_DESCRIBED = (
    "creator",
    "title",
    "description",
    "subject",
    "keywords",
    "category",
    "lastModifiedBy",
    "identifier",
    "contentStatus",
    "version",
    "revision",
)
_NOTES = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


def read_excel(content: bytes) -> FileReading:
    """Return the strings of a workbook, and what may not be in a public one at all."""
    reader = _Reader()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        reader.read_parts(parts)
    reader.read_workbook(load_workbook(io.BytesIO(content)))
    return FileReading(tuple(reader.pieces), tuple(reader.faults))


class _Reader:
    def __init__(self) -> None:
        self.pieces: list[FileText] = []
        self.faults: list[str] = []

    def read_parts(self, parts: zipfile.ZipFile) -> None:
        """Look at every part as it is stored, whether anything refers to it or not."""
        if parts.comment:
            self.faults.append("公開版のExcelに、ファイルの注釈があります。")
        for info in parts.infolist():
            if not _PARTS.fullmatch(info.filename) or info.comment or info.extra:
                self.faults.append(
                    f"公開版のExcelに、表ではないもの（{info.filename}）があります。"
                )
            text = parts.read(info).decode("utf-8", errors="ignore")
            if "<!--" in text or (info.filename.startswith("xl/theme/") and text != theme_xml):
                self.faults.append(f"公開版のExcelの{info.filename}に、書き足しがあります。")
            self.pieces += _stored(info.filename, text)

    def read_workbook(self, workbook: Any) -> None:
        for name in _DESCRIBED:
            value = getattr(workbook.properties, name)
            if value and value not in _TECHNICAL:
                self.pieces.append(FileText(f"Excelのプロパティ（{name}）", str(value)))
        if list(workbook.custom_doc_props.names):
            self.faults.append("公開版のExcelに、独自のプロパティがあります。")
        for name in workbook.defined_names:
            self.faults.append(f"公開版のExcelに、名前の定義（{name}）があります。")
        for sheet in workbook.worksheets:
            self._sheet(sheet)
        if len(workbook.sheetnames) != len(workbook.worksheets):
            self.faults.append("公開版のExcelに、表ではないシートがあります。")

    def _sheet(self, sheet: Any) -> None:
        name = f"Excelの「{sheet.title}」シート"
        if sheet.sheet_state != "visible":
            self.faults.append(f"{name}が隠れています。")
        self.pieces.append(FileText(f"{name}の名前", _SAME_NAME.sub("", sheet.title)))
        self.faults += _hidden_parts(sheet, name)
        for defined in sheet.defined_names:
            if defined not in _PRINTING_NAMES:
                self.faults.append(f"{name}に、名前の定義（{defined}）があります。")
        for kind in _NOTES:
            note = getattr(sheet, kind)
            for part in (note.left, note.center, note.right):
                if part.text:
                    self.pieces.append(FileText(f"{name}のヘッダーまたはフッター", part.text))
        for row in sheet.iter_rows():
            for cell in row:
                self._cell(cell, name)

    def _cell(self, cell: Any, sheet: str) -> None:
        place = f"{sheet}の{getattr(cell, 'coordinate', '')}"
        if getattr(cell, "comment", None):
            self.faults.append(f"{place}に、コメントがあります。")
            self.pieces.append(FileText(f"{place}のコメント", cell.comment.text))
        if getattr(cell, "hyperlink", None):
            self.faults.append(f"{place}に、リンクがあります。")
        if cell.value is None:
            return
        if cell.data_type == "f":
            self.faults.append(f"{place}に、計算式があります。")
        text = text_of_cell(str(cell.value))
        self.pieces.append(FileText(place, text, flow=sheet, whole=True))


def _hidden_parts(sheet: Any, name: str) -> Iterator[str]:
    """Yield a sentence for each hidden column or row, and for drop-down lists."""
    for letter, column in sheet.column_dimensions.items():
        if column.hidden:
            yield f"{name}の{letter}列が隠れています。"
    for number, row in sheet.row_dimensions.items():
        if row.hidden:
            yield f"{name}の{number}行が隠れています。"
    if sheet.data_validations.dataValidation:
        yield f"{name}に、入力規則があります。"


def _stored(part: str, text: str) -> Iterator[FileText]:
    """Yield the texts of a part; only hidden values are looked for in them."""
    if part.startswith("xl/theme/"):
        return
    name = f"Excelの中の{part}"
    for found in (*_TEXT.findall(text), *_ATTRIBUTE.findall(text)):
        if _FORMAT_WORDS.fullmatch(found):
            continue
        yield FileText(name, unescape(found), said=False)

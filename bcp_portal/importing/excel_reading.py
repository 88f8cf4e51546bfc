"""Reads a workbook with openpyxl, cell by cell, never its macros, links or formulas. No Django."""

import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from bcp_portal.importing import limits, refusal_texts
from bcp_portal.importing.hiding_conditions import hiding_conditions
from bcp_portal.importing.sheet_comments import comments_of
from bcp_portal.importing.sheet_properties import BehindCells
from bcp_portal.importing.stored_texts import as_excel_reads
from bcp_portal.importing.workbook_styles import without_looks
from bcp_portal.importing.worksheet_cells import SheetCells, WorksheetRow

IDENTITY_SHEET = "_bcp_portal"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_OWN_HIDDEN_SHEETS = (IDENTITY_SHEET, "選択肢の一覧")
_HIDDEN_SHEET = (
    "非表示のシート「{}」は読んでいません。取り込むときは、Excelで再表示して保存し直してください。"
)
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_PROLOG_CHUNK = 1 << 13
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_OTHER_PROGRAMS = {"word/document.xml": "Word", "ppt/presentation.xml": "PowerPoint"}


class Refused(Exception):
    """The file cannot be read, or must not be; the message is a Japanese sentence."""


def workbook_lines(path: Path) -> Iterator[Any]:
    """Yield the visible sheets of a workbook with their filled lines."""
    _look_inside(path)
    with path.open("rb") as file:
        with without_looks(), as_excel_reads():
            workbook = load_workbook(
                file, read_only=True, data_only=True, keep_links=False, rich_text=True
            )
        if len(workbook.sheetnames) > limits.MAX_SHEETS:
            raise Refused(refusal_texts.TOO_MANY_SHEETS)
        if IDENTITY_SHEET in workbook.sheetnames:
            yield {"identity": _identity(workbook[IDENTITY_SHEET])}
        ours = _OWN_HIDDEN_SHEETS if IDENTITY_SHEET in workbook.sheetnames else ()
        count = 0
        for sheet in workbook.worksheets:
            if sheet.sheet_state != "visible":
                if sheet.title not in ours and _is_filled(sheet):
                    yield {"note": _HIDDEN_SHEET.format(sheet.title)}
                continue
            behind = BehindCells(path, sheet)
            merged = _merged(behind)
            yield {"sheet": sheet.title, "merged": merged}
            for line in _sheet_lines(sheet, merged):
                count += isinstance(line, list)
                if count > limits.MAX_LINES:
                    raise Refused(refusal_texts.TOO_MANY_LINES)
                yield line
            yield {
                "comments": comments_of(path, sheet),
                "conditions": hiding_conditions(path, behind),
            }


def _look_inside(path: Path) -> None:
    """Refuse what is no workbook, what is too large unpacked, and XML that declares entities."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _refuse_others(archive, parts)
            _check_parts(parts)
            _refuse_strict(archive, parts)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as file:
                        _refuse_declarations(file)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise Refused(refusal_texts.BROKEN) from None


def _refuse_others(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse by its name what is a document of another kind, whatever the file is called."""
    names = {part.filename: part for part in parts}
    kind = names.get("mimetype")
    if kind and kind.file_size < _PROLOG_CHUNK and not kind.flag_bits & 1:
        said = archive.read(kind).strip()
        if said.startswith(_OPEN_DOCUMENT):
            is_table = said.startswith(_OPEN_DOCUMENT + b"spreadsheet")
            other = refusal_texts.OTHER_DOCUMENT.format("LibreOffice（OpenDocument）")
            raise Refused(refusal_texts.OPEN_DOCUMENT if is_table else other)
    for place, program in _OTHER_PROGRAMS.items():
        if place in names:
            raise Refused(refusal_texts.OTHER_DOCUMENT.format(program))


def _refuse_strict(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse a workbook whose elements bear the names of the strict standard, unknown to openpyxl."""
    for part in parts:
        if part.filename.endswith("workbook.xml"):
            with archive.open(part) as file:
                if _STRICT in file.read(_PROLOG_CHUNK):
                    raise Refused(refusal_texts.STRICT)


class _Begun(Exception):
    """The first element has begun: what could declare an entity would have stood before it."""


def _refuse_declarations(file: Any) -> None:
    """Refuse XML that declares anything: without declarations no entity can grow or fetch."""
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _raise(Refused(refusal_texts.FORBIDDEN_XML))
    parser.StartElementHandler = _raise(_Begun())
    try:
        while chunk := file.read(_PROLOG_CHUNK):
            parser.Parse(chunk)
    except _Begun:
        return
    except ExpatError:
        raise Refused(refusal_texts.BROKEN) from None


def _raise(error: Exception) -> Callable[..., None]:
    def handler(*_: object) -> None:
        raise error

    return handler


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if "xl/workbook.bin" in names:
        raise Refused(refusal_texts.BINARY_EXCEL)
    if not any(name.endswith("workbook.xml") for name in names):
        raise Refused(refusal_texts.NOT_A_TABLE)
    if len(parts) > limits.MAX_PARTS or any(part.flag_bits & 1 for part in parts):
        raise Refused(
            refusal_texts.UNPACKS_TOO_LARGE if len(parts) > 1 else refusal_texts.PROTECTED
        )
    if sum(part.file_size for part in parts) > limits.MAX_UNPACKED_BYTES:
        raise Refused(refusal_texts.UNPACKS_TOO_LARGE)


def _identity(sheet: Any) -> dict[str, str]:
    """Return what our own workbook says about itself, from its hidden sheet."""
    lines = sheet.iter_rows(max_row=10, max_col=2, values_only=True)
    pairs = (line[:2] for line in lines if len(line) > 1)
    return {str(name): str(value) for name, value in pairs if name and name != "sheet"}


def _merged(behind: BehindCells) -> list[list[int]]:
    """Return the merged cells of a sheet as [first row, first column, last row, last column]."""
    found: list[list[int]] = []
    for match in islice(_MERGED.finditer(behind.content), limits.MAX_MERGED):
        left, top, right, bottom = range_boundaries(match[1].decode("ascii"))
        found.append([top, left, bottom, min(right, limits.MAX_COLUMNS)])
    return found


def _is_filled(sheet: Any) -> bool:
    rows = islice(SheetCells(sheet).rows(), limits.EMPTY_ROWS_BEFORE_END)
    return any(row.cells for row in rows)


def _sheet_lines(sheet: Any, merged: list[list[int]]) -> Iterator[Any]:
    last = 0
    cells = SheetCells(sheet, frozenset((top, left) for top, left, _, _ in merged))
    for row in cells.rows():
        if row.number - last - 1 > limits.EMPTY_ROWS_BEFORE_END:
            yield {
                "note": f"シート「{sheet.title}」は、{last}行目より下に"
                f"{limits.EMPTY_ROWS_BEFORE_END:,}行を超えて空行が続くため、その先は読んでいません。"
            }
            break
        if row.cells or row.struck:
            last = row.number
            yield _line(row)
    yield {"hidden_columns": sorted(cells.hidden_columns)}


def _line(row: WorksheetRow) -> list[Any]:
    more: dict[str, Any] = {"struck": row.struck} if row.struck else {}
    if row.unshown:
        more["unshown"] = row.unshown
    if row.white:
        more["white"] = row.white
    if row.hidden:
        more["hidden"] = True
    return [row.number, row.cells, more] if more else [row.number, row.cells]

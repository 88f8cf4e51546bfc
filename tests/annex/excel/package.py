"""Finds in an .xlsx file what would make Excel offer to repair it, by the rules of its format."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import combinations, pairwise
from pathlib import PurePosixPath
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from openpyxl.utils import range_boundaries

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# The order of ECMA-376, CT_Worksheet; Excel repairs a sheet whose parts stand in another one.
SHEET_PARTS = re.findall(
    r"\w+",
    """sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr
    sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews
    mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins
    pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags
    drawing legacyDrawing tableParts extLst""",
)
FORBIDDEN_IN_NAMES = set("\\/?*[]:")
NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")
LONGEST = {"prompt": 255, "promptTitle": 32, "error": 225, "errorTitle": 32}


def problems(content: bytes) -> list[str]:
    """Return one sentence for each thing wrong with the file; none for a sound one."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    doubled = [
        name
        for name, count in Counter(zipfile.ZipFile(BytesIO(content)).namelist()).items()
        if count > 1
    ]
    trees = {name: ElementTree.fromstring(data) for name, data in parts.items()}
    return [*(f"{name} is there twice" for name in doubled), *Package(trees).problems()]


def units(text: str) -> int:
    """Return the length as Excel counts it."""
    return len(text.encode("utf-16-le")) // 2


class Package:
    """The parts of one file, parsed."""

    def __init__(self, trees: dict[str, Element]) -> None:
        self.trees = trees
        self.workbook = trees["xl/workbook.xml"]
        self.sheets = {
            str(sheet.get("name")): trees[self._target(str(sheet.get(R_ID)))]
            for sheet in self.workbook.iter(f"{MAIN}sheet")
        }

    def problems(self) -> Iterator[str]:
        yield from self._relations()
        yield from self._sheet_names()
        yield from self._defined_names()
        yield from self._styles()
        formats = len(self._styles_tree().find(f"{MAIN}cellXfs") or ())
        for name, tree in self.sheets.items():
            found = SheetCheck(tree, formats, self._names()).problems()
            yield from (f"{name}: {problem}" for problem in found)

    def _target(self, relation_id: str) -> str:
        relations = self.trees["xl/_rels/workbook.xml.rels"]
        found = {
            r.get("Id"): str(r.get("Target")) for r in relations.iter(f"{RELATIONS}Relationship")
        }
        return found[relation_id].removeprefix("/")

    def _styles_tree(self) -> Element:
        return self.trees["xl/styles.xml"]

    def _names(self) -> set[str]:
        return {str(name.get("name")) for name in self.workbook.iter(f"{MAIN}definedName")}

    def _relations(self) -> Iterator[str]:
        types = self.trees["[Content_Types].xml"]
        typed = {str(part.get("PartName")) for part in types.iter(f"{TYPES}Override")}
        yield from (
            f"{part} has a type and is not there" for part in typed if part[1:] not in self.trees
        )
        for name, tree in self.trees.items():
            if name.endswith(".rels"):
                base = PurePosixPath(name).parent.parent
                for relation in tree.iter(f"{RELATIONS}Relationship"):
                    target = str(relation.get("Target"))
                    path = target[1:] if target.startswith("/") else str(base / target)
                    if relation.get("TargetMode") != "External" and path not in self.trees:
                        yield f"{name} leads to {path}, which is not there"

    def _sheet_names(self) -> Iterator[str]:
        names = list(self.sheets)
        if len({name.casefold() for name in names}) < len(names):
            yield "two sheets share a name"
        for name in names:
            if (
                not 1 <= units(name) <= 31
                or FORBIDDEN_IN_NAMES & set(name)
                or name.strip("'") != name
            ):
                yield f"{name!r} is no name for a sheet"

    def _defined_names(self) -> Iterator[str]:
        seen: Counter[tuple[str, str | None]] = Counter()
        for each in self.workbook.iter(f"{MAIN}definedName"):
            name, target = str(each.get("name")), each.text or ""
            seen[name, each.get("localSheetId")] += 1
            if not re.fullmatch(r"[A-Za-z_\\][\w.]{0,254}", name) or re.fullmatch(
                r"[A-Za-z]{1,3}\d+", name
            ):
                yield f"{name!r} is no defined name"
            for sheet, area in re.findall(r"'((?:[^']|'')+)'!([^,]+)", target):
                if sheet.replace("''", "'") not in self.sheets:
                    yield f"{name} leads to the sheet {sheet!r}, which is not there"
                if not re.fullmatch(r"\$?[A-Z]*\$?\d*(:\$?[A-Z]*\$?\d*)?", area):
                    yield f"{name} leads to {area!r}, which is no range"
        yield from (f"{key} is defined twice" for key, count in seen.items() if count > 1)

    def _styles(self) -> Iterator[str]:
        tree = self._styles_tree()
        counts = {
            part: len(tree.find(f"{MAIN}{part}") or ())
            for part in ("fonts", "fills", "borders", "cellStyleXfs")
        }
        formats = {
            str(f.get("numFmtId")): str(f.get("formatCode")) for f in tree.iter(f"{MAIN}numFmt")
        }
        yield from (
            f"format {code!r} is too long" for code in formats.values() if units(code) > 255
        )
        for xf in tree.iter(f"{MAIN}xf"):
            for attribute, part in (
                ("fontId", "fonts"),
                ("fillId", "fills"),
                ("borderId", "borders"),
                ("xfId", "cellStyleXfs"),
            ):
                if int(xf.get(attribute, "0")) >= counts[part]:
                    yield f"a style names {attribute} {xf.get(attribute)}, which is not there"
            number = str(xf.get("numFmtId", "0"))
            if int(number) >= 164 and number not in formats:
                yield f"a style names the format {number}, which is not there"
        styles = [style.get("name") for style in tree.iter(f"{MAIN}cellStyle")]
        yield from (
            f"style {name!r} is there twice" for name, n in Counter(styles).items() if n > 1
        )


class SheetCheck:
    """One worksheet."""

    def __init__(self, tree: Element, formats: int, names: set[str]) -> None:
        self.tree, self.formats, self.names = tree, formats, names

    def problems(self) -> Iterator[str]:
        yield from self._order()
        yield from self._cells()
        yield from self._ranges()
        yield from self._validations()
        for column in self.tree.iter(f"{MAIN}col"):
            if not 0 <= float(column.get("width", "9")) <= 255:
                yield f"a column is {column.get('width')} wide"
        for part in self.tree.iter(f"{MAIN}headerFooter"):
            yield from (f"{p.tag} is too long" for p in part if units(p.text or "") > 255)

    def _order(self) -> Iterator[str]:
        places = [SHEET_PARTS.index(part.tag.removeprefix(MAIN)) for part in self.tree]
        yield from ("its parts are out of order" for a, b in pairwise(places) if a >= b)

    def _cells(self) -> Iterator[str]:
        rows = [int(row.get("r", "0")) for row in self.tree.iter(f"{MAIN}row")]
        if any(a >= b for a, b in pairwise(rows)):
            yield "its rows are out of order"
        for row in self.tree.iter(f"{MAIN}row"):
            if float(row.get("ht", "0")) > 409:
                yield f"row {row.get('r')} is {row.get('ht')} high"
            columns = []
            for cell in row:
                yield from self._cell(cell)
                columns.append(range_boundaries(str(cell.get("r")))[0])
                if not str(cell.get("r")).endswith(str(row.get("r"))):
                    yield f"{cell.get('r')} stands in row {row.get('r')}"
            if any(a >= b for a, b in pairwise(columns)):
                yield f"the cells of row {row.get('r')} are out of order"

    def _cell(self, cell: Element) -> Iterator[str]:
        at, kind = cell.get("r"), cell.get("t", "n")
        if int(cell.get("s", "0")) >= self.formats:
            yield f"{at} has the style {cell.get('s')}, which is not there"
        if cell.find(f"{MAIN}f") is not None:
            yield f"{at} holds a formula"
        if kind == "inlineStr":
            text = cell.findtext(f"{MAIN}is/{MAIN}t")
            if not text or units(text) > 32_767:
                yield f"{at} holds {'no text' if not text else 'too much text'}"
        elif kind != "n" or not NUMBER.fullmatch(cell.findtext(f"{MAIN}v") or "0"):
            yield f"{at} is of type {kind} and holds {cell.findtext(f'{MAIN}v')!r}"

    def _ranges(self) -> Iterator[str]:
        merged = [str(cell.get("ref")) for cell in self.tree.iter(f"{MAIN}mergeCell")]
        yield from (f"{ref} merges one cell" for ref in merged if ":" not in ref)
        yield from (f"{a} and {b} overlap" for a, b in overlapping(merged))
        filtered = self.tree.find(f"{MAIN}autoFilter")
        if filtered is not None and not re.fullmatch(
            r"[A-Z]+\d+:[A-Z]+\d+", str(filtered.get("ref"))
        ):
            yield f"it is filtered by {filtered.get('ref')}"

    def _validations(self) -> Iterator[str]:
        areas: list[str] = []
        for each in self.tree.iter(f"{MAIN}dataValidation"):
            areas += str(each.get("sqref")).split()
            formula = each.findtext(f"{MAIN}formula1") or ""
            if each.get("type") == "list" and formula not in self.names:
                yield f"the list {formula!r} is not defined"
            if units(formula) > 255:
                yield f"the formula of {each.get('sqref')} is too long"
            for attribute, longest in LONGEST.items():
                if units(each.get(attribute, "")) > longest:
                    yield f"the {attribute} of {each.get('sqref')} is too long"
        yield from (f"the validations of {a} and {b} overlap" for a, b in overlapping(areas))


def overlapping(areas: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of ranges that share a cell."""
    for one, other in combinations(areas, 2):
        a, b = range_boundaries(one), range_boundaries(other)
        if a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]:
            yield one, other

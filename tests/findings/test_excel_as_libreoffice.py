"""What is read of every test workbook, all its sheets, is what LibreOffice shows there."""

import csv
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bcp_portal.importing.excel_reading import Refused
from bcp_portal.importing.reader_process import read
from bcp_portal.importing.source_reader import source_of
from bcp_portal.importing.sources import SourceFile, place_of, shown
from tests.findings.test_excel_files import FILES

# All sheets, as shown, commas, UTF-8; the last number asks for one file a sheet.
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,-1"
WORKBOOKS = sorted(FILES.glob("*.xlsx"))
REFUSED = {"39_strict.xlsx"}
# What LibreOffice shows otherwise than Excel, as a Japanese Excel shows it.
BY_HAND = {
    ("06b_serial_1904.xlsx", "C6"): "令和6年4月1日",
    ("61_numbers_in_text_columns.xlsx", "E4"): "令和6年4月",
    ("61_numbers_in_text_columns.xlsx", "C6"): "二",
    ("61_numbers_in_text_columns.xlsx", "E6"): "4/1(月)",
}

Sheets = dict[tuple[str, str], list[list[str]]]


@pytest.fixture(scope="module")
def as_shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with all sheets of all workbooks, from one start of LibreOffice."""
    office = shutil.which("soffice")
    assert office, "The tests need LibreOffice (scripts/packages-test.txt)."
    folder = tmp_path_factory.mktemp("shown")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", AS_SHOWN, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, WORKBOOKS)], check=True, capture_output=True, timeout=240)
    return folder


def test_every_workbook_reads_as_it_is_shown(as_shown: Path) -> None:
    different, seen = [], set()
    for path in WORKBOOKS:
        if path.name in REFUSED:
            with pytest.raises(Refused):
                list(read(path))
            continue
        for sheet, place, own, theirs in _cells(source_of(read(path)), path, as_shown):
            seen.add((path.name, sheet))
            if own != BY_HAND.get((path.name, place), theirs):
                different.append((path.name, sheet, place, own, theirs))
    assert different == []
    assert {name for name, _ in seen} == {path.name for path in WORKBOOKS} - REFUSED
    assert len([sheet for name, sheet in seen if name.startswith("60_")]) == 20


def _cells(source: SourceFile, path: Path, folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield (sheet, place, what is read, what is shown) of every filled cell of either.

    What is struck through is shown and never read.
    """
    for sheet in source.sheets:
        file = folder / f"{path.stem}-{sheet.name}.csv"
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))
        ours = {line.number: line for line in sheet.lines}
        for number in range(1, max(len(rows), *ours) + 1):
            line, texts = ours.get(number), rows[number - 1] if number <= len(rows) else []
            width = max(len(line.cells) if line else 0, len(texts))
            for column in range(1, width + 1):
                own = shown(line.cell(column)) if line else ""
                theirs = texts[column - 1] if column <= len(texts) else ""
                if line and column in line.struck and line.struck[column] in theirs:
                    theirs = theirs.replace(line.struck[column], "", 1)
                if own or theirs:
                    yield sheet.name, f"{place_of(column)}{number}", own, theirs

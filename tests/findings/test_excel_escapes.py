"""_xHHHH_ in a workbook is the character that Excel shows, and what a person typed so comes back."""

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.importing.reader_process import read
from bcp_portal.importing.sources import shown
from plans.comparison.difference_marks import plain
from plans.comparison.excel import _rich
from tests.importing.desk import Desk, csv_of, workbook_of

STORED = [
    ("一行目_x000D_\n二行目", "一行目\n二行目"),
    ("一行目_x000D__x000A_二行目", "一行目\n二行目"),
    ("一行目_x000B_二行目", "一行目\n二行目"),
    ("_x005F_x000D_", "_x000D_"),
    ("_x005f_x005F_", "_x005F_"),
    ("_x005F_x005F_x005F_x000D_", "_x005F_x000D_"),
    ("x005F_x", "x005F_x"),
    ("_x0041__x3042_", "Aあ"),
    ("_xD842__xDFB7_野家", "𠮷野家"),
    ("_x000G_ _X0041_ _x41_", "_x000G_ _X0041_ _x41_"),
    ("鐘_x0000_", "鐘"),
]
WAYS = {
    "inline": '<c r="A1" t="inlineStr"><is><t>{}</t></is></c>',
    "runs": '<c r="A1" t="inlineStr"><is><r><t>{}</t></r><r><rPr><b/></rPr><t></t></r></is></c>',
    "formula": '<c r="A1" t="str"><f>B1</f><v>{}</v></c>',
    "shared": '<c r="A1" t="s"><v>0</v></c>',
    "shared runs": '<c r="A1" t="s"><v>1</v></c>',
}
SHARED = "<si><t>{0}</t></si><si><r><rPr><sz val='9'/></rPr><t>{0}</t></r><rPh><t>ﾖﾐ</t></rPh></si>"

OF_SHARED = (
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)


def _workbook(cell: str, text: str) -> bytes:
    """Return a workbook of one cell, its XML written by hand."""
    plain, target = workbook_of(("X",)), BytesIO()
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(BytesIO(plain)) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            content = old.read(part).decode()
            if part == "xl/worksheets/sheet1.xml":
                content = re.sub(r"<c .*?</c>", lambda _: cell.format(text), content, flags=re.S)
            content = content.replace("</Types>", f"{OF_SHARED}</Types>")
            new.writestr(part, content)
        new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{name}">{SHARED.format(text)}</sst>')
    return target.getvalue()


@pytest.mark.parametrize(("stored", "text"), STORED)
@pytest.mark.parametrize("way", WAYS)
def test_a_text_is_read_as_excel_shows_it(stored: str, text: str, way: str, tmp_path: Path) -> None:
    path = tmp_path / "one.xlsx"
    path.write_bytes(_workbook(WAYS[way], stored))
    [found] = next(line for line in read(path) if isinstance(line, list))[1]
    assert found == text and shown(found) == text


def test_a_csv_knows_no_escapes(desk: Desk) -> None:
    desk.bring_in(csv_of(("部署名", "備考"), ("総務課", "_x005F_x0041_")), "departments")
    assert Department.objects.get().note == "_x005F_x0041_"


@pytest.mark.parametrize("typed", ["_x000D_", "_x005F_x000D_", "a_x0041_x0042_b", "__x000d__"])
def test_what_a_person_typed_comes_back(desk: Desk, in_scope: Municipality, typed: str) -> None:
    Department.objects.create(municipality=in_scope, name="総務課", note=typed, row_no=1)
    content = desk.export("departments")
    counts = desk.check(content).plan.counts()
    assert counts["unchanged"] == 1 and not counts["changed"]
    saved_elsewhere: Any = load_workbook(BytesIO(content))
    cells = [c.value for row in saved_elsewhere.worksheets[1] for c in row if c.value]
    assert any("_x005F_" in str(value) for value in cells)
    Department.objects.all().delete()
    without_ids = csv_of(("部署名", "備考"), ("総務課", typed))
    desk.bring_in(without_ids, "departments")
    assert Department.objects.get().note == typed


def test_an_escape_that_somebody_wrote_into_the_file_is_a_change(
    desk: Desk, in_scope: Municipality
) -> None:
    """What the portal escaped once must not be taken for what it wrote."""
    Department.objects.create(municipality=in_scope, name="総務課", note="_x0041_", row_no=1)
    book = load_workbook(BytesIO(desk.export("departments")))
    for row in book.worksheets[1]:
        for cell in row:
            if cell.value == "_x005F_x0041_":
                cell.value = "_x005F_x005F_x005F_x0041_"
    target = BytesIO()
    book.save(target)
    desk.bring_in(target.getvalue())
    assert Department.objects.get().note == "_x005F_x0041_"


def test_a_comparison_shows_what_is_written() -> None:
    assert str(_rich(plain("改行は_x000D_と書く"), bold=False)) == "改行は_x005F_x000D_と書く"

"""LibreOffice opens the workbook of all annexes, prints it, and saves it again with every value.

Debian's libreoffice-calc is there for this alone: a second program that reads what openpyxl wrote.
"""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scope
from openpyxl import Workbook
from pytest_django import DjangoDbBlocker

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.excel.export import book_of_all
from bcp_portal.annex.excel.texts import text_of_cell
from bcp_portal.annex.excel.workbook import workbook_bytes
from bcp_portal.annex.excel.workbook_data import ExcelBook
from bcp_portal.annex.sheet import Presentation
from tests.annex.excel.books import cells_by_uid, opened
from tests.annex.excel.package import problems
from tests.rows import make_row

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
AWKWARD = ("=1+1", "+81-3", "-5", "@name", "_x0041_", "  前後の空白  ", "一行目\n\n三行目", "0012")


@dataclass(frozen=True)
class Converted:
    """What was exported, and what LibreOffice made of it."""

    book: ExcelBook
    original: Workbook
    saved_again: Workbook
    printed: str


@pytest.fixture(scope="module")
def book(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[ExcelBook]:
    with django_db_blocker.unblock(), transaction.atomic():
        town = Municipality.objects.create(code="139998", name="見本市", prefecture="東京都")
        with scope(municipality=town):
            _fill(town)
            yield book_of_all(Presentation.load(town), personal=True)
        transaction.set_rollback(True)


def _fill(town: Municipality) -> None:
    """Put a row into every table, and awkward texts and days where people can type them."""
    for number, spec in enumerate(registry.specs()):
        row: Any = spec.model.objects.first() or make_row(spec, town, full=True)
        row.note, row.evidence = AWKWARD[number % len(AWKWARD)], "長い文章。" * 60
        row.save()
    systems, documents = registry.spec("1"), registry.spec("20")
    assert systems is not None and documents is not None
    systems.model.objects.update(maintenance_end=date(2019, 5, 1))
    for number, text in enumerate(AWKWARD, start=2):
        make_row(documents, town, number)
        documents.model.objects.filter(row_no=number).update(title=text)


@pytest.fixture(scope="module")
def converted(book: ExcelBook, tmp_path_factory: pytest.TempPathFactory) -> Converted:
    folder = tmp_path_factory.mktemp("libreoffice")
    content = workbook_bytes(book)
    assert problems(content) == []
    (folder / "book.xlsx").write_bytes(content)
    for kind in ("pdf", "xlsx"):
        _convert(folder, kind)
    text = subprocess.run(
        ["pdftotext", "-layout", str(folder / "out" / "book.pdf"), "-"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    saved_again = opened((folder / "out" / "book.xlsx").read_bytes())
    return Converted(book, opened(content), saved_again, text)


def _convert(folder: Path, kind: str) -> None:
    """Let LibreOffice read the workbook and write it as another kind; it is silent about nothing."""
    result = subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder / "out"),
            str(folder / "book.xlsx"),
        ],
        capture_output=True,
        check=True,
        text=True,
        timeout=180,
    )
    assert "Error" not in result.stdout + result.stderr
    assert (folder / "out" / f"book.{kind}").stat().st_size > 1000


def test_every_value_of_every_sheet_is_still_there(converted: Converted) -> None:
    compared = 0
    sheets = zip(converted.original.sheetnames[1:-3], converted.book.sheets, strict=True)
    for name, sheet in sheets:
        before = cells_by_uid(converted.original[name], sheet)
        after = cells_by_uid(converted.saved_again[name], sheet)
        assert list(before) == list(after) == [row.uid for row in sheet.table.rows]
        for uid, cells in before.items():
            shown = {column: meaning(cell) for column, cell in cells.items()}
            assert shown == {c: again(cell) for c, cell in after[uid].items()}, name
            compared += sum(value is not None for value in shown.values())
    assert compared > 700


def meaning(cell: Any) -> Any:
    return text_of_cell(cell.value) if isinstance(cell.value, str) else number_or_day(cell)


def again(cell: Any) -> Any:
    """LibreOffice saves texts in a list of their own, from which openpyxl removes the escapes."""
    assert cell.data_type != "f"
    return cell.value if isinstance(cell.value, str) else number_or_day(cell)


def number_or_day(cell: Any) -> Any:
    if isinstance(cell.value, datetime):
        return cell.value
    return None if cell.value is None else pytest.approx(cell.value)


def test_awkward_texts_stay_texts(converted: Converted) -> None:
    sheet = next(sheet for sheet in converted.book.sheets if sheet.table.code == "20")
    rows = cells_by_uid(converted.saved_again["様式20 参考資料一覧"], sheet).values()
    titles = [row["title"] for row in rows]
    assert [cell.value for cell in titles][-len(AWKWARD) :] == list(AWKWARD)
    assert {cell.data_type for cell in titles} == {"s"}


def test_drop_downs_heads_and_hidden_places_are_understood(converted: Converted) -> None:
    for name in converted.original.sheetnames:
        before, after = converted.original[name], converted.saved_again[name]
        merged = {str(area) for area in before.merged_cells.ranges}
        assert merged == {str(area) for area in after.merged_cells.ranges}, name
        assert lists_of(before) == lists_of(after), name
        assert (before.sheet_state == "visible") == (after.sheet_state == "visible"), name
    names = set(converted.original.defined_names)
    assert names <= set(converted.saved_again.defined_names)


def lists_of(worksheet: Any) -> set[str]:
    validations = worksheet.data_validations.dataValidation
    return {each.formula1 for each in validations if each.type == "list"}


def test_days_are_shown_by_the_japanese_calendar_and_nothing_is_too_narrow(
    converted: Converted,
) -> None:
    assert "令和元年5月1日" in converted.printed
    assert "令和8年4月" in converted.printed
    assert "###" not in converted.printed
    assert converted.printed.count("様式17 重要情報システムとその目標復旧時間") >= 2
    assert "印刷しない項目" not in converted.printed.split("様式20 参考資料一覧")[-1]

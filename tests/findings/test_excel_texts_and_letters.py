"""Texts that are read as something else: letters of formulas, text formulas of CSV, ###, times, encodings."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from bcp_portal.annex.kinds import Kind
from bcp_portal.importing import refusal_texts
from bcp_portal.importing.cell_values import OVERFLOW, CellError, typed_text
from bcp_portal.importing.csv_reading import csv_lines
from bcp_portal.importing.excel_reading import Refused
from bcp_portal.importing.number_formats import shown_number
from bcp_portal.importing.reader_process import read
from bcp_portal.importing.source_reader import source_of
from bcp_portal.importing.sources import shown
from tests.importing.desk import Desk, bytes_of, changes_of, csv_of


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ({"f": '=CONCATENATE("TT","T")'}, '=CONCATENATE("TT","T")'),
        ({"e": "#GETTING_DATA"}, "#GETTING_DATA"),
        ({"t": "2026-04-01T09:30"}, "2026-04-01 09:30"),
        (1.23456789012346e17, "123456789012346000"),
    ],
)
def test_a_quotation_says_what_stands_in_the_cell(cell: object, text: str) -> None:
    assert shown(cell) == text  # type: ignore[arg-type]


def test_text_formulas_of_a_csv_are_texts(desk: Desk) -> None:
    lines = ('機関名,資料名,版,備考\n国,="0123資料",="1.10","=""第""""2""""版"""\n').encode()
    entry = desk.check(lines, "20").plan.entries[0]
    told = {label: new for label, (_, new) in changes_of(entry).items()}
    assert (told["資料名"], told["版"], told["備考"]) == ("0123資料", "1.10", '第"2"版')


def test_signs_of_a_narrow_column_are_named(desk: Desk) -> None:
    entry = desk.check(
        csv_of(("機関名", "資料名", "備考"), ("国", "手順書", "########")), "20"
    ).plan.entries[0]
    assert [c.shown for c in entry.changes if c.label == "備考"] == [
        "列の幅が足りないときのExcelの表示と同じ文字です"
    ]
    for kind in (Kind.DATE, Kind.INTEGER, Kind.DURATION):
        with pytest.raises(CellError, match=OVERFLOW):
            typed_text("####", kind)


@pytest.mark.parametrize(
    ("text", "typed"),
    [("24:00", "24時間"), ("72:00:00", "72時間"), ("1:30", "90分"), ("０：３０", "30分")],
)
def test_a_time_written_as_text_is_that_of_a_cell(text: str, typed: str) -> None:
    assert typed_text(text, Kind.DURATION) == typed


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("名称,備考\n庁舎,一丁目\n".encode("utf-16-le"), refusal_texts.UTF_16),
        ("名称\t備考\r\n庁舎\t一丁目\r\n".encode("utf-16-be"), refusal_texts.UTF_16),
        ("名称,備考\n".encode("utf-32"), refusal_texts.UTF_32),
        ("名称,備考\n庁舎,一\x00丁目\n".encode(), refusal_texts.NUL.format(2)),
        ("名称,備考\r\n庁舎,\x00\r\n".encode("cp932"), refusal_texts.NUL.format(2)),
        (b"\x1b(IR2<.3\x1b(B,1\n", refusal_texts.JIS_ENCODING),
        (bytes(range(256)) * 4, refusal_texts.NOT_A_TABLE),
        (b"\xd0\xcf\x11\xe0" + bytes(600), refusal_texts.NOT_A_TABLE),
    ],
)
def test_a_text_is_refused_for_its_encoding(content: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        list(csv_lines(content))
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (0.25, "# ?/?", "1/4"), (1.25, "# ?/?", "1 1/4"), (1.25, "?/?", "5/4"), (-1.5, "# ?/?", "-1 1/2"),
        (0.333, "# ??/??", "1/3"), (0.3, "# ?/8", "2/8"), (0.999, "# ?/?", "1"), (0, "# ?/?", "0"),
        (123456789012345678, "0", "123456789012346000"), (1.23456789012345678e17, "0", "123456789012346000"),
    ],
)  # fmt: skip
def test_long_numbers_and_fractions_are_what_excel_shows(
    number: float, code: str, text: str
) -> None:
    assert shown_number(number, code) == text


def test_a_long_number_in_a_text_column_is_what_excel_shows(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row, (value, code) in enumerate(
        ((123456789012345678, "0"), (0.25, "# ?/?"), (1234567, "General"), (0.1, "0.0")), start=1
    ):
        sheet.cell(row, 1, value).number_format = code
    path = tmp_path / "file"
    path.write_bytes(bytes_of(workbook))
    lines = source_of(read(path)).sheets[0].lines
    assert [line.text(1) for line in lines] == ["123456789012346000", "1/4", "1234567", "0.1"]

"""A number without a format is taken in full, and what Excel shows of it is said where that is less."""

from decimal import Decimal
from typing import Any

import pytest

from bcp_portal.annex.kinds import Kind
from bcp_portal.importing.cell_values import typed_text
from bcp_portal.importing.displayed_numbers import shown_otherwise
from bcp_portal.importing.general_format import general
from bcp_portal.importing.number_cells import in_column, number_cell
from bcp_portal.importing.number_formats import shown_number
from bcp_portal.importing.sources import shown
from tests.importing.desk import Desk, workbook_of

# As a Japanese Excel shows them in a wide column.
WIDE = [
    ("99999999999", "99999999999"),
    ("-99999999999", "-99999999999"),
    ("100000000000", "1E+11"),
    ("-100000000000", "-1E+11"),
    ("123456789012", "1.23457E+11"),
    ("-123456789012", "-1.23457E+11"),
    ("12345678901234", "1.23457E+13"),
    ("99999999999.7", "1E+11"),
    ("1234567890.12345", "1234567890"),
    ("123456789.12345", "123456789.1"),
    ("12345678.12345", "12345678.12"),
    ("-12345678.12345", "-12345678.12"),
    ("9999999999.96", "10000000000"),
    ("0.333333333333333", "0.333333333"),
    ("-0.333333333333333", "-0.333333333"),
    ("0.999999999", "0.999999999"),
    ("0.00012345678", "0.000123457"),
    ("0.00001", "0.00001"),
    ("0.00001234567", "1.23457E-05"),
    ("0.0000000001", "1E-10"),
    ("0.000000000001234567", "1.23457E-12"),
    ("7.25741561530799E+306", "7.2574E+306"),
    ("2432902008176640000", "2.4329E+18"),
    ("0", "0"),
    ("1.10", "1.1"),
]
NARROW = [
    ("2.86", 3, "2.9"),
    ("2.86", 2, "3"),
    ("0.3", 2, "0"),
    ("-0.3", 2, "0"),
    ("9.96", 3, "10"),
    ("0.333333333333333", 8, "0.333333"),
    ("1234567.8", 7, "1234568"),
    ("1234567", 5, "1E+06"),
    ("1234567", 6, "1E+06"),
    ("1234567", 7, "1234567"),
    ("12345678", 7, "1.2E+07"),
    ("123456789012", 9, "1.235E+11"),
    ("-12345678", 8, "-1.2E+07"),
    ("1234567", 4, "####"),
    ("-1234567", 5, "####"),
    ("0.00001234567", 8, "1.23E-05"),
]


@pytest.mark.parametrize(("number", "seen"), WIDE)
def test_excel_shows_eleven_signs_of_a_number_without_a_format(number: str, seen: str) -> None:
    assert general(Decimal(number)) == seen


@pytest.mark.parametrize(("number", "room", "seen"), NARROW)
def test_a_narrow_column_shows_fewer(number: str, room: int, seen: str) -> None:
    assert general(Decimal(number), room) == seen


@pytest.mark.parametrize(
    ("number", "code", "seen"),
    [
        (150, "0.00E+00", "1.50E+02"),
        (0.015, "0.0E+0", "1.5E-2"),
        (123_456_789_012, '0.000E+00"円"', "1.235E+11円"),
        (-150, "0E-00", "-2E02"),
        (1e30, "#,##0.0", "1,000,000,000,000,000,000,000,000,000,000.0"),
        (123_456_789_012, "@", "1.23457E+11"),
        (123_456_789_012, 'General"円"', "1.23457E+11円"),
    ],
)
def test_powers_and_open_formats_read_as_excel_shows_them(
    number: float, code: str, seen: str
) -> None:
    assert shown_number(number, code) == seen


@pytest.mark.parametrize(
    ("value", "code", "taken", "seen"),
    [
        (123_456_789_012, "General", "123456789012", "1.23457E+11"),
        (123_456_789_012, "@", "123456789012", "1.23457E+11"),
        (123_456_789_012, 'General"円"', "123456789012円", "1.23457E+11円"),
        (1234567890.125, "General", "1234567890.125", "1234567890"),
        (1 / 3, "General", "0.333333333333333", "0.333333333"),
        (-123_456_789_012, "General", "-123456789012", "-1.23457E+11"),
    ],
)
def test_a_text_holds_all_digits_and_both_are_said(
    value: float, code: str, taken: str, seen: str
) -> None:
    cell = number_cell(value, code)
    assert typed_text(cell, Kind.TEXT) == shown(cell) == taken
    assert f"「{seen}」、保存されている値は「{taken.rstrip('円')}」" in shown_otherwise(
        cell, Kind.TEXT
    )


@pytest.mark.parametrize("kind", [Kind.INTEGER, Kind.DECIMAL, Kind.TELEPHONE, Kind.MONEY])
def test_a_number_holds_all_digits_too(kind: Kind) -> None:
    assert typed_text(number_cell(123_456_789_012, "General"), kind) == "123456789012"


def test_a_share_without_a_format_is_a_percentage_however_long() -> None:
    assert typed_text(number_cell(0.25, "General"), Kind.PERCENT) == "25"
    assert typed_text(number_cell(0.123456789012, "General"), Kind.PERCENT) == "12.3456789012"
    assert typed_text(in_column(0.1234, "General", 3), Kind.PERCENT) == "12.34"


@pytest.mark.parametrize(
    ("value", "code", "width", "said"),
    [
        (1234.56, "General", 7.0, "「1234.6」、保存されている値は「1234.56」"),
        (1_234_567, "General", 6.0, "「1E+06」、保存されている値は「1234567」"),
        (1_234_567, "General", 4.0, "「####」、保存されている値は「1234567」"),
        (0.25, "0.00", 3.0, "「####」、保存されている値は「0.25」"),
        (1234.56, "General", 8.0, ""),
        (1_234_567, 'General"円"', 4.0, ""),
    ],
)
def test_what_a_narrow_column_shows_is_said(
    value: float, code: str, width: float, said: str
) -> None:
    told = shown_otherwise(in_column(number_cell(value, code), code, width), Kind.TEXT)
    assert said in told
    assert bool(said) is bool(told)


def test_the_check_page_shows_both(desk: Desk) -> None:
    heads = ("部署名", "略称", "備考")
    checked = desk.check(workbook_of(heads, ("総務課", "総", 123_456_789_012)), "departments")
    [entry] = checked.plan.entries
    said: dict[str, Any] = {change.label: (change.new, change.shown) for change in entry.changes}
    assert said["備考"] == (
        "123456789012",
        "Excelの表示は「1.23457E+11」、保存されている値は「123456789012」",
    )

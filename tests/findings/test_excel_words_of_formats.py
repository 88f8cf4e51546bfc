"""Whenever Excel shows another number than a column takes, the check page shows both, or asks."""

import random
import unicodedata
from decimal import Decimal
from types import SimpleNamespace

import pytest

from bcp_portal.annex.kinds import Kind
from bcp_portal.importing.cell_values import CellError
from bcp_portal.importing.displayed_numbers import shown_otherwise
from bcp_portal.importing.line_form import text_to_type
from bcp_portal.importing.measuring_units import in_own_unit
from bcp_portal.importing.number_cells import number_cell
from tests.cases import cases

WORDS = ("約", "概ね", "台", "人", "以上", "未満", "多数", "（予備）", "－", "なし", "増", "")


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (12, '"約"0', "約12"),
        (0, '0;-0;"－"', "－"),
        (5, '[>3]"多数";0', "多数"),
        (12, '0"以上"', "12以上"),
        (3000, "#,##0,", "3"),
    ],
)
@pytest.mark.parametrize("kind", [Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT])
def test_words_that_change_the_number_are_shown(
    value: int, code: str, shown: str, kind: Kind
) -> None:
    assert f"Excelの表示は「{shown}」" in shown_otherwise(number_cell(value, code), kind)


@pytest.mark.parametrize("kind", [Kind.MONEY, Kind.DURATION, Kind.FISCAL_YEAR])
def test_a_number_that_is_not_shown_at_all_is_said_in_every_kind(kind: Kind) -> None:
    assert "「－」" in shown_otherwise(number_cell(0, '0;-0;"－"'), kind)
    assert "「多数」" in shown_otherwise(number_cell(5, '[>3]"多数";0'), kind)


@pytest.mark.parametrize(
    ("value", "code"),
    [(12, '0"台"'), (12, "[DBNum1]General"), (1234, '#,##0"人"'), (-3, "0;▲0"), (-3, "0_);(0)")],
)
def test_a_unit_or_another_numeral_changes_nothing(value: int, code: str) -> None:
    assert shown_otherwise(number_cell(value, code), Kind.INTEGER) == ""


@pytest.mark.parametrize("code", ['0"千台"', '0"万人"', '0"百"', '0"k"'])
@pytest.mark.parametrize("kind", [Kind.INTEGER, Kind.DECIMAL])
def test_a_number_counted_in_thousands_is_asked_for(code: str, kind: Kind) -> None:
    with pytest.raises(CellError, match="倍を表すのか決められない"):
        in_own_unit(number_cell(3, code), kind, "", "台数")


def test_kanji_numerals_of_thousands_are_no_factor() -> None:
    assert in_own_unit(number_cell(3000, "[DBNum3]General"), Kind.INTEGER, "", "台数")


@pytest.mark.parametrize("seed", range(cases(40, 400)))
def test_what_is_taken_is_what_is_shown_or_both_are_said(seed: int) -> None:
    """A person who reads only digits and a plain unit would take the same number."""
    chance = random.Random(seed)
    sections = []
    for _ in range(chance.choice((1, 1, 2, 3))):
        before, behind = chance.choice(WORDS), chance.choice(WORDS)
        sections.append(f'"{before}"{chance.choice(("0", "#,##0", "0,", ""))}"{behind}"')
    code = ";".join(sections)
    value = chance.choice((0, 1, 3, 12, 500, 3000, 12345, -4))
    cell = number_cell(value, code)
    shown = cell["s"] if isinstance(cell, dict) else str(cell)
    taken = Decimal(text_to_type_of(cell))
    folded = unicodedata.normalize("NFKC", shown).replace(",", "").strip()
    plain = folded.removesuffix("台").removesuffix("人")
    said = shown_otherwise(cell, Kind.INTEGER)
    if plain != str(taken) and plain.lstrip("-") != str(abs(taken)):
        assert said, (code, value, shown, taken)
    if plain == str(taken):
        assert not said, (code, value, shown, taken)


def text_to_type_of(cell: object) -> str:
    """Return what a column of whole numbers takes of a cell."""
    column = SimpleNamespace(kind=Kind.INTEGER, label="台数", choices=())
    return text_to_type(SimpleNamespace(column=column), cell)  # type: ignore[arg-type]

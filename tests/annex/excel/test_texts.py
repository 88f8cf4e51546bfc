"""Whatever a person typed can stand in a cell, says the same there, and can be read back."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bcp_portal.annex.excel.texts import (
    CUT_NOTICE,
    MAX_UNITS,
    cell_text,
    shortened,
    text_of_cell,
    visible_text,
)
from tests.annex.excel.package import units

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)


def as_excel_reads(stored: str) -> str:
    """Return the text that Excel shows for what is stored: _x0041_ is the letter A."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), stored)


@given(ANY_TEXT)
@example("_x0041_")
@example("_x005F_x0041_")
@example("_x0041_x0042_")
@example("__x000d__")
@example("\x00=1+1\r\n\ud800\ufffe")
def test_a_text_survives_the_cell(text: str) -> None:
    stored = cell_text(text)
    assert as_excel_reads(stored) == visible_text(text)
    assert text_of_cell(stored) == visible_text(text)
    ElementTree.fromstring(f"<t>{stored.replace('&', '&amp;').replace('<', '&lt;')}</t>")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("改\r\n行\r", "改\n行\n"),
        ("鐘\x07が鳴る\x00", "鐘が鳴る"),
        ("片割れ\ud842", "片割れ"),
        ("\ufffe逆\uffff", "逆"),
        ("タブ\tと 　空白 ", "タブ\tと 　空白 "),
        ("=SUM(A1)", "=SUM(A1)"),
    ],
)
def test_what_xml_forbids_is_left_out_and_nothing_else(typed: str, shown: str) -> None:
    assert visible_text(typed) == shown


@pytest.mark.parametrize("letter", ["あ", "𠮷", "_x0041_", "a\n"])
def test_what_does_not_fit_is_cut_with_a_sentence(letter: str) -> None:
    stored = cell_text(letter * (MAX_UNITS + 1))
    assert MAX_UNITS - 15 <= units(stored) <= MAX_UNITS
    assert stored.endswith(CUT_NOTICE)
    assert "32,767文字を超えるため、ここで切りました" in CUT_NOTICE
    assert as_excel_reads(stored).startswith(letter)


def test_what_just_fits_is_not_cut() -> None:
    assert cell_text("あ" * MAX_UNITS) == "あ" * MAX_UNITS
    assert cell_text("𠮷" * (MAX_UNITS // 2)) == "𠮷" * (MAX_UNITS // 2)


def test_a_short_message_is_cut_within_its_own_limit() -> None:
    assert shortened("長い見出しの項目", 5, "…") == "長い見出…"
    assert shortened("短い項目", 5, "…") == "短い項目"

"""Radicals of a dictionary never stand in a text, whichever way it came in."""

import unicodedata

from bcp_portal.annex.form_fields import PlainTextField
from bcp_portal.annex.kinds import Kind
from bcp_portal.importing.cell_values import typed_text
from bcp_portal.spelling.radicals import without_radicals
from bcp_portal.ui.text import clean_text, match_key
from plans.text.cleaning import clean_body
from tests.plans.word.inward.making import Made

PDF, TYPED = "⼩林⾼橋⻑⾕川", "小林高橋長谷川"


def test_every_way_in_has_one_folding() -> None:
    assert PlainTextField().clean(PDF) == clean_text(PDF) == typed_text(PDF, Kind.TEXT) == TYPED
    assert clean_body(f"<p>{PDF}</p>") == f"<p>{TYPED}</p>"
    assert match_key(PDF) == match_key(TYPED)


def test_a_heading_and_a_text_of_word_have_it_too() -> None:
    made = Made()
    made.word.add_heading(PDF, 1)
    made.word.add_paragraph(PDF)
    [piece] = made.read().pieces
    assert (piece.title, piece.html) == (TYPED, f"<p>{TYPED}</p>")


def test_no_radical_is_left_but_the_one_that_is_no_kanji() -> None:
    named = [chr(c) for c in (*range(0x2E81, 0x2EF4), *range(0x2F00, 0x2FD6))]
    left = [c for c in named if unicodedata.name(c, "") and without_radicals(c) == c]
    assert left == []


def test_variants_of_names_stay() -> None:
    assert clean_text("髙橋 𠮷田 﨑") == "髙橋 𠮷田 﨑"

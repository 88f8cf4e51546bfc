"""A code read off paper finds its edition however it is typed."""

import pytest

from plans.editions.short_codes import ALPHABET, LENGTH, as_typed, new_short_code


def test_codes_have_no_characters_that_look_alike() -> None:
    assert not set("0O1IL2Z5S8BUV") & set(ALPHABET)
    codes = {new_short_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)


@pytest.mark.parametrize("typed", ["DE6HP7MG", "de6hp7mg", "DE6H-P7MG", " ＤＥ６Ｈ Ｐ７ＭＧ　"])
def test_a_code_is_the_same_however_it_is_typed(typed: str) -> None:
    assert as_typed(typed) == "DE6HP7MG"

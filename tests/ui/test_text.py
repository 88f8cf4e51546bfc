"""Typed text: what is stored, what is refused, and when two names are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp_portal.ui.text import (
    PrivateUseError,
    RefusedCharacterError,
    ascii_digits,
    clean_text,
    match_key,
    shortened,
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("表\tの値", "表\tの値"),
        ("a\x00b\x07c\x7fd", "abcd"),
        ("\ufeff先頭\u200bの印", "先頭の印"),
        ("見かけ\u202eの順", "見かけの順"),
        ("か\u3099ハ\u309a", "がパ"),
        ("壊れ\ud800た", "壊れた"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("\ufa19 ﾃｽﾄ ＡＢＣ", "\ufa19 ﾃｽﾄ ＡＢＣ"),
        ("𠮷野家", "𠮷野家"),
        ("  両端  ", "  両端  "),
    ],
)
def test_cleaned_text(typed: str, stored: str) -> None:
    assert clean_text(typed) == stored


@pytest.mark.parametrize(
    ("text", "position", "code"),
    [("渡\ue000邉", 2, "U+E000"), ("\r\n\x00\uf8ff", 2, "U+F8FF"), ("\U000f0001", 1, "U+F0001")],
)
def test_private_use_characters_are_named(text: str, position: int, code: str) -> None:
    with pytest.raises(PrivateUseError) as refused:
        clean_text(text)

    assert (refused.value.position, refused.value.code) == (position, code)
    assert f"{position}文字目" in str(refused.value)
    assert code in str(refused.value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＬＧＷＡＮ　メール", "lgwanメール"),
        ("総合・行政", "総合行政"),
        ("ｶﾞｿﾘﾝ", "ガソリン"),
        ("㈱北風", "(株)北風"),
        ("か\u3099", "が"),
    ],
)
def test_two_spellings_of_one_name(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


def test_different_names_stay_different() -> None:
    assert match_key("サーバ") != match_key("サーバー")
    assert match_key("は") != match_key("ば")


def test_ascii_digits_touch_only_digits() -> None:
    assert ascii_digits("０９０ー１２３４（内線５）ａ") == "090ー1234（内線5）ａ"


def test_shortened_text_fits_a_message() -> None:
    assert shortened("一行目\n二行目") == "一行目 二行目"
    assert shortened("あ" * 31) == "あ" * 29 + "…"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    try:
        once = clean_text(text)
    except RefusedCharacterError as refused:
        assert refused.character in text
    else:
        assert clean_text(once) == once
        once.encode("utf-8")


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert match_key(match_key(text)) == match_key(text)

"""Every spelling of a text gets one form, and texts that readers distinguish stay distinct."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp_portal.spelling.letters import fold, readable
from bcp_portal.spelling.numerals import normal, runs_of
from bcp_portal.spelling.variants import RADICALS, TABLE, VARIANTS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("長島青一", "⻑島⻘一"),
        ("𠮷田葛󠄂夫", "吉田葛夫"),
        ("二宮力也", "ニ宮カ也"),
        ("ながしま せいいち", "ﾅｶﾞｼﾏｾｲｲﾁ"),
        ("サーバー", "サ一バ―"),
        ("佐々木", "佐佐木"),
        ("3番引き出し", "三番引き出し"),
        ("髙﨑", "高崎"),
        ("齋藤", "斉藤"),
        ("Kx7-pQo9", "ＫＸ７ＰＱ０９"),
    ],
)
def test_spellings_of_one_value_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_readable_keeps_apart_what_only_looks_alike() -> None:
    assert readable("ニ") != readable("二")
    assert readable("2") != readable("に")
    assert readable("葛󠄀飾") == readable("葛飾")


def test_the_tables_lead_to_one_end() -> None:
    for code, target in TABLE.items():
        assert target.translate(TABLE) == target, chr(code)
    assert set(map(ord, RADICALS)) <= TABLE.keys()


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert readable(readable(text)) == readable(text)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("〇九〇一二三四五六七八", "09012345678"),
        ("〇九〇ー一二三四ー五六七八", "09012345678"),
        ("〇九〇一一二三四一五六七八", "09012345678"),
        ("零九零壱弐参", "090123"),
        ("O9O-1234", "0901234"),
        ("⓪⑨⓪①", "0901"),
        ("٠٩٠", "090"),
        ("○九○", "090"),
        ("三一〇七", "3107"),
    ],
)
def test_numbers_are_read_in_every_numeral(text: str, reading: str) -> None:
    (run,) = runs_of(normal(text))
    assert reading in run.readings


def test_words_with_one_numeral_are_no_numbers() -> None:
    assert list(runs_of(normal("一部の三鷹"))) == []


def test_no_character_stands_in_two_groups_of_variants() -> None:
    """A doubled one says nothing, or says two things of which only one can count."""
    written = Counter("".join(VARIANTS.split()))
    assert [character for character, times in written.items() if times > 1] == []
    assert [group for group in VARIANTS.split() if len(group) < 2] == []
    assert not set(written) & set(RADICALS)

"""五十音順: the printed order of a published glossary, and the rules one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp_portal.spelling.kana import to_hiragana, yomi_key

# The order in which 葛飾区 7 prints its glossary.
GLOSSARY_READINGS = [
    "いんしでんと",
    "いんふら",
    "うんようほしゅじぎょうしゃ",
    "かそうか",
    "かつしかく",
    "さいばーこうげき",
    "じょうほうせきゅりてぃいんしでんとたいおうちーむ",
    "じょうほうせきゅりてぃじゅうだいきょうい",
    "そうごうぎょうせいねっとわーく",
    "でーたせんたー",
    "でんさんせんたー",
    "ばっちしょり",
    "ひょうてきがたこうげき",
    "ふせいあくせす",
    "みどるうぇあ",
    "らんさむうぇあ",
]
KANA = st.text([chr(code) for code in range(0x3041, 0x3097)] + list("ーアガパヴ ・ゝ"), max_size=12)


def test_the_printed_glossary_order() -> None:
    readings = GLOSSARY_READINGS[::-1]
    readings.sort(key=yomi_key)

    assert readings == GLOSSARY_READINGS


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("か", "が"),  # unvoiced before voiced when all else is equal
        ("がい", "かう"),  # but the next letter counts more than the mark
        ("はん", "ばん"),
        ("ばん", "ぱん"),
        ("はっか", "はつが"),  # the voiced mark decides before the small letter
        ("かつか", "かっが"),
        ("かっこ", "かつこ"),
        ("きゃく", "きよし"),
        ("でーた", "でん"),  # read でえた
        ("サーバ", "さあび"),
        ("ASP", "CIO"),
        ("asp", "CIO"),
        ("CIO", "CIO補佐官"),
        ("CIO X", "CIOX"),
        ("DDoS", "DoS"),
        ("VPN", "あんぜん"),
        ("やまだ たろう", "やまだい はな"),
    ],
)
def test_pairs_in_order(first: str, second: str) -> None:
    assert yomi_key(first) < yomi_key(second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("データ", "でーた"),
        ("ﾃﾞｰﾀ", "データ"),
        ("cio", "ＣＩＯ"),
        (" やまだ　たろう ", "やまだ たろう"),
    ],
)
def test_spellings_with_one_place(one: str, other: str) -> None:
    assert yomi_key(one) == yomi_key(other)


@pytest.mark.parametrize(
    ("reading", "first_level"),
    [
        ("ファイル", "ふあいる"),
        ("ファーム", "ふああむ"),
        ("いすゞ", "いすす"),
        ("ヴァ", "うあ"),
        ("ヷ", "わ"),
        ("んー", "んん"),
        ("ーあ", "あ"),
        ("うんよう・ほしゅ", "うんようほしゆ"),
    ],
)
def test_first_level(reading: str, first_level: str) -> None:
    assert yomi_key(reading).split("\t")[0] == first_level


def test_to_hiragana() -> None:
    assert to_hiragana("サーバ ｶﾀｶﾅ ヴヵヶ 漢字") == "さーば かたかな ゔゕゖ 漢字"


@given(KANA)
def test_marks_and_size_never_move_a_word_past_another_letter(reading: str) -> None:
    key = yomi_key(reading)

    assert key.count("\t") == 2
    assert not set(key.split("\t")[0]) & set("がぱっゃー・\u3099")


@given(st.lists(KANA, max_size=8))
def test_every_separate_reading_has_its_own_place(readings: list[str]) -> None:
    hiragana = {" ".join(to_hiragana(reading).casefold().split()) for reading in readings}

    assert len({yomi_key(reading) for reading in readings}) == len(hiragana)

"""The two groups of the glossary, against the order that 葛飾区 prints (RULES.md 3.6)."""

import random

import pytest

from plans.glossary_order import alphabet_key, gojuon_key, is_alphabetic, is_kana

PRINTED_ALPHABET = [
    "ASP",
    "CIO",
    "CIO補佐官",
    "CVCF",
    "DoS攻撃",
    "DDoS攻撃",
    "ICT-BCP",
    "IPA",
    "OS",
]
PRINTED_GOJUON = [
    ("インシデント", "いんしでんと"),
    ("インフラ", "いんふら"),
    ("運用・保守事業者", "うんよう・ほしゅじぎょうしゃ"),
    ("仮想化", "かそうか"),
    ("葛飾区情報セキュリティポリシー", "かつしかくじょうほうせきゅりてぃぽりしー"),
    ("サイバー攻撃", "さいばーこうげき"),
    ("情報セキュリティインシデント対応チーム", "じょうほうせきゅりてぃいんしでんとたいおうちーむ"),
    ("情報セキュリティ10大脅威", "じょうほうせきゅりてぃじゅうだいきょうい"),
    ("総合行政ネットワーク（LGWAN）", "そうごうぎょうせいねっとわーく"),
    ("データセンター", "でーたせんたー"),
    ("電算センター", "でんさんせんたー"),
    ("バッチ処理", "ばっちしょり"),
    ("標的型攻撃", "ひょうてきがたこうげき"),
    ("不正アクセス", "ふせいあくせす"),
    ("ミドルウェア", "みどるうぇあ"),
    ("ランサムウェア", "らんさむうぇあ"),
]


def shuffled(items: list) -> list:
    return random.Random(8).sample(items, len(items))


def test_terms_are_grouped_by_their_first_sign() -> None:
    assert all(is_alphabetic(term) for term in PRINTED_ALPHABET)
    assert not any(is_alphabetic(term) for term, _ in PRINTED_GOJUON)
    assert is_alphabetic("ＬＧＷＡＮ")
    assert not is_alphabetic("10大脅威")
    assert not is_alphabetic("")


def test_the_printed_alphabet_order_needs_one_manual_key() -> None:
    manual = {"DoS攻撃": "DDA"}

    ordered = sorted(
        shuffled(PRINTED_ALPHABET), key=lambda term: alphabet_key(term, manual.get(term, ""))
    )

    assert ordered == PRINTED_ALPHABET
    assert alphabet_key("DDoS攻撃") < alphabet_key("DoS攻撃")


def test_alphabet_order_ignores_case_and_puts_a_space_first() -> None:
    assert alphabet_key("os") == alphabet_key("ＯＳ")
    assert sorted(["Web会議", "Web", "Web meeting"], key=alphabet_key) == [
        "Web",
        "Web meeting",
        "Web会議",
    ]


def test_the_printed_gojuon_order_follows_from_the_readings() -> None:
    ordered = sorted(shuffled(PRINTED_GOJUON), key=lambda pair: gojuon_key(pair[1]))

    assert ordered == PRINTED_GOJUON


def test_a_manual_key_moves_a_term() -> None:
    assert gojuon_key("んん", "あ") < gojuon_key("い")


@pytest.mark.parametrize("reading", ["でーたせんたー", "データセンター", "うんよう・ほしゅ", "ｶﾅ"])
def test_kana_is_a_reading(reading: str) -> None:
    assert is_kana(reading)


@pytest.mark.parametrize("reading", ["", " ", "電算", "LGWAN", "10だい", "でんさん。"])
def test_anything_but_kana_is_no_reading(reading: str) -> None:
    assert not is_kana(reading)

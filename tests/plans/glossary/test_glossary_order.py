"""The two groups of the glossary, against the order that 葛飾区 prints."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp_portal.accounts.models import Municipality
from plans.annexes.rules.glossary_order import alphabet_key, gojuon_key, is_alphabetic, is_kana
from plans.glossary.services import explained_words
from plans.models import GlossaryTerm
from tests.plans.rows import built

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


LETTERS = st.text(st.sampled_from("abcdABCD 0-攻撃部あア"), min_size=1, max_size=6)


@given(st.lists(LETTERS, max_size=8))
def test_terms_in_letters_stand_as_the_rules_say_letter_by_letter(terms: list[str]) -> None:
    """A space first, then other signs and digits, then letters whatever their case, then Japanese."""

    def rank(sign: str) -> tuple[int, str]:
        if sign == " ":
            return 0, ""
        return (3 if not sign.isascii() else 2 if sign.isalpha() else 1), sign.lower()

    expected = sorted({t.strip() for t in terms}, key=lambda t: ([rank(s) for s in t], t))
    assert sorted(expected, key=lambda t: (alphabet_key(t), t)) == expected


@given(st.lists(st.text(st.sampled_from("かがはばぱつっづー"), min_size=1, max_size=4), max_size=8))
def test_readings_stand_as_the_rules_say(readings: list[str]) -> None:
    """Marks and small letters count only between readings that are otherwise the same."""
    plain = str.maketrans("がばぱっづ", "かははつつ")
    vowel = {"か": "あ", "は": "あ", "つ": "う"}

    def letters(reading: str) -> str:
        result = ""
        for sign in reading.translate(plain):
            last = result[-1:]
            result += vowel.get(last, last) if sign == "ー" else sign
        return result

    def voicing(reading: str) -> list[int]:
        return [1 if sign in "がばづ" else 2 if sign == "ぱ" else 0 for sign in reading]

    ordered = sorted(set(readings), key=gojuon_key)
    assert ordered == sorted(ordered, key=lambda r: (letters(r), voicing(r), r))


def test_the_glossary_prints_both_groups_of_the_25_terms_in_their_order(
    in_scope: Municipality,
) -> None:
    terms = [(term, "よみ") for term in PRINTED_ALPHABET] + PRINTED_GOJUON
    assert len(terms) == 25
    for term, reading in shuffled(terms):
        key = "DDA" if term == "DoS攻撃" else ""
        GlossaryTerm.objects.create(
            municipality=in_scope, term=term, reading=reading, sort_key=key, text="説明"
        )
    GlossaryTerm.objects.create(
        municipality=in_scope, term="廃止語", reading="は", row_status="retired"
    )
    groups = [
        [str(row.cells["term"]) for row in built(code, in_scope).rows]
        for code in ("c-11-alphabet", "c-11-gojuon")
    ]
    assert groups == [PRINTED_ALPHABET, [term for term, _reading in PRINTED_GOJUON]]
    assert [word.term for word in explained_words()] == [*groups[0], *groups[1]]

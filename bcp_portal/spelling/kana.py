"""Sorts readings in 五十音順 alike in Python and in every database."""

import unicodedata

_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_KATAKANA_TO_HIRAGANA |= {0x30FD: 0x309D, 0x30FE: 0x309E}  # iteration marks ヽ ヾ
_HIRAGANA_TO_KATAKANA = {kana: code for code, kana in _KATAKANA_TO_HIRAGANA.items()}
_SMALL_TO_LARGE = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_DAKUTEN = "\u3099"
_VOICED_MARKS = frozenset((_DAKUTEN, "\u309a"))
_ITERATION_MARK = "ゝ"
_LONG_MARK = "ー"
_COLUMNS = {
    "あ": "あかさたなはまやらわ",
    "い": "いきしちにひみりゐ",
    "う": "うくすつぬふむゆる",
    "え": "えけせてねへめれゑ",
    "お": "おこそとのほもよろを",
}
_VOWEL_OF = {kana: vowel for vowel, column in _COLUMNS.items() for kana in column}
# Sorts before the space, which itself sorts before every letter.
_LEVEL_SEPARATOR = "\t"


def to_hiragana(text: str) -> str:
    """Return the text with katakana, half-width katakana too, as hiragana (NFKC throughout)."""
    return unicodedata.normalize("NFKC", text).translate(_KATAKANA_TO_HIRAGANA)


def to_katakana(text: str) -> str:
    """Return the text with hiragana as katakana; a text of one width is expected."""
    return text.translate(_HIRAGANA_TO_KATAKANA)


def yomi_key(text: str) -> str:
    """Return the sort key of a reading (the order in which 葛飾区 7 prints its glossary): compare keys by code point.

    First level: voiced marks and small kana ignored, the long mark read as the vowel before it,
    Latin letters without case. For equal first levels: voiced after unvoiced, letter by letter
    (はか, ばか, ぱか), then the reading as written.
    """
    reading = " ".join(to_hiragana(text).casefold().split())
    return _LEVEL_SEPARATOR.join((_first_level(reading), _voicing(reading), reading))


def _voicing(reading: str) -> str:
    """Return 0 for each plain letter, 1 for one with 濁点, 2 for one with 半濁点."""
    marks: list[str] = []
    for character in unicodedata.normalize("NFD", reading):
        if character in _VOICED_MARKS and marks:
            marks[-1] = "1" if character == _DAKUTEN else "2"
        elif character != "・":
            marks.append("0")
    return "".join(marks)


def _first_level(reading: str) -> str:
    letters: list[str] = []
    # A decomposed ワ゛ is katakana again, hence the second translation.
    for character in unicodedata.normalize("NFD", reading).translate(_KATAKANA_TO_HIRAGANA):
        if character in _VOICED_MARKS or character == "・":
            continue
        previous = letters[-1] if letters else ""
        if character == _LONG_MARK:
            letters.append(_VOWEL_OF.get(previous, previous))
        elif character == _ITERATION_MARK:
            letters.append(previous)
        else:
            letters.append(character.translate(_SMALL_TO_LARGE))
    return "".join(letters)

"""Sorts the glossary into its two groups, as 葛飾区 prints it."""

import unicodedata

from bcp_portal.spelling.kana import to_hiragana, yomi_key


def is_alphabetic(term: str) -> bool:
    """Tell whether a term belongs to 〈アルファベット順〉: its first sign, after NFKC, is A-Z or a-z."""
    folded = unicodedata.normalize("NFKC", term).strip()
    return folded[:1].isascii() and folded[:1].isalpha()


def alphabet_key(term: str, sort_key: str = "") -> str:
    """Return the key of a term written in letters: case ignored, a space first, kanji last.

    `sort_key` takes the place of the term when somebody wants another position.
    """
    return unicodedata.normalize("NFKC", sort_key or term).strip().casefold()


def gojuon_key(reading: str, sort_key: str = "") -> str:
    """Return the key of a term by its reading, or by the `sort_key` that takes its place."""
    return yomi_key(sort_key or reading)


def is_kana(reading: str) -> bool:
    """Tell whether a reading consists of kana only, with long marks, middle dots and spaces."""
    folded = to_hiragana(reading)
    return bool(folded.strip()) and all(
        "ぁ" <= sign <= "ゖ" or sign in "ー・ゝゞ " for sign in folded
    )

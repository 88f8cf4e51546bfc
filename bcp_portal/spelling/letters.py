"""Brings every spelling of a text to one form: `readable` for searching, `fold` for finding what is hidden.

`readable` keeps what a person would tell apart when reading aloud; `fold` also takes characters for one
another that only look alike (ニ and 二, カ and 力), drops everything that is neither letter nor digit, and
writes numerals as digits. What neither can bridge: other words, other orders, kanji for kana.
"""

import re
import unicodedata

from bcp_portal.spelling.enclosed_characters import TABLE as ENCLOSED
from bcp_portal.spelling.invisible_characters import without_invisible
from bcp_portal.spelling.kana import to_hiragana
from bcp_portal.spelling.numerals import DIGITS
from bcp_portal.spelling.variants import TABLE as VARIANTS

# Also where a mark parts them, as in サーバー 一式: what is folded has none.
_BAR_IN_KATAKANA = re.compile(r"([ァ-ヶー])[^\w○◯⺀-⻳]*[一丨]")
_REPEATED = re.compile("(.)[々〻ゝ]")
_SPACES = re.compile(r"\s+")
_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_ー]+")
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
# Kana that look like kanji stand for the kanji, in both directions.
_LOOKALIKES = str.maketrans("力口卜夕工千才厶八二三へ囗", "かろとたえちおむは2みへろ")
_ALIKE_AND_NUMERAL = str.maketrans("にはみ", "283")
_ZEROS = str.maketrans("o○◯", "000")
_ONE_FORM = VARIANTS | ENCLOSED


def readable(text: str) -> str:
    """Return the text in one width, case, kana and form of kanji; without spaces and selectors."""
    if text.isascii():
        return _SPACES.sub("", text.casefold())
    return _REPEATED.sub(r"\1\1", _plain(text))


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.replace("゛", "\u3099").replace("゜", "\u309a"))
    plain = to_hiragana(plain.casefold()).translate(_ONE_FORM)
    return _SPACES.sub("", without_invisible(plain))


def fold(text: str) -> str:
    """Return only the letters and digits of a text, each in one spelling."""
    if text.isascii():
        return "".join(c for c in text.lower() if c.isalnum()).replace("o", "0")
    joined = _BAR_IN_KATAKANA.sub(r"\1ー", unicodedata.normalize("NFKC", text))
    plain = _plain(joined).translate(_ZEROS).translate(_SMALL).translate(_LOOKALIKES)
    plain = plain.translate(DIGITS).translate(_ALIKE_AND_NUMERAL)
    return _REPEATED.sub(r"\1\1", _NEITHER_LETTER_NOR_DIGIT.sub("", plain))

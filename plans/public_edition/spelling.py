"""Brings every spelling of a value to one form, so that a hidden one is found however it is written; pure.

Full and half width, capitals, spaces, line breaks, hyphens, brackets and invisible characters do not
matter, nor do the usual variants of a character in names, nor numbers in kanji.
"""

import re
import unicodedata

_VARIANTS = str.maketrans(
    "髙﨑碕濵濱邉邊齋齊斎澤櫻國廣德眞惠嶋嶌冨塚莊瀨祐",
    "高崎崎浜浜辺辺斉斉斉沢桜国広徳真恵島島富塚荘瀬祐",
)
_KANJI_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_KANJI_NUMBER = re.compile("[〇零一二三四五六七八九0-9]{4,}")
_BAR_IN_NUMBER = re.compile("(?<=[0-9〇零一二三四五六七八九])[ー一](?=[0-9〇零])")


def fold(text: str) -> str:
    """Return only the letters and digits of a text, each in one spelling."""
    if text.isascii():
        return "".join(c for c in text.lower() if c.isalnum())
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_VARIANTS)
    kept = "".join(c for c in plain if unicodedata.category(c)[0] in "LN" or c == "〇")
    kept = _BAR_IN_NUMBER.sub("", kept)
    return _KANJI_NUMBER.sub(lambda found: found.group().translate(_KANJI_DIGITS), kept)

"""Makes typed and pasted Japanese text safe to store, and comparable."""

import re
import unicodedata

from bcp_portal.spelling.radicals import without_radicals
from bcp_portal.ui.counted_letters import ended
from bcp_portal.ui.glyph_checks import first_unprintable

# Stands for a character that cannot be kept, as printers have always set it.
GETA = "〓"
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_DECOMPOSED_KANA = re.compile("[\u3041-\u30ff][\u3099\u309a]")
_FULLWIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
# Invisible signs that hide or reorder what a reader sees: spaces and joiners without width, BOM,
# bidi controls.
_INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
# Control characters, halves of surrogate pairs, private use: a text without any needs no closer look.
_UNUSUAL = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\uf8ff\\U000f0000-\\U0010ffff"
    + "".join(sorted(_INVISIBLE))
    + "]"
)
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_MIDDLE_DOTS = re.compile("[・·‧]")


class RefusedCharacterError(ValueError):
    """The text holds a character that cannot be kept; the message names it and its place."""

    sentence = ""

    def __init__(self, character: str, position: int) -> None:
        self.character = character
        self.position = position
        self.code = " ".join(f"U+{ord(each):04X}" for each in character)
        super().__init__(
            f"{position}文字目の「{character}」（{self.code}）は{self.sentence}"
            "標準の文字に置き換えてください。"
        )


class PrivateUseError(RefusedCharacterError):
    """The text holds a 外字, which other machines, Excel and the PDF cannot show."""

    sentence = "外字のため登録できません。"


class UnprintableCharacterError(RefusedCharacterError):
    """The text holds an emoji or another character that no font of the print knows."""

    sentence = "印刷できる字形がない文字（絵文字など）のため登録できません。"


_LONGEST_NUMBER = 18


def clean_text(text: str) -> str:
    r"""Return the text with line ends as \n and without characters nobody can see.

    Name variants (異体字) stay as typed: the text is not Unicode-normalised, only kana that came
    apart into letter and voiced mark are joined again, and radicals are the kanji they look like.
    Raises RefusedCharacterError for the first private use character, else for the first that
    cannot be printed, counted in the cleaned text from 1.
    """
    cleaned = _visible(text)
    refused = _refused_in(cleaned)
    if refused:
        raise refused
    return cleaned


def substituted(text: str, substitute: str) -> tuple[str, tuple[RefusedCharacterError, ...]]:
    """Return the cleaned text with a substitute for each refused character, and what was refused.

    For what nobody types at a field, such as the name of a file; each character is named once.
    """
    cleaned = _visible(text)
    found: list[RefusedCharacterError] = []
    while refused := _refused_in(cleaned):
        found.append(refused)
        cleaned = cleaned.replace(refused.character, substitute)
    return cleaned, tuple(found)


def _visible(text: str) -> str:
    joined = _DECOMPOSED_KANA.sub(
        lambda match: unicodedata.normalize("NFC", match.group()), _LINE_ENDS.sub("\n", text)
    )
    joined = without_radicals(joined)
    if not _UNUSUAL.search(joined):
        return joined
    return "".join(character for character in joined if _is_visible(character))


def _refused_in(cleaned: str) -> RefusedCharacterError | None:
    private = _PRIVATE_USE.search(cleaned)
    if private:
        return PrivateUseError(private.group(), private.start() + 1)
    unprintable = first_unprintable(cleaned)
    if unprintable:
        return UnprintableCharacterError(unprintable, cleaned.index(unprintable) + 1)
    return None


def match_key(name: str) -> str:
    """Return what two spellings of one name share: 「ＡＢＣ システム」 and 「abcシステム」."""
    return lasting_key(without_radicals(name))


def lasting_key(text: str) -> str:
    """Return the key under which a text is stored: it must be the same in every release."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = _MIDDLE_DOTS.sub("", "".join(folded.split()))
    return unicodedata.normalize("NFKC", kept)


def ascii_digits(text: str) -> str:
    """Return the text with full-width digits as ASCII digits, everything else as it was."""
    return text.translate(_FULLWIDTH_DIGITS)


def one_line(text: str) -> str:
    """Return the whole text in one line."""
    return " ".join(text.split())


def whole_number(text: str, otherwise: int = 0) -> int:
    """Return the whole number that an address or a form says in digits 0-9; `otherwise` for anything else.

    A key or a version has no more than 18 digits; ² is a digit too, and five thousand digits are no number.
    """
    fits = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
    return int(text) if fits else otherwise


def shortened(text: str, limit: int = 30) -> str:
    """Return the text fit for quoting: one line, at most so many letters, 「…」 where it goes on."""
    return ended(one_line(text), limit)


def _is_visible(character: str) -> bool:
    if character in "\n\t":
        return True
    return unicodedata.category(character) not in {"Cc", "Cs"} and character not in _INVISIBLE

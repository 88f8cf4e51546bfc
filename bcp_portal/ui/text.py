"""Makes typed and pasted Japanese text safe to store, and comparable."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_DECOMPOSED_KANA = re.compile("[\u3041-\u30ff][\u3099\u309a]")
_FULLWIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
# Invisible signs that hide or reorder what a reader sees: zero width space, BOM, bidi controls.
_INVISIBLE = frozenset(
    "\u200b\u200e\u200f\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
# Control characters, halves of surrogate pairs, private use: a text without any needs no closer look.
_UNUSUAL = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\uf8ff\\U000f0000-\\U0010ffff"
    + "".join(sorted(_INVISIBLE))
    + "]"
)
_MIDDLE_DOTS = re.compile("[・·‧]")


class PrivateUseError(ValueError):
    """The text holds a 外字, which other machines, Excel and the PDF cannot show."""

    def __init__(self, character: str, position: int) -> None:
        self.character = character
        self.position = position
        self.code = f"U+{ord(character):04X}"
        super().__init__(
            f"{position}文字目の「{character}」（{self.code}）は外字のため登録できません。"
            "標準の文字に置き換えてください。"
        )


def clean_text(text: str) -> str:
    r"""Return the text with line ends as \n and without characters nobody can see.

    Name variants (異体字) stay as typed: the text is not Unicode-normalised, only kana that came
    apart into letter and voiced mark are joined again.
    Raises PrivateUseError for the first private use character, counted in the cleaned text from 1.
    """
    joined = _DECOMPOSED_KANA.sub(
        lambda match: unicodedata.normalize("NFC", match.group()), _LINE_ENDS.sub("\n", text)
    )
    if not _UNUSUAL.search(joined):
        return joined
    cleaned = "".join(character for character in joined if _is_visible(character))
    for position, character in enumerate(cleaned, start=1):
        if unicodedata.category(character) == "Co":
            raise PrivateUseError(character, position)
    return cleaned


def match_key(name: str) -> str:
    """Return what two spellings of one name share: 「ＡＢＣ システム」 and 「abcシステム」."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    kept = _MIDDLE_DOTS.sub("", "".join(folded.split()))
    return unicodedata.normalize("NFKC", kept)


def ascii_digits(text: str) -> str:
    """Return the text with full-width digits as ASCII digits, everything else as it was."""
    return text.translate(_FULLWIDTH_DIGITS)


def shortened(text: str, limit: int = 30) -> str:
    """Return the text fit for quoting in a message: one line, at most limit characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _is_visible(character: str) -> bool:
    if character in "\n\t":
        return True
    return unicodedata.category(character) not in {"Cc", "Cs"} and character not in _INVISIBLE

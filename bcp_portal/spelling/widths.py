"""Says when two texts are the same to a reader: widths of characters and spaces make no change."""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

# Written one way by one machine and the other way by the next; nobody sees a difference.
_LOOKALIKES = {0x301C: "~", 0x2010: "-", 0x2011: "-", 0x2212: "-", 0x2013: "-"}
_WIDTH_FORMS = (*range(0xFF01, 0xFFEF), 0x3000)
_VOICED_MARKS = "\u3099\u309a"
_VOICED = re.compile(f"[\u3041-\u30ff][{_VOICED_MARKS}]")


def _same_width(code: int) -> str:
    """Return a full-width letter or half-width kana in its usual width."""
    decomposition = unicodedata.decomposition(chr(code))
    kind, _, target = decomposition.partition(" ")
    return chr(int(target, 16)) if kind in {"<wide>", "<narrow>"} else chr(code)


# Not the whole of NFKC, which would also make 10² into 102, ① into 1 and one kanji of a name into its other form.
_TABLE = {code: _same_width(code) for code in _WIDTH_FORMS} | _LOOKALIKES


def fold(text: str) -> str:
    """Return the text in usual widths and without spaces and line breaks: the key of a text."""
    folded = "".join(text.translate(_TABLE).split())
    if any(mark in folded for mark in _VOICED_MARKS):
        return _VOICED.sub(lambda match: unicodedata.normalize("NFC", match.group()), folded)
    return folded


def half_widths(text: str) -> int:
    """Return how many half-width characters a text takes; what may be either counts as full width."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


@dataclass(frozen=True)
class FoldedText:
    """A folded text that knows where each of its characters stood in the original."""

    original: str
    text: str
    positions: tuple[int, ...]

    @classmethod
    def of(cls, original: str) -> "FoldedText":
        characters: list[str] = []
        positions: list[int] = []
        for position, character in enumerate(original):
            folded = fold(character)
            if characters and folded in set(_VOICED_MARKS):
                joined = unicodedata.normalize("NFC", characters[-1] + folded)
                if len(joined) == 1:
                    characters[-1] = joined
                    continue
            if folded:
                characters.append(folded)
                positions.append(position)
        return cls(original, "".join(characters), tuple(positions))

    def letters(self) -> list[str]:
        """Return for each folded character what stands for it in the original, without spaces."""
        ends = [*self.positions[1:], len(self.original)]
        pieces = zip(self.positions, ends, strict=True) if self.positions else ()
        return ["".join(self.original[start:end].split()) for start, end in pieces]

    def start(self, index: int) -> int:
        """Return where a piece that begins with this character begins in the original.

        Blanks belong to what stands before them, those in front of everything to the first piece.
        """
        if index == 0:
            return 0
        return self.positions[index] if index < len(self.positions) else len(self.original)

    def index(self, position: int) -> int:
        """Return the first folded character at or behind a position of the original."""
        return bisect_left(self.positions, position)

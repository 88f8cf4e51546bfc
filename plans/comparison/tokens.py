"""Takes a Japanese sentence apart where a reader would: at changes of script, numbers with units."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bcp_portal.spelling.widths import FoldedText

_KANJI = "々〆〇ヶ\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\U000e0100-\U000e01ef\ufe00-\ufe0f"
# What is counted; the longer first, so that 日 does not cut 日間 short.
_UNITS = (
    "(?:年度|年間|年|[かヵカヶケ箇][月所年国]|月|週間|週|日間|日目|日|時間|時|分間|分|秒間|秒|泊|"
    "人前|人|名|食|世帯|戸|班|台|基|本|件|個|枚|部|冊|通|回線|回|度|階層|階|"
    "号機|号館|号室|号|条|項|章|節|版|次|番地|番|丁目|系統|箇条|校|棟|室|"
    "千万円|百万円|億円|万円|千円|円|割|倍|級|段階|点|種類|"
    "%|℃|[kKMGT]?(?:bps|B|W|Wh|VA|V|A|m|g|L|l|t)(?![A-Za-z])|mm|cm)"
)
_CONJUNCTIONS = "及び|並びに|又は|若しくは|或いは|但し|且つ"
_PATTERN = re.compile(
    r"(?P<latin>https?://[!-~]+|[A-Za-z](?:[A-Za-z0-9]|[._@/:+&'\-](?=[A-Za-z0-9]))*)"
    rf"|(?P<number>第?[0-9](?:[0-9]|[.,:/\-](?=[0-9]))*{_UNITS}?)"
    rf"|(?P<conjunction>{_CONJUNCTIONS})"
    rf"|(?P<kanji>(?:(?!第[0-9]|{_CONJUNCTIONS})[{_KANJI}])+)"
    r"|(?P<katakana>[ァ-ヺーヽヾ]+)"
    r"|(?P<hiragana>[ぁ-ゖゝゞ]+)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_WORD_ENDS = re.compile(r"[A-Za-z][0-9A-Za-z]|[0-9]{2}")


@dataclass(frozen=True)
class Token:
    """One word-like piece of a folded text: `key` says which pieces of two texts are the same."""

    key: str
    script: str
    start: int
    end: int

    @property
    def weight(self) -> int:
        """Return how much it says that two texts share this piece."""
        if self.script == "sign":
            return 1
        length = self.end - self.start
        return length if self.script == "hiragana" else 3 * length


def tokens_of(
    folded: FoldedText, fixed: Mapping[tuple[int, int], str] | None = None, *, exact: bool = False
) -> list[Token]:
    """Return the pieces in order; `fixed` gives spans of the original that are one piece, with key.

    An `exact` key keeps the widths of the original.
    """
    letters = folded.letters() if exact else folded.text
    spans = sorted(
        (folded.index(start), folded.index(end), key) for (start, end), key in (fixed or {}).items()
    )
    result: list[Token] = []
    position = 0
    for start, end, key in spans:
        result += _cut(folded, letters, position, start)
        result.append(Token(key, "reference", start, end))
        position = end
    return result + _cut(folded, letters, position, len(folded.text))


def _cut(folded: FoldedText, letters: Sequence[str], start: int, end: int) -> list[Token]:
    found: list[Token] = []
    for begin, stop in _stretches(folded, start, end):
        for match in _PATTERN.finditer(folded.text, begin, stop):
            key = "".join(letters[match.start() : match.end()])
            found.append(Token(key, match.lastgroup or "", match.start(), match.end()))
    return found


def _stretches(folded: FoldedText, start: int, end: int) -> Sequence[tuple[int, int]]:
    """Cut where a space parts two Latin words, the one place where a space means something."""
    cuts = [
        index
        for index in range(start + 1, end)
        if folded.positions[index] - folded.positions[index - 1] > 1
        and _WORD_ENDS.fullmatch(folded.text[index - 1 : index + 1])
    ]
    edges = [start, *cuts, end]
    return list(pairwise(edges))

"""Shows where a line says what was searched: a few letters around it, the words themselves marked; pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bcp_portal.search.lines import Line, Said
from bcp_portal.spelling.letters import readable
from bcp_portal.ui.counted_letters import letters

AROUND = 30
"""Letters that stand before and behind a word that was found."""

# A long text is folded piece by piece until one says the word, which is shorter than what they share.
_PIECE, _OVERLAP = 400, 150


@dataclass(frozen=True)
class Excerpt:
    """A piece of what a line says, with the word that was found in the middle."""

    label: str
    before: str
    word: str
    behind: str


def excerpts(line: Line, words: Sequence[str], *, most: int) -> list[Excerpt]:
    """Return where the line says the words that the name it is shown by does not say."""
    wanted = [word for word in words if word not in line.names[0]]
    found: list[Excerpt] = []
    for word in wanted[:most]:
        said = next((each for each in line.said if word in each.folded), None)
        if said is not None:
            found.append(_excerpt(said, word))
    return found


def _excerpt(said: Said, word: str) -> Excerpt:
    """Cut the text around the first place that says the word, between letters.

    Folding changes the length of a text, so places are found by asking what still says the word.
    """
    text = letters(" ".join(said.text.split()))

    def says(start: int, end: int) -> bool:
        return word in readable("".join(text[start:end]))

    pieces = ((at, min(at + _PIECE, len(text))) for at in range(0, len(text), _PIECE - _OVERLAP))
    piece, stop = next((each for each in pieces if says(*each)), (0, len(text)))
    end = piece + _least(stop - piece, lambda each: says(piece, piece + each))
    start = end - _least(end - piece, lambda each: says(end - each, end))
    first, last = max(start - AROUND, 0), min(end + AROUND, len(text))
    before = ("…" if first else "") + "".join(text[first:start])
    behind = "".join(text[end:last]) + ("…" if last < len(text) else "")
    return Excerpt(said.label, before, "".join(text[start:end]), behind)


def _least(most: int, holds: Callable[[int], bool]) -> int:
    """Return the least number for which it holds, and for all above, by halving."""
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low

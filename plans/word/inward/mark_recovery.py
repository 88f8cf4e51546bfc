"""Keeps phrases and marked words where the sentence around them came back from Word; pure.

In a Word file they are plain text, so that anybody may write there. What a person left as it was is
found again by comparing each line with the one that the chapter had.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher

from plans.text.inline_marks import (
    TERM_ATTRIBUTE,
    TERM_SIGN,
    is_placeholder,
    is_term,
    placeholder_of,
    term_element,
)
from plans.text.markup import Element, Node, parse, serialise, text_of, walk
from plans.text.phrase_words import Words

_LINES = frozenset({"p", "li", "td", "th", "caption", "div"})
# Lines less alike than this are two, and not one that was changed.
_ALIKE = 0.6
# Comparing takes the square of the length: longer lines are only known when they are the same.
_LONGEST_COMPARED = 10_000


@dataclass(frozen=True)
class _Spot:
    """A stretch of a line as a reader sees it, and where it stands."""

    text: str
    node: Node
    siblings: list[Node]
    position: int


@dataclass(frozen=True)
class _Cut:
    """A stretch of text that becomes a mark again."""

    siblings: list[Node]
    position: int
    start: int
    end: int
    mark: Element


Line = Sequence[_Spot]


def with_known_marks(html: str, before: str, words: Words) -> str:
    """Return new text with the phrases and marked words of the text before, where both say the same.

    `words` are those with which the Word file was written.
    """
    nodes = parse(html)
    pairs = _pairs(_lines(parse(before), words), _lines(nodes, words))
    cuts = [cut for known, line in pairs if any(map(_is_mark, known)) for cut in _cuts(known, line)]
    # From the last to the first: what stands before one keeps its place.
    for cut in sorted(cuts, key=lambda cut: (cut.position, cut.start), reverse=True):
        text = str(cut.siblings[cut.position])
        cut.siblings[cut.position : cut.position + 1] = [
            text[: cut.start],
            cut.mark,
            text[cut.end :],
        ]
    return serialise(nodes) if cuts else html


def count_marks(html: str) -> int:
    """Return how many phrases and marked words a body has."""
    return sum(is_placeholder(node) or is_term(node) for node in walk(parse(html)))


def _lines(nodes: list[Node], words: Words) -> list[Line]:
    """Return the lines of a text in order, each in stretches."""
    lines: list[list[_Spot]] = [[]]

    def read(siblings: list[Node]) -> None:
        for position, node in enumerate(siblings):
            if isinstance(node, str) or is_placeholder(node) or is_term(node):
                lines[-1].append(_Spot(_shown(node, words), node, siblings, position))
            elif node.tag in _LINES:
                lines.append([])
                read(node.children)
                lines.append([])
            else:
                read(node.children)

    read(nodes)
    return [line for line in lines if line]


def _shown(node: Node, words: Words) -> str:
    if isinstance(node, str):
        return node
    if is_placeholder(node):
        return words.text(placeholder_of(node))
    sign = TERM_SIGN if node.attributes[TERM_ATTRIBUTE] in words.terms else ""
    return text_of(node.children) + sign


def _is_mark(spot: _Spot) -> bool:
    return isinstance(spot.node, Element)


def _pairs(known: Sequence[Line], lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Yield known lines with those that say the same, and for marks' sake also with those like them.

    Lines without marks are paired as well: of two that say the same, one may have been typed.
    """
    free = dict(enumerate(lines))
    places: dict[str, deque[int]] = defaultdict(deque)
    for number, line in free.items():
        places[_text(line)].append(number)
    left: list[Line] = []
    for line in known:
        if same := places[_text(line)]:
            yield line, free.pop(same.popleft())
        elif any(map(_is_mark, line)):
            left.append(line)
    for line in left:
        likeness = {n: _likeness(_text(line), _text(free[n])) for n in free}
        best = max(likeness, key=lambda n: likeness[n], default=None)
        if best is not None and likeness[best] >= _ALIKE:
            yield line, free.pop(best)


def _likeness(one: str, other: str) -> float:
    if max(len(one), len(other)) > _LONGEST_COMPARED:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    near = matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE
    return matcher.ratio() if near else 0.0


def _cuts(known: Line, line: Line) -> Iterator[_Cut]:
    """Yield the marks of a known line whose whole text stands in the other one."""
    blocks = _same_stretches(_text(known), _text(line))
    start = 0
    for spot in known:
        end = start + len(spot.text)
        for block in blocks if spot.text and _is_mark(spot) else ():
            if block.a <= start and end <= block.a + block.size:
                yield from _cut(spot, line, block.b + start - block.a)
        start = end


def _same_stretches(one: str, other: str) -> Sequence[Match]:
    if one == other:
        return [Match(0, 0, len(one))]
    return SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()


def _cut(mark: _Spot, line: Line, start: int) -> Iterator[_Cut]:
    """Yield the mark at its place, unless its text begins in one stretch and ends in another."""
    end = start + len(mark.text)
    for spot in line:
        if start >= 0 and end <= len(spot.text) and isinstance(spot.node, str):
            yield _Cut(spot.siblings, spot.position, start, end, _again(mark, spot.node[start:end]))
        start, end = start - len(spot.text), end - len(spot.text)


def _again(mark: _Spot, text: str) -> Element:
    assert isinstance(mark.node, Element)  # noqa: S101 - only marks are asked for
    if is_placeholder(mark.node):
        return placeholder_of(mark.node).to_element()
    return term_element(mark.node.attributes[TERM_ATTRIBUTE], [text.removesuffix(TERM_SIGN)])


def _text(line: Line) -> str:
    return "".join(spot.text for spot in line)

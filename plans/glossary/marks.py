"""Finds where the words of the glossary are used in a plan, and marks their first use (as 葛飾区 7 does); pure.

A word inside a longer word of the glossary is that longer word; a word in letters stands alone
(OS is not in DoS). Case and full width do not matter, nor whether a part of a word is bold. The
sign ※ is never searched for: it has other uses.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bcp_portal.ui.counted_letters import letter_edge
from plans.glossary.stretches import enclosed, stretches
from plans.text.inline_marks import TERM_ATTRIBUTE, is_term, terms_in
from plans.text.markup import Node, elements_in, parse, serialise, text_of
from plans.text.outline import FRONT_PLACE, OutlineNode

EXCERPT_LENGTH = 18
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LINE_TAGS = frozenset({"p", "li", "td", "th", "caption"})


@dataclass(frozen=True)
class Word:
    """One term of the glossary as texts write it."""

    uid: str
    term: str


@dataclass(frozen=True)
class Occurrence:
    """One use of a word: the text before it and behind it on the same line, and its spelling."""

    uid: str
    before: str
    text: str
    after: str


@dataclass
class WordUse:
    """Where one word stands in a plan: marked, and not marked.

    `earlier` counts the unmarked uses in chapters before the first mark.
    """

    word: Word
    earlier: int = 0
    marked: list[OutlineNode] = field(default_factory=list)
    unmarked: list[tuple[OutlineNode, Occurrence]] = field(default_factory=list)

    def add_mark(self, node: OutlineNode) -> None:
        """Note the next mark in printed order."""
        if not self.marked:
            self.earlier = len(self.unmarked)
        self.marked.append(node)

    @property
    def is_unused(self) -> bool:
        return not (self.marked or self.unmarked)

    @property
    def is_unmarked(self) -> bool:
        return bool(self.unmarked) and not self.marked

    @property
    def is_marked_twice(self) -> bool:
        return len(self.marked) > 1

    @property
    def is_marked_late(self) -> bool:
        return self.earlier > 0

    @property
    def first(self) -> tuple[OutlineNode, Occurrence]:
        return self.unmarked[0]


class WordFinder:
    """Finds the words of one glossary in texts."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.by_text: dict[str, str] = {}
        for word in words:
            self.by_text.setdefault(folded(word.term), word.uid)
        # The longest first: 「CIO補佐官」 is not a use of 「CIO」.
        texts = sorted(filter(None, self.by_text), key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_pattern_of, texts))) if texts else None

    def spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and uid of each word in a run of text."""
        if self._pattern is None:
            return
        plain = folded(text)
        for match in self._pattern.finditer(plain):
            yield match.start(), match.end(), self.by_text[match.group()]

    def occurrences(self, html: str) -> Iterator[Occurrence]:
        """Yield every unmarked use in a stored body, in order."""
        for text, line, place in _runs(parse(html)):
            for start, end, uid in self.spans(text):
                at = place + start
                behind = at + end - start
                yield Occurrence(
                    uid,
                    line[letter_edge(line, max(0, at - EXCERPT_LENGTH)) : at],
                    text[start:end],
                    line[behind : letter_edge(line, behind + EXCERPT_LENGTH)],
                )

    def mark_first(self, html: str, uids: set[str]) -> str:
        """Return a stored body with the first unmarked use of each of these words marked."""
        waiting = set(uids)
        return serialise(self._marked(parse(html), waiting)) if waiting else html

    def _marked(self, nodes: Sequence[Node], waiting: set[str]) -> list[Node]:
        result: list[Node] = []
        for part in stretches(nodes):
            if isinstance(part, list):
                result += self._marked_stretch(part, waiting)
                continue
            if not is_term(part):
                part.children = self._marked(part.children, waiting)
            result.append(part)
        return result

    def _marked_stretch(self, stretch: list[Node], waiting: set[str]) -> list[Node]:
        chosen = []
        for start, end, uid in self.spans(text_of(stretch)):
            if uid in waiting:
                waiting.discard(uid)
                chosen.append((start, end, uid))
        # The last first: what stands before it keeps its place.
        for start, end, uid in reversed(chosen):
            stretch = enclosed(stretch, start, end, uid)
        return stretch


def folded(text: str) -> str:
    """Return the text as words are compared, letter by letter of the same place and length."""
    return "".join(c.lower() if c.isascii() else c for c in text.translate(_FULL_WIDTH))


def _pattern_of(text: str) -> str:
    before = r"(?<![a-z0-9])" if text[0].isascii() and text[0].isalnum() else ""
    after = r"(?![a-z0-9])" if text[-1].isascii() and text[-1].isalnum() else ""
    return f"{before}{re.escape(text)}{after}"


def _runs(nodes: Sequence[Node]) -> Iterator[tuple[str, str, int]]:
    """Yield each run of unmarked text, the whole line it stands in, and its place there."""
    for part in stretches(nodes):
        if isinstance(part, list):
            text = text_of(part)
            yield text, text, 0
        elif part.tag not in _LINE_TAGS:
            yield from _runs(part.children)
        else:
            line, at = text_of(part.children), 0
            for text, marked in _texts(part.children, marked=False):
                if not marked:
                    yield text, line, at
                at += len(text)


def _texts(nodes: Sequence[Node], *, marked: bool) -> Iterator[tuple[str, bool]]:
    for part in stretches(nodes):
        if isinstance(part, list):
            yield text_of(part), marked
        else:
            yield from _texts(part.children, marked=marked or is_term(part))


def uses_of_words(
    chapters: Sequence[OutlineNode], words: Sequence[Word]
) -> tuple[dict[str, WordUse], list[tuple[OutlineNode, str]]]:
    """Return the uses of each word in printed order, and the marks whose word is not among them.

    Only the numbered chapters and the tables behind them have first uses; marks count everywhere.
    """
    uses = {word.uid: WordUse(word) for word in words}
    finder = WordFinder(words)
    strangers: list[tuple[OutlineNode, str]] = []
    for node in chapters:
        body = node.chapter.body
        for uid in terms_in(body):
            if uid in uses:
                uses[uid].add_mark(node)
            else:
                strangers.append((node, marked_text(body, uid)))
        if node.placement == FRONT_PLACE:
            continue
        for occurrence in finder.occurrences(body):
            uses[occurrence.uid].unmarked.append((node, occurrence))
    return uses, strangers


def marked_text(html: str, uid: str) -> str:
    """Return what stands inside the first mark of a word."""
    texts = (
        text_of(node.children)
        for node in elements_in(parse(html))
        if node.attributes.get(TERM_ATTRIBUTE) == uid
    )
    return next(texts, "")

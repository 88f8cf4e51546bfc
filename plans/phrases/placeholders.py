"""Says which phrases a plan uses, where, and which of them nobody has set yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from plans.document.document import Document
from plans.text.inline_marks import (
    SYSTEM_ATTRIBUTE,
    UNSET_ATTRIBUTE,
    PlaceholderUse,
    placeholders_in,
)
from plans.text.markup import elements_in, parse, text_of
from plans.text.outline import Outline, OutlineNode
from plans.text.phrase_words import Words


@dataclass(frozen=True)
class UnsetPlaceholder:
    """One place of a document where a phrase still stands in 〔 〕, and how often in that section."""

    key: str
    label: str
    anchor: str
    heading: str
    system: str = ""
    count: int = 1


@dataclass
class PlaceholderUses:
    """Where one phrase stands: chapters with the number of times each."""

    use: PlaceholderUse
    places: dict[int, tuple[OutlineNode, int]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(times for _node, times in self.places.values())

    @property
    def chapters(self) -> list[tuple[OutlineNode, int]]:
        """Return the chapters in printed order, each with how often the phrase stands there."""
        return list(self.places.values())

    def add(self, node: OutlineNode) -> None:
        _node, times = self.places.get(node.chapter.pk, (node, 0))
        self.places[node.chapter.pk] = (node, times + 1)


def uses_of(outline: Outline) -> dict[PlaceholderUse, PlaceholderUses]:
    """Return every phrase the living chapters name, in order of first appearance."""
    found: dict[PlaceholderUse, PlaceholderUses] = {}
    for node in outline.walk():
        for use in placeholders_in(node.chapter.body):
            found.setdefault(use, PlaceholderUses(use)).add(node)
    return found


def unset_uses(outline: Outline, words: Words) -> list[PlaceholderUses]:
    """Return the phrases that would be printed as 〔…〕 now."""
    return [uses for use, uses in uses_of(outline).items() if not words.is_set(use)]


def unset_count(outline: Outline, words: Words) -> int:
    """Return at how many places a phrase is missing."""
    return sum(uses.count for uses in unset_uses(outline, words))


def unset_placeholders(document: Document) -> list[UnsetPlaceholder]:
    """Return what a built or frozen document still shows in 〔 〕, in printed order.

    One entry a section and phrase; `anchor` is that of the section. Needs no database.
    """
    found: list[UnsetPlaceholder] = []
    for section in document.sections():
        found += _grouped(section.anchor, section.heading, _unset_in(section.texts))
    return found


def _unset_in(texts: Iterable[str]) -> list[tuple[str, str, str]]:
    return [
        (
            node.attributes[UNSET_ATTRIBUTE],
            node.attributes.get(SYSTEM_ATTRIBUTE, ""),
            text_of(node.children).strip("〔〕"),
        )
        for html in texts
        if UNSET_ATTRIBUTE in html
        for node in elements_in(parse(html))
        if UNSET_ATTRIBUTE in node.attributes
    ]


def _grouped(
    anchor: str, heading: str, found: Sequence[tuple[str, str, str]]
) -> list[UnsetPlaceholder]:
    return [
        UnsetPlaceholder(key, label, anchor, heading, system, found.count((key, system, label)))
        for key, system, label in dict.fromkeys(found)
    ]

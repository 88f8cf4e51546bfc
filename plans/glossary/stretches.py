"""Sees the words of a line through bold letters and the like, and encloses one that runs across them; pure."""

from collections.abc import Iterator, Sequence

from plans.text.inline_marks import term_element
from plans.text.markup import Element, Node, text_of

_EMPHASIS = frozenset({"strong", "em", "u"})


def stretches(nodes: Sequence[Node]) -> Iterator[list[Node] | Element]:
    """Yield neighbouring text and emphasis as one list each, and every other element alone."""
    stretch: list[Node] = []
    for node in nodes:
        if isinstance(node, str) or _is_emphasis(node):
            stretch.append(node)
            continue
        if stretch:
            yield stretch
        stretch = []
        yield node
    if stretch:
        yield stretch


def enclosed(nodes: Sequence[Node], start: int, end: int, uid: str) -> list[Node]:
    """Return a stretch with its letters from `start` to `end` in one glossary mark.

    Emphasis that holds the whole word stays around the mark; what holds a part of it is parted.
    """
    at = 0
    for index, node in enumerate(nodes):
        length = len(text_of([node]))
        if isinstance(node, Element) and at <= start and end <= at + length:
            inner = enclosed(node.children, start - at, end - at, uid)
            return [*nodes[:index], Element(node.tag, node.attributes, inner), *nodes[index + 1 :]]
        at += length
    before, rest = _parted(nodes, start)
    word, after = _parted(rest, end - start)
    return [*before, term_element(uid, word), *after]


def _is_emphasis(element: Element) -> bool:
    return element.tag in _EMPHASIS and all(
        isinstance(child, str) or _is_emphasis(child) for child in element.children
    )


def _parted(nodes: Sequence[Node], at: int) -> tuple[list[Node], list[Node]]:
    """Return what stands before and behind the letter with this number, without empty pieces."""
    before: list[Node] = []
    for index, node in enumerate(nodes):
        length = len(text_of([node]))
        if at >= length:
            before.append(node)
            at -= length
            continue
        if at == 0:
            return before, list(nodes[index:])
        if isinstance(node, str):
            return [*before, node[:at]], [node[at:], *nodes[index + 1 :]]
        first, second = _parted(node.children, at)
        before.append(Element(node.tag, dict(node.attributes), first))
        return before, [Element(node.tag, dict(node.attributes), second), *nodes[index + 1 :]]
    return before, []

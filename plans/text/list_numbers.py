"""Keeps the number with which a list begins, and writes out what no list of chapters counts; pure."""

import re
from collections.abc import Iterator, Sequence

from plans.text.markup import Element, Node
from plans.text.number_forms import in_form

_NUMBER = re.compile(r"[0-9]{1,4}")
# The ways of HTML that are no plain numbers.
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def first_number(ordered: Element) -> int:
    """Return the number of the first point of a numbered list, from 0."""
    return _said(ordered, "start", 1)


def counted_lists(node: Element, items: Sequence[Element]) -> Iterator[Element]:
    """Yield a list as it is stored: a point with a number of its own begins a new one."""
    written: Element | None = None
    number = first_number(node)
    for item in items:
        told = _said(item, "value", number) if node.tag == "ol" else number
        if written is None or told != number:
            number = told
            start = {"start": str(number)} if node.tag == "ol" and number != 1 else {}
            if written is not None:
                yield written
            written = Element(node.tag, start, [])
        written.children.append(Element("li", {}, item.children))
        number += 1
    if written is not None:
        yield written


def labels_of(node: Element, items: Sequence[Element]) -> list[str] | None:
    """Return the labels of a list that counts a, b or i, ii; None for one that does not."""
    form = _FORMS.get(node.attributes.get("type", "")) if node.tag == "ol" else None
    if form is None:
        return None
    labels = []
    number = first_number(node)
    for item in items:
        number = _said(item, "value", number)
        labels.append(f"{in_form(form, number)}.")
        number += 1
    return labels


def with_label(label: str, blocks: list[Node]) -> list[Node]:
    """Return paragraphs of which the first begins with a label."""
    begins = bool(blocks) and isinstance(blocks[0], Element) and blocks[0].tag == "p"
    first = blocks[0].children if begins and isinstance(blocks[0], Element) else []
    return [Element("p", {}, [f"{label}　", *first]), *(blocks[1:] if begins else blocks)]


def _said(element: Element, name: str, otherwise: int) -> int:
    said = element.attributes.get(name, "")
    return int(said) if _NUMBER.fullmatch(said) else otherwise

"""The marks that stand within a line of chapter text: a phrase to be filled in, a word of the glossary."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bcp_portal.ui.uids import as_uid
from plans.text.markup import Element, Node, elements_in, parse, text_of

PLACEHOLDER_ATTRIBUTE = "data-placeholder"
SYSTEM_ATTRIBUTE = "data-system"
TERM_ATTRIBUTE = "data-term"
UNSET_ATTRIBUTE = "data-unset"
MARK_ATTRIBUTES = frozenset({PLACEHOLDER_ATTRIBUTE, SYSTEM_ATTRIBUTE, TERM_ATTRIBUTE})
TERM_SIGN = "（※）"
MAX_KEY_LENGTH = 60


@dataclass(frozen=True)
class PlaceholderUse:
    """A phrase as a text names it: its key, and the system whose phrase it is (empty: everybody's)."""

    key: str
    system: str = ""

    def to_element(self) -> Element:
        """Return the one shape in which it is stored."""
        attributes = {PLACEHOLDER_ATTRIBUTE: self.key}
        if self.system:
            attributes[SYSTEM_ATTRIBUTE] = self.system
        return Element("span", attributes)


def is_placeholder(node: Node) -> bool:
    return isinstance(node, Element) and bool(
        node.attributes.get(PLACEHOLDER_ATTRIBUTE, "").strip()
    )


def is_term(node: Node) -> bool:
    return isinstance(node, Element) and bool(node.attributes.get(TERM_ATTRIBUTE))


def placeholder_of(element: Element) -> PlaceholderUse:
    """Read the phrase an element names; what is no identity of a system is dropped."""
    attributes = element.attributes
    key = " ".join(attributes[PLACEHOLDER_ATTRIBUTE].split())[:MAX_KEY_LENGTH]
    return PlaceholderUse(key, as_uid(attributes.get(SYSTEM_ATTRIBUTE, "")))


def cleaned_span(element: Element, children: list[Node]) -> list[Node]:
    """Return what is kept of a span: a mark in its one shape, or else only what it holds."""
    if is_placeholder(element):
        return [placeholder_of(element).to_element()]
    uid = as_uid(element.attributes.get(TERM_ATTRIBUTE, ""))
    if uid and text_of(children).strip():
        return [term_element(uid, without_terms(children))]
    return children


def without_plain_spans(nodes: Iterable[Node]) -> list[Node]:
    """Return the nodes with every span that is no mark replaced by what it holds."""
    kept: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            kept.append(node)
            continue
        node.children = without_plain_spans(node.children)
        plain = node.tag == "span" and not (is_placeholder(node) or is_term(node))
        kept += node.children if plain else [node]
    return kept


def term_element(uid: str, children: Iterable[Node]) -> Element:
    """Return a marked word as it is stored; its sign stands behind its last letter."""
    return Element("span", {TERM_ATTRIBUTE: uid}, list(children))


def without_terms(nodes: Iterable[Node]) -> list[Node]:
    """Return the nodes with marked words unmarked."""
    kept: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            kept.append(node)
            continue
        children = without_terms(node.children)
        kept += children if is_term(node) else [Element(node.tag, node.attributes, children)]
    return kept


def placeholders_in(html: str) -> Iterator[PlaceholderUse]:
    """Yield every phrase that a stored body names, in order."""
    if PLACEHOLDER_ATTRIBUTE in html:
        yield from map(placeholder_of, filter(is_placeholder, elements_in(parse(html))))


def terms_in(html: str) -> Iterator[str]:
    """Yield the identity of every marked word of a stored body, in order."""
    if TERM_ATTRIBUTE in html:
        for node in filter(is_term, elements_in(parse(html))):
            yield node.attributes[TERM_ATTRIBUTE]

"""Puts the phrases and the signs of the glossary into chapter text when a document is built; pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from plans.text.inline_marks import (
    PLACEHOLDER_ATTRIBUTE,
    SYSTEM_ATTRIBUTE,
    TERM_ATTRIBUTE,
    TERM_SIGN,
    UNSET_ATTRIBUTE,
    PlaceholderUse,
    is_placeholder,
    is_term,
    placeholder_of,
)
from plans.text.markup import Element, Node, parse, serialise

TERM_ANCHOR = "term-"


def term_anchor(uid: str) -> str:
    """Return the anchor by which a marked word leads to its explanation."""
    return f"{TERM_ANCHOR}{uid}"


def explains_terms(table_code: str) -> bool:
    """Tell whether the rows of a table are the words themselves: where marks lead to in print."""
    return table_code == "c-11" or table_code.startswith("c-11-")


@dataclass(frozen=True)
class Words:
    """What one municipality says for its phrases, as one reader may read it.

    `values` holds only phrases that are set, `labels` the names of all keys, `systems` the names of
    information systems by uid, `terms` the uids of the words the glossary explains now.
    """

    values: Mapping[PlaceholderUse, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    systems: Mapping[str, str] = field(default_factory=dict)
    terms: Collection[str] = ()

    def label(self, use: PlaceholderUse) -> str:
        """Return what a phrase is called: 「住民記録の責任者」 for that of one system."""
        label = self.labels.get(use.key, use.key)
        if not use.system:
            return label
        return f"{self.systems.get(use.system, '登録のないシステム')}の{label}"

    def is_set(self, use: PlaceholderUse) -> bool:
        return use in self.values

    def text(self, use: PlaceholderUse) -> str:
        """Return what a reader sees: the value, or 〔label〕."""
        return self.values.get(use) or f"〔{self.label(use)}〕"

    def put_into(self, html: str) -> str:
        """Return a cleaned body with every phrase in its place and every marked word signed.

        An unset phrase stays recognisable by `data-unset`. A word the glossary no longer explains
        is plain text.
        """
        if PLACEHOLDER_ATTRIBUTE not in html and TERM_ATTRIBUTE not in html:
            return html
        return serialise(self._nodes(parse(html), in_link=False))

    def _nodes(self, nodes: Iterable[Node], *, in_link: bool) -> list[Node]:
        result: list[Node] = []
        for node in nodes:
            if isinstance(node, str):
                _append(result, node)
            elif is_placeholder(node):
                _append(result, self._phrase(placeholder_of(node)))
            else:
                link = in_link or node.tag == "a" or is_term(node)
                node.children = self._nodes(node.children, in_link=link)
                for shown in self._signed(node, in_link) if is_term(node) else [node]:
                    _append(result, shown)
        return result

    def _phrase(self, use: PlaceholderUse) -> Node:
        if self.is_set(use):
            return self.values[use]
        attributes = {UNSET_ATTRIBUTE: use.key}
        if use.system:
            attributes[SYSTEM_ATTRIBUTE] = use.system
        return Element("span", attributes, [self.text(use)])

    def _signed(self, node: Element, in_link: bool) -> list[Node]:
        uid = node.attributes[TERM_ATTRIBUTE]
        if uid not in self.terms:
            return node.children
        signed: list[Node] = [*node.children]
        _append(signed, TERM_SIGN)
        return signed if in_link else [Element("a", {"href": f"#{term_anchor(uid)}"}, signed)]


def _append(nodes: list[Node], node: Node) -> None:
    """Add a node; text joins the text before it, so that later rules see whole words."""
    if isinstance(node, str) and nodes and isinstance(nodes[-1], str):
        nodes[-1] += node
    else:
        nodes.append(node)

"""Turns typed, pasted or posted text into the few tags we print."""

import re
from collections.abc import Callable, Iterable

import nh3

from bcp_portal.ui.counted_letters import ended, last, letter_count
from bcp_portal.ui.text import RefusedCharacterError, clean_text
from plans.text.inline_marks import (
    MARK_ATTRIBUTES,
    cleaned_span,
    is_placeholder,
    without_plain_spans,
)
from plans.text.list_numbers import counted_lists, labels_of, with_label
from plans.text.live_blocks import (
    BLOCK_ATTRIBUTE,
    COLUMNS_ATTRIBUTE,
    FILTER_ATTRIBUTE,
    block_of,
    is_live_block,
)
from plans.text.markup import (
    Element,
    NestingError,
    Node,
    elements_in,
    parse,
    serialise,
    text_of,
)
from plans.text.typed_tables import SPAN

MAX_BODY_LENGTH = 200_000
_QUOTED = 12
IMAGE_SOURCE = re.compile(r"image:([0-9a-f]{64})")
# On a page the editor shows a picture by its address; stored, it is named by its content again.
_SHOWN_IMAGE = re.compile(r"(?:image:|(?:\S*/)?images/)([0-9a-f]{64})/?")

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_WRAPPERS = _HEADINGS | {"div", "blockquote", "pre", "section", "article", "figure", "figcaption"}
_RENAMED = {"b": "strong", "i": "em"}
_RUBY_PARTS = {"rb", "rt", "rp", "rtc"}
_INLINE = {"strong", "em", "u", "br", "a", "img", "span", "ruby"}
_LISTS = {"ul", "ol"}
_TABLE_PARTS = {"caption", "thead", "tbody", "tfoot", "tr"}
_CELLS = {"td", "th"}
_PASSING = (
    _WRAPPERS
    | set(_RENAMED)
    | _INLINE
    | _RUBY_PARTS
    | _LISTS
    | _TABLE_PARTS
    | _CELLS
    | {"p", "li", "table"}
)
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "div": {BLOCK_ATTRIBUTE, COLUMNS_ATTRIBUTE, FILTER_ATTRIBUTE},
    "span": set(MARK_ATTRIBUTES),
    "ol": {"start", "type"},
    "li": {"value"},
}
_LINK_TARGET = re.compile(r"(?:https?://|mailto:|tel:|#|/(?!/))\S+", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z]")


class CleaningError(ValueError):
    """The text cannot be kept; the message is a Japanese sentence that says why and what to do."""


def clean_body(raw: str) -> str:
    """Return safe HTML of paragraphs, lists, tables, pictures, live blocks and inline marks.

    Text without any tag (the editor without JavaScript) becomes paragraphs at blank lines.
    Raises CleaningError for 外字 and what no font prints, for text that is too long or nested too deeply.
    """
    if len(raw) > MAX_BODY_LENGTH:
        raise CleaningError(
            f"本文が長すぎます（{len(raw):,}文字）。{MAX_BODY_LENGTH:,}文字以内になるよう、"
            "章や節を分けてください。"
        )
    html = raw if _TAG.search(raw) else _paragraphs(raw)
    safe = nh3.clean(
        html,
        tags=_PASSING,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel", "image"},
        link_rel=None,
    )
    try:
        nodes = _without_blank_end(_Flow(paragraphs=True).of(without_plain_spans(parse(safe))))
    except NestingError as error:
        raise CleaningError(str(error)) from error
    _refuse_characters(text_of(nodes))
    return _without_invisible(serialise(nodes))


def is_empty_body(html: str) -> bool:
    """Tell whether a cleaned body says nothing: no text, no phrase, no picture, no table."""
    nodes = parse(html)
    if text_of(nodes).strip():
        return False
    return not any(
        node.tag == "img" or is_live_block(node) or is_placeholder(node)
        for node in elements_in(nodes)
    )


def images_in(html: str) -> list[str]:
    """Return the SHA-256 of each picture a body shows, in order, once each."""
    found = (
        IMAGE_SOURCE.fullmatch(node.attributes.get("src", ""))
        for node in elements_in(parse(html))
        if node.tag == "img"
    )
    return list(dict.fromkeys(match.group(1) for match in found if match))


def with_image_addresses(html: str, address_of: Callable[[str], str]) -> str:
    """Return a stored body as a page shows it; address_of takes the SHA-256 of a picture."""
    nodes = parse(html)
    for node in elements_in(nodes):
        if node.tag == "img":
            source = IMAGE_SOURCE.fullmatch(node.attributes.get("src", ""))
            if source:
                node.attributes["src"] = address_of(source.group(1))
    return serialise(nodes)


def _paragraphs(text: str) -> str:
    blocks = re.split(r"\n[ \t　]*\n", text.replace("\r\n", "\n").strip())
    return "".join(
        f"<p>{'<br>'.join(nh3.clean_text(line) for line in block.splitlines())}</p>"
        for block in blocks
        if block.strip()
    )


def _without_blank_end(nodes: list[Node]) -> list[Node]:
    """Drop the blank paragraphs that every editor leaves behind the last word."""
    while nodes and is_empty_body(serialise(nodes[-1:])):
        nodes.pop()
    return nodes


def _refuse_characters(text: str) -> None:
    try:
        clean_text(text)
    except RefusedCharacterError as error:
        before, _, after = text.partition(error.character)
        front = f"{'…' if letter_count(before) > _QUOTED else ''}{last(before, _QUOTED)}"
        around = f"{front}{error.character}{ended(after, _QUOTED)}".replace("\n", " ")
        raise CleaningError(f"本文の{error}（前後の文：「{around}」）") from error


def _without_invisible(html: str) -> str:
    try:
        return clean_text(html)
    except RefusedCharacterError as error:
        raise CleaningError(
            f"図の説明、リンク先または表の条件に、登録できない文字「{error.character}」"
            f"（{error.code}）があります。標準の文字に置き換えてください。"
        ) from error


class _Flow:
    """Rebuilds one level of blocks: at the top, and inside wrappers, loose text gets a paragraph."""

    def __init__(self, *, paragraphs: bool, lifted: list[Node] | None = None) -> None:
        self.paragraphs = paragraphs
        self.top = lifted is None
        self.lifted: list[Node] = [] if lifted is None else lifted
        self.result: list[Node] = []
        self.loose: list[Node] = []

    def of(self, nodes: Iterable[Node]) -> list[Node]:
        for node in nodes:
            if isinstance(node, str) or _RENAMED.get(node.tag, node.tag) in _INLINE:
                self.loose += _inline([node])
            else:
                self._close()
                self._block(node)
                self._lower()
        self._close()
        self._lower()
        return self.result

    def _close(self) -> None:
        """End the loose run; one of mere blanks between blocks is dropped."""
        meaningful = any(not isinstance(node, str) or node.strip() for node in self.loose)
        if meaningful and self.paragraphs:
            self.result.append(Element("p", {}, self.loose))
        elif meaningful:
            self.result += self.loose
        self.loose = []

    def _lower(self) -> None:
        """Set down a table that stood inside a list or cell: behind it, at the top level."""
        if self.top:
            self.result += self.lifted
            self.lifted.clear()

    def _block(self, node: Element) -> None:
        if is_live_block(node):
            self.lifted.append(block_of(node).to_element())
        elif node.tag == "p":
            self.result.append(Element("p", {}, _inline(node.children)))
        elif node.tag in _WRAPPERS:
            inner = _Flow(paragraphs=True, lifted=self.lifted)
            self.result += inner.of(node.children)
        elif node.tag in _LISTS:
            self.result += self._list(node)
        elif node.tag == "table":
            self.result += self._table(node)
        else:  # a list item or table part that stands alone
            self.result += _Flow(paragraphs=True, lifted=self.lifted).of(node.children)

    def _list(self, node: Element) -> list[Node]:
        """Keep the points and their numbers; what stands between points is a point or part of one."""
        items: list[Element] = []
        for child in node.children:
            if isinstance(child, Element) and child.tag in _LISTS and items:
                items[-1].children += self._list(child)
            elif isinstance(child, Element) and child.tag == "li":
                items.append(Element("li", child.attributes, self._point(node, child.children)))
            elif held := self._point(node, [child]):
                items.append(Element("li", {}, held))
        if labels := labels_of(node, items):
            pairs = zip(labels, items, strict=True)
            return [part for label, item in pairs for part in with_label(label, item.children)]
        return list(counted_lists(node, items))

    def _point(self, node: Element, children: list[Node]) -> list[Node]:
        if labels_of(node, []) is not None:
            return _Flow(paragraphs=True, lifted=self.lifted).of(children)
        return _unwrapped(self._inside(children))

    def _table(self, node: Element) -> list[Node]:
        parts = [self._part(child) for child in node.elements]
        has_cell = any(inner.tag in _CELLS for inner in elements_in(node.children))
        return [Element("table", {}, list(parts))] if has_cell else []

    def _part(self, node: Element) -> Element:
        if node.tag in _CELLS:
            return Element(node.tag, _spans(node), _unwrapped(self._inside(node.children)))
        if node.tag == "caption":
            return Element("caption", {}, _inline(node.children))
        children = [self._part(child) for child in node.elements]
        return Element(node.tag, {}, list(children))

    def _inside(self, children: list[Node]) -> list[Node]:
        return _Flow(paragraphs=False, lifted=self.lifted).of(children)


def _inline(nodes: Iterable[Node]) -> list[Node]:
    """Keep text, emphasis, links, breaks, pictures and marks; all else leaves its content."""
    kept: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            kept.append(node)
            continue
        tag = _RENAMED.get(node.tag, node.tag)
        if tag == "br":
            kept.append(Element("br"))
        elif tag == "img":
            kept += _picture(node)
        elif tag == "ruby":
            kept += _read_aloud(node)
        elif tag in _RUBY_PARTS:
            kept += _inline(node.children)
        elif tag == "span":
            kept += cleaned_span(node, _inline(node.children))
        elif tag == "a" and not _LINK_TARGET.fullmatch(node.attributes.get("href", "")):
            kept += _inline(node.children)
        elif tag in _INLINE:
            href = {"href": node.attributes["href"]} if tag == "a" else {}
            kept.append(Element(tag, href, _inline(node.children)))
        else:
            kept += [*([Element("br")] if kept else []), *_inline(node.children)]
    return kept


def _read_aloud(ruby: Element) -> list[Node]:
    """Put the reading of a word in brackets behind it, as Word files are read: 代替（だいたい）."""
    kept: list[Node] = []
    for part in ruby.children:
        if isinstance(part, Element) and part.tag in ("rt", "rtc"):
            reading = text_of(part.children).strip()
            kept += [f"（{reading}）"] if reading else []
        elif isinstance(part, str) or part.tag != "rp":
            kept += _inline([part])
    return kept


def _picture(node: Element) -> list[Node]:
    source = _SHOWN_IMAGE.fullmatch(node.attributes.get("src", ""))
    if not source:
        return []
    attributes = {"src": f"image:{source.group(1)}", "alt": node.attributes.get("alt", "")}
    return [Element("img", attributes)]


def _spans(node: Element) -> dict[str, str]:
    return {
        name: node.attributes[name]
        for name in ("colspan", "rowspan")
        if SPAN.fullmatch(node.attributes.get(name, "")) and node.attributes[name] != "1"
    }


def _unwrapped(children: list[Node]) -> list[Node]:
    """Put the text of a cell or item that is one paragraph straight into it: printing is faster."""
    if len(children) == 1 and isinstance(children[0], Element) and children[0].tag == "p":
        return children[0].children
    return children

"""Writes chapter text for the operation log, so that two texts that print differently never read alike."""

import hashlib
from collections.abc import Iterable, Iterator

from bcp_portal.audit.services import Change
from plans.text.markup import VOID_TAGS, Element, Node, parse, readable_lines

_TAGS = {
    "p": "段落",
    "strong": "太字",
    "em": "斜体",
    "u": "下線",
    "br": "改行",
    "a": "リンク",
    "img": "図",
    "span": "印",
    "ul": "箇条書き",
    "ol": "番号付きの箇条書き",
    "li": "項目",
    "table": "表",
    "caption": "表題",
    "thead": "表の頭",
    "tbody": "表の本体",
    "tfoot": "表の末尾",
    "tr": "行",
    "th": "見出しのセル",
    "td": "セル",
    "div": "様式の表",
}
_ATTRIBUTES = {
    "href": "リンク先",
    "src": "画像",
    "alt": "代替テキスト",
    "colspan": "横のセル数",
    "rowspan": "縦のセル数",
    "start": "始まりの番号",
    "type": "番号の形",
    "value": "番号",
    "data-placeholder": "差し込み",
    "data-system": "システム",
    "data-term": "用語",
    "data-live-block": "様式",
    "data-columns": "項目",
    "data-filter": "条件",
}
_INLINE = frozenset({"strong", "em", "u", "br", "a", "img", "span"})
_PICTURE_DIGITS = 12


def body_change(name: str, label: str, before: str, after: str) -> Change:
    """Return what the log says of a text that changed: its words, or its form where these are the same."""
    texts = [readable_with_targets(html) for html in (before, after)]
    if texts[0] == texts[1]:
        texts = ["".join(_marked(parse(html))).strip("\n") for html in (before, after)]
    digests = digest_of(before), digest_of(after)
    return Change(name, label, texts[0], texts[1], digests=digests)


def digest_of(html: str) -> str:
    """Return the SHA-256 of a stored text."""
    return hashlib.sha256(html.encode()).hexdigest()


def readable_with_targets(html: str) -> str:
    """Return a text as plain lines that say where links lead and which picture is shown."""
    return readable_lines([_with_target(node) for node in parse(html)])


def picture_name(source: str) -> str:
    """Return by what a reader tells two pictures apart: the beginning of the SHA-256 of the file."""
    return f"画像{source.removeprefix('image:')[:_PICTURE_DIGITS]}"


def _with_target(node: Node) -> Node:
    if isinstance(node, str):
        return node
    attributes = dict(node.attributes)
    children = [_with_target(child) for child in node.children]
    if node.tag == "a":
        children.append(f"〔リンク先：{attributes.get('href', '')}〕")
    if node.tag == "img":
        words = (attributes.get("alt", ""), picture_name(attributes.get("src", "")))
        attributes["alt"] = "　".join(filter(None, words))
    return Element(node.tag, attributes, children)


def _marked(nodes: Iterable[Node]) -> Iterator[str]:
    """Yield the text with every tag and attribute in words: two texts are never the same in it."""
    for node in nodes:
        if isinstance(node, str):
            yield node
            continue
        name = _TAGS.get(node.tag, node.tag)
        said = "".join(
            f"　{_ATTRIBUTES.get(key, key)}：{value}" for key, value in node.attributes.items()
        )
        is_line = node.tag not in _INLINE
        yield f"\n〔{name}{said}〕" if is_line else f"〔{name}{said}〕"
        yield from _marked(node.children)
        if node.tag not in VOID_TAGS:
            yield f"〔{name}ここまで〕"

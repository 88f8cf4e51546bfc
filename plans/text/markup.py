"""Reads and writes fragments of chapter HTML as a small tree, so that no rule works on raw text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from plans.text.phrase_keys import SHIPPED_LABELS

VOID_TAGS = frozenset({"br", "img"})
MAX_NESTING = 60


class NestingError(ValueError):
    """The fragment is nested deeper than any text a person writes."""

    def __init__(self) -> None:
        super().__init__("本文の入れ子が深すぎます。表や箇条書きの入れ子を減らしてください。")


@dataclass
class Element:
    """One tag with its attributes and what it holds; text is a plain decoded str."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)

    @property
    def elements(self) -> list["Element"]:
        """What it holds, without the text between."""
        return [child for child in self.children if isinstance(child, Element)]


Node = Element | str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID_TAGS:
            self.open.append(element)
        if len(self.open) > MAX_NESTING:
            raise NestingError

    def handle_endtag(self, tag: str) -> None:
        tags = [element.tag for element in self.open]
        if tag in tags[1:]:
            del self.open[len(tags) - 1 - tags[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        children = self.open[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += data
        else:
            children.append(data)


def parse(html: str) -> list[Node]:
    """Return the nodes of a fragment; NestingError when it is nested too deeply."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root.children


def serialise(nodes: Iterable[Node]) -> str:
    """Return the HTML of the nodes, escaped."""
    return "".join(_html(node) for node in nodes)


def _html(node: Node) -> str:
    if isinstance(node, str):
        return escape(node, quote=False)
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    start = f"<{node.tag}{attributes}>"
    return start if node.tag in VOID_TAGS else f"{start}{serialise(node.children)}</{node.tag}>"


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield every node in document order."""
    for node in nodes:
        yield node
        if isinstance(node, Element):
            yield from walk(node.children)


def elements_in(nodes: Iterable[Node]) -> Iterator[Element]:
    """Yield every element in document order."""
    return (node for node in walk(nodes) if isinstance(node, Element))


def text_of(nodes: Iterable[Node]) -> str:
    """Return the text of the nodes without tags, run together."""
    return "".join(node for node in walk(nodes) if isinstance(node, str))


_LINE_TAGS = frozenset({"p", "li", "tr", "caption", "br", "div"})


def readable_text(html: str) -> str:
    """Return a body as plain lines: its words, without where links lead and how it looks."""
    return readable_lines(parse(html))


def readable_lines(nodes: Iterable[Node]) -> str:
    """Return the nodes of a body as plain lines, as `readable_text` does."""
    lines = [""]
    _read_lines(nodes, lines)
    return "\n".join(line.strip() for line in lines if line.strip())


def _read_lines(nodes: Iterable[Node], lines: list[str], number: int = 0) -> None:
    """Add the lines of nodes; points count from `number`, those of a list without numbers (0) have dots."""
    for node in nodes:
        if isinstance(node, str):
            lines[-1] += node
            continue
        if node.tag in _LINE_TAGS:
            lines.append("")
        if node.tag == "li":
            lines[-1] = f"{number}. " if number else "・"
            number += bool(number)
        lines[-1] += _shown(node)
        if node.tag in {"td", "th"} and lines[-1]:
            lines[-1] += " ｜ "
        start = node.attributes.get("start", "1") if node.tag == "ol" else "0"
        _read_lines(node.children, lines, int(start) if start.isdigit() else 1)
        if node.attributes.get("data-term"):
            lines[-1] += "（※）"
        if node.tag in _LINE_TAGS:
            lines.append("")


def _shown(node: Element) -> str:
    """Return what stands for a table of rows, a picture or a phrase; "" for other elements."""
    shown = ""
    if node.attributes.get("data-live-block"):
        shown += f"〔表：{' '.join(node.attributes.values())}〕"
    if node.tag == "img":
        shown += f"〔図：{node.attributes.get('alt') or node.attributes.get('src', '')}〕"
    return shown + (_phrase(node) if node.attributes.get("data-placeholder") else "")


def _phrase(node: Element) -> str:
    key = node.attributes["data-placeholder"]
    apart = "・システム別" if node.attributes.get("data-system") else ""
    return f"〔差し込み{apart}：{SHIPPED_LABELS.get(key, key)}〕"

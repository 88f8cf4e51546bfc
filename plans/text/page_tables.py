"""Puts tables of chapter text into frames that scroll, so that a page stays readable beside them."""

from plans.text.markup import Element, Node, parse, serialise

_FRAME = {
    "class": "table-scroll",
    "tabindex": "0",
    "role": "group",
    "aria-label": "本文の表（左右に動かせます）",
}


def in_scrolling_frames(html: str) -> str:
    """Return a cleaned body with a frame around every table at its top level."""
    if "<table" not in html:
        return html
    nodes: list[Node] = [
        Element("div", dict(_FRAME), [node])
        if isinstance(node, Element) and node.tag == "table"
        else node
        for node in parse(html)
    ]
    return serialise(nodes)

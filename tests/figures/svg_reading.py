"""Reads a drawn figure back: its words, its smallest letters, its elements and attributes."""

import re
from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from bcp_portal.figures.drawing import Drawing, draw
from bcp_portal.figures.graph import Graph

SVG = "{http://www.w3.org/2000/svg}"


def drawn(graphs: Iterable[Graph]) -> Drawing:
    """Return the drawing, which must exist."""
    drawing = draw(graphs)
    assert drawing is not None
    return drawing


def elements(svg: str) -> list[Element]:
    return list(ElementTree.fromstring(svg).iter())


def words(svg: str) -> str:
    """Return all text without line breaks and spaces: labels are wrapped."""
    texts = ["".join(e.itertext()) for e in elements(svg) if e.tag == f"{SVG}text"]
    return re.sub(r"\s", "", "".join(texts))


def size(svg: str) -> tuple[float, float]:
    """Return width and height as printed, in points."""
    root = ElementTree.fromstring(svg)
    return float(root.attrib["width"][:-2]), float(root.attrib["height"][:-2])


def smallest_print(svg: str) -> float:
    """Return the size in points of the smallest letters as printed."""
    root = ElementTree.fromstring(svg)
    scale = size(svg)[0] / float(root.attrib["viewBox"].split()[2])
    return (
        min(float(e.attrib["font-size"]) for e in elements(svg) if "font-size" in e.attrib) * scale
    )

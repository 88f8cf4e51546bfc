"""Reads what graphviz laid out: which marks belong to which block, box and arrow."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from bcp_portal.figures.dot_source import BOX, NODE
from bcp_portal.figures.strokes import Bounds, Mark, Spot, bounds_of, mark_of

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_SHIFT = "translate("


@dataclass
class DrawnBlock:
    """One laid out block: its marks, what it takes up, and the outline of each of its boxes."""

    number: int
    marks: list[Mark]
    bounds: Bounds
    boxes: dict[int, "BoxPlace"] = field(default_factory=dict)

    def move(self, right: float, down: float) -> None:
        self.marks = [mark.moved(right, down) for mark in self.marks]
        self.bounds = self.bounds.moved(right, down)
        self.boxes = {
            number: BoxPlace(place.outline.moved(right, down), place.whole.moved(right, down))
            for number, place in self.boxes.items()
        }


@dataclass(frozen=True)
class BoxPlace:
    """Where a box lies: its own outline, and that together with what is attached to it."""

    outline: Bounds
    whole: Bounds


@dataclass
class DrawnGraph:
    """A laid out graph, in points from the upper left corner."""

    width: float
    height: float
    nodes: dict[int, DrawnBlock]
    arrows: list[Mark]


def read_picture(svg: str) -> DrawnGraph:
    """Return the parts of graphviz's SVG."""
    root = ElementTree.fromstring(svg)  # noqa: S314  (written by graphviz a moment ago)
    graph = root.find(f"{_SVG}g")
    if graph is None:
        raise ValueError("graphviz wrote no graph")
    origin = _origin(graph)
    _left, _top, width, height = map(float, root.get("viewBox", "0 0 0 0").split())
    picture = DrawnGraph(width, height, {}, [])
    for group in graph.findall(f"{_SVG}g"):
        marks = list(_marks(group, origin))
        match group.get("class"):
            case "node":
                node = _node(group, marks, origin)
                if node:
                    picture.nodes[node.number] = node
            case "edge":
                picture.arrows += marks
    return picture


def _node(group: Element, marks: list[Mark], origin: Spot) -> DrawnBlock | None:
    bounds = bounds_of(marks)
    name = group.findtext(f"{_SVG}title", "")
    if bounds is None:  # an invisible point: graphviz writes no outline for it
        return None
    node = DrawnBlock(int(name.removeprefix(NODE)), marks, bounds)
    for link in group.iter(f"{_SVG}a"):
        inside = list(_marks(link, origin))
        outlines = [b for mark in inside if (b := bounds_of([mark]))]
        whole = bounds_of(inside)
        if outlines and whole:
            number = int(link.get(_LINK, "").removeprefix(BOX))
            node.boxes[number] = BoxPlace(outlines[0], whole)
    return node


def _marks(group: Element, origin: Spot) -> Iterator[Mark]:
    for element in group.iter():
        mark = mark_of(element, element.tag.removeprefix(_SVG), origin)
        if mark is not None and mark.spots:
            yield mark


def _origin(graph: Element) -> Spot:
    """Return where graphviz puts its own origin."""
    transform = graph.get("transform", "")
    x, y = transform[transform.index(_SHIFT) + len(_SHIFT) : -1].split()
    return float(x), float(y)

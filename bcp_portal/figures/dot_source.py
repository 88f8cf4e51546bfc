"""Writes a graph in the language of graphviz; names are our own, only labels hold foreign text."""

from collections.abc import Iterator

from bcp_portal.figures.box_sizes import LINE_SIZE, box_width, spacing_of
from bcp_portal.figures.graph import Arrow, Block, BoxShape, Direction, Graph
from bcp_portal.figures.labels import FONT, INK, LabelWriter
from bcp_portal.figures.lane_labels import lane_label

NODE, BOX = "n", "b"
# Inches between neighbours of one rank, and between ranks.
_BESIDE = {Direction.DOWN: 0.16, Direction.RIGHT: 0.11}
_BESIDE_TIGHT = {Direction.DOWN: 0.16, Direction.RIGHT: 0.06}
_BETWEEN_RANKS = {Direction.DOWN: 0.29, Direction.RIGHT: 0.24}
# Towards the right, lines leave in the middle of one side and arrive in the middle of the other.
_PORTS = {"tailport": "e", "headport": "w"}
_ROOM_FOR_CURVES = 0.45


def dot_source(graph: Graph) -> str:
    """Return the graph as DOT: node n<i> is block i, box b<i> the i-th box of all blocks."""
    return "\n".join(["digraph {", *_settings(graph), *_body(graph), "}\n"])


def box_numbers(graph: Graph) -> dict[str, int]:
    """Return the number of the first box of each block, by the key of the block."""
    numbers: dict[str, int] = {}
    count = 0
    for block in graph.blocks:
        numbers[block.key] = count
        count += len(block.boxes)
    return numbers


def _settings(graph: Graph) -> Iterator[str]:
    beside = (_BESIDE_TIGHT if graph.tight else _BESIDE)[graph.direction]
    between = _BETWEEN_RANKS[graph.direction]
    if graph.direction is Direction.RIGHT and not graph.elbows:
        between = _ROOM_FOR_CURVES
    lines = "none" if graph.elbows else "spline"
    yield (
        f'graph [charset="UTF-8" fontname="{FONT}" fontsize="{LINE_SIZE}" rankdir="{graph.direction}"'
        f' nodesep="{beside}" ranksep="{between}" splines="{lines}" newrank="true"]'
    )
    yield f'node [shape="plain" fontname="{FONT}" fontsize="{LINE_SIZE}" fontcolor="{INK}"]'
    yield (
        f'edge [color="{INK}" fontname="{FONT}" fontsize="{LINE_SIZE}" fontcolor="{INK}"'
        ' arrowsize="0.6" penwidth="0.8"]'
    )


def _body(graph: Graph) -> Iterator[str]:
    nodes = {block.key: f"{NODE}{number}" for number, block in enumerate(graph.blocks)}
    numbers = box_numbers(graph)
    writer = LabelWriter(graph.label_width, _box_widths(graph), spacing_of(graph))
    for block in graph.blocks:
        yield _node(nodes[block.key], block, writer, numbers[block.key])
    for arrow in graph.arrows:
        ports = _PORTS if graph.direction is Direction.RIGHT else {}
        yield _arrow(arrow, nodes, ports)


def _box_widths(graph: Graph) -> dict[str, float]:
    """Return the width of the boxes of each kin: that of the widest."""
    widths: dict[str, float] = {}
    for box in (box for block in graph.blocks for box in block.boxes):
        if box.shape in (BoxShape.BOX, BoxShape.ROUND, BoxShape.HEAD):
            widths[box.kin] = max(box_width(box, graph.label_width), widths.get(box.kin, 0))
    return widths


def _node(name: str, block: Block, writer: LabelWriter, first_number: int) -> str:
    if block.sections:
        return f"{name} [label=<{lane_label(block, writer, first_number)}>]"
    if block.box.shape is BoxShape.POINT:
        return f'{name} [shape="point" width="0.01" height="0.01" color="transparent"]'
    return f"{name} [label=<{writer.block(block, first_number)}>]"


def _arrow(arrow: Arrow, nodes: dict[str, str], ports: dict[str, str]) -> str:
    settings = {
        "style": "invis" if arrow.hidden else "dashed" if arrow.dashed else "solid",
        "arrowhead": "normal" if arrow.tip else "none",
        "dir": "both" if arrow.both else "forward",
        "minlen": str(arrow.ranks),
        **ports,
        "weight": "0" if arrow.hidden else "1" if arrow.level else "8",
    }
    source, target = nodes[arrow.source], nodes[arrow.target]
    text = " ".join(f'{name}="{value}"' for name, value in settings.items())
    statement = f"{source} -> {target} [{text}]"
    return f"{{ rank=same {statement} }}" if arrow.level else statement

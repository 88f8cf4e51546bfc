"""Makes a figure of a drawing and its words; what cannot be drawn is shown in words, and says why."""

from collections.abc import Iterable

from bcp_portal.figures.drawing import Drawing, draw
from bcp_portal.figures.figure import Figure, FigureLine
from bcp_portal.figures.graph import Graph
from bcp_portal.figures.graphviz import DrawingFailedError, GraphvizMissingError

TOO_LARGE = "枠や線が多く、1ページでは読める大きさになりません。"
IN_WORDS = "図の代わりに、内容を文章で示します。"


def make_figure(
    *,
    code: str,
    title: str,
    graphs: Iterable[Graph],
    alternative: tuple[FigureLine, ...],
    legend: str,
) -> Figure:
    """Return the figure; without a readable drawing its `note` says why, and the words remain."""
    try:
        drawing = draw(graphs)
        note = "" if drawing else TOO_LARGE + IN_WORDS
    except (GraphvizMissingError, DrawingFailedError) as error:
        drawing, note = None, error.message + IN_WORDS
    if drawing is None:
        return Figure(code, title, "", alternative, note=note)
    return _drawn(code, title, drawing, alternative, legend)


def _drawn(
    code: str, title: str, drawing: Drawing, alternative: tuple[FigureLine, ...], legend: str
) -> Figure:
    return Figure(code, title, drawing.svg, alternative, legend=legend, landscape=drawing.landscape)

"""Writes chapter text as paragraphs, lists, tables and pictures of Word."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from plans.printing.problems import ImageMissingError
from plans.printing.prose import IMAGE_SCHEME, LoadImage
from plans.text.inline_marks import UNSET_ATTRIBUTE
from plans.text.list_numbers import first_number
from plans.text.markup import Element, Node, parse
from plans.text.typed_tables import rows_of, span
from plans.word.outward.fields import external_link, internal_link
from plans.word.outward.markup import PLAIN, Look, ParagraphShape, paragraph, run, words
from plans.word.outward.numbering import STEP_TWIPS, Lists
from plans.word.outward.pictures import Pictures
from plans.word.outward.tables import WordCell, exact_widths, grid

_LISTS = {"ul", "ol"}
_BLOCKS = _LISTS | {"table"}
_HEAD_SHADE = "E9EEF4"
_UNSET = "9A3412"
# More columns than these stand on a lying sheet, and in smaller type.
_UPRIGHT_COLUMNS, _USUAL_COLUMNS = 12, 6
_SMALL_POINTS, _USUAL_POINTS = 8.0, 9.5


@dataclass(frozen=True)
class ProseStretch:
    """A stretch of the text, and whether it needs a lying sheet."""

    xml: str
    lies: bool = False


@dataclass(frozen=True)
class ProseStyles:
    """The identities of the styles that text uses."""

    table: str
    cell: str
    caption: str
    link: str


@dataclass(frozen=True)
class ProseTools:
    """What text needs of the file it goes into.

    `rooms` are width and height in points of an upright and a lying sheet; `relate` gives the
    relation of an address outside, `anchors` are the places inside that links may lead to.
    """

    styles: ProseStyles
    lists: Lists
    pictures: Pictures
    load_image: LoadImage
    relate: Callable[[str], str]
    anchors: frozenset[str]
    rooms: tuple[tuple[float, float], tuple[float, float]]


class ProseWriter:
    """Writes the text of one section; `place` names it when a picture is missing."""

    def __init__(self, tools: ProseTools, place: str) -> None:
        self._tools = tools
        self._place = place

    def pieces(self, html: str) -> Iterator[ProseStretch]:
        """Yield the text in order; DomainError when one of its pictures is not there."""
        for node in parse(html):
            if isinstance(node, Element) and node.tag == "table":
                yield self._table(node)
            else:
                yield ProseStretch(self._blocks([node], ParagraphShape()))

    def _blocks(self, nodes: Iterable[Node], shape: ParagraphShape, look: Look = PLAIN) -> str:
        """Return nodes as paragraphs; what stands loose between them gets one of its own."""
        written: list[str] = []
        loose: list[str] = []

        def close() -> None:
            if "".join(loose).strip():
                written.append(paragraph("".join(loose), shape))
            loose.clear()

        for node in nodes:
            if isinstance(node, str):
                loose.append(run(node, look) if node.strip() else "")
            elif node.tag == "p":
                close()
                written.append(paragraph(self._inline(node.children, look), shape))
            elif node.tag in _LISTS:
                close()
                written.append(self._list(node, shape.list_level + bool(shape.list_number), look))
            elif node.tag == "table":
                close()
                written.append(self._table(node).xml)
            else:
                loose.append(self._inline([node], look))
        close()
        return "".join(written)

    def _list(self, node: Element, level: int, look: Look) -> str:
        lists = self._tools.lists
        counted = node.tag == "ol"
        number = lists.counted(level, first_number(node)) if counted else lists.dotted
        first = ParagraphShape(list_number=number, list_level=min(level, 3))
        return "".join(self._item(item, first, look) for item in node.elements)

    def _item(self, item: Element, shape: ParagraphShape, look: Look) -> str:
        """Return one point; its paragraphs are one with breaks, so that only one carries the mark."""
        said: list[Node] = []
        below = list(item.children)
        while below and (isinstance(below[0], str) or below[0].tag not in _BLOCKS):
            node = below.pop(0)
            if isinstance(node, Element) and node.tag == "p":
                said += [*([Element("br")] if said else []), *node.children]
            else:
                said.append(node)
        own = paragraph(self._inline(said, look), shape) if said or not below else ""
        inside = shape.list_level + 1
        return own + self._blocks(
            below, ParagraphShape(list_level=inside, indent=inside * STEP_TWIPS), look
        )

    def _inline(self, nodes: Iterable[Node], look: Look) -> str:
        return "".join(
            run(node, look) if isinstance(node, str) else self._mark(node, look) for node in nodes
        )

    def _mark(self, node: Element, look: Look) -> str:
        if node.tag == "br":
            return f"<w:r>{words(chr(10))}</w:r>"
        if node.tag == "img":
            return self._picture(node)
        if node.tag == "a":
            return self._link(node, look)
        if node.tag == "strong":
            look = replace(look, bold=True)
        elif node.tag == "em":
            look = replace(look, italic=True)
        elif node.tag == "u":
            look = replace(look, underline=True)
        elif UNSET_ATTRIBUTE in node.attributes:
            look = replace(look, colour=_UNSET)
        return self._inline(node.children, look)

    def _link(self, node: Element, look: Look) -> str:
        target = node.attributes.get("href", "")
        inside = target.removeprefix("#")
        if target.startswith("#"):
            content = self._inline(node.children, look)
            return internal_link(inside, content) if inside in self._tools.anchors else content
        content = self._inline(node.children, replace(look, style=self._tools.styles.link))
        if not target.startswith(("http://", "https://", "mailto:")):
            return self._inline(node.children, look)
        return external_link(self._tools.relate(target), content)

    def _picture(self, node: Element) -> str:
        sha256 = node.attributes.get("src", "").removeprefix(IMAGE_SCHEME)
        try:
            content = self._tools.load_image(sha256)
            return self._tools.pictures.run(
                content, node.attributes.get("alt", ""), self._tools.rooms[0]
            )
        except (LookupError, OSError, ValueError):
            raise ImageMissingError(self._place) from None

    def _table(self, node: Element) -> ProseStretch:
        rows = [row.elements for row in rows_of(node)]
        columns = max((sum(span(c, "colspan") for c in cells) for cells in rows), default=0)
        if not columns:
            return ProseStretch("")
        lies = columns > _UPRIGHT_COLUMNS
        points = _USUAL_POINTS if columns <= _USUAL_COLUMNS else _SMALL_POINTS
        measure = round(self._tools.rooms[lies][0] * 20)
        widths = exact_widths([1.0] * columns, measure)
        written = [*_placed(rows, columns, lambda cell: self._cell(cell, points))]
        heads = sum(1 for cells in rows if cells and all(c.tag == "th" for c in cells))
        caption = next((c for c in node.elements if c.tag == "caption"), None)
        above = ParagraphShape(style=self._tools.styles.caption, keep_next=True)
        title = paragraph(self._inline(caption.children, PLAIN), above) if caption else ""
        table = grid(written, widths, self._tools.styles.table, heads=min(heads, len(rows)))
        # Two tables without a paragraph between them would become one.
        return ProseStretch(title + table + paragraph(""), lies)

    def _cell(self, node: Element, points: float) -> WordCell:
        look = Look(points=points, bold=node.tag == "th")
        shape = ParagraphShape(style=self._tools.styles.cell)
        content = self._blocks(node.children, shape, look)
        # A cell must end with a paragraph, also behind a table inside it.
        if not content.endswith("</w:p>"):
            content += paragraph("", shape)
        return WordCell(
            content,
            columns=span(node, "colspan"),
            shade=_HEAD_SHADE if node.tag == "th" else "",
        )


def _placed(
    rows: Sequence[Sequence[Element]], columns: int, cell_of: Callable[[Element], WordCell]
) -> Iterator[list[WordCell]]:
    """Yield rows in which every column is taken: cells from above go on, what is missing is blank."""
    above: dict[int, tuple[int, int]] = {}  # column -> rows still covered, columns of the cell
    for cells in rows:
        placed: list[WordCell] = []
        waiting = list(cells)
        column = 0
        while column < columns:
            left, width = above.pop(column, (0, 0))
            if left:
                placed.append(WordCell("<w:p/>", columns=width, merge="go on"))
                if left > 1:
                    above[column] = (left - 1, width)
            elif waiting:
                node = waiting.pop(0)
                free = next((n for n in range(column, columns) if n in above), columns) - column
                width = min(span(node, "colspan"), free)
                high = span(node, "rowspan")
                made = replace(cell_of(node), columns=width, merge="begin" if high > 1 else "")
                placed.append(made)
                if high > 1:
                    above[column] = (high - 1, width)
            else:
                width = 1
                placed.append(WordCell("<w:p/>"))
            column += width
        yield placed

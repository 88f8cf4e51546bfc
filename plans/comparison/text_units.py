"""Takes chapter text apart into the units that are compared: sentences, list items, table lines."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bcp_portal.spelling.widths import fold
from plans.text.inline_marks import TERM_SIGN
from plans.text.markup import Element, Node, parse, text_of
from plans.text.typed_tables import rows_of, span

_BLOCKS = frozenset({"p", "li", "ul", "ol", "table", "thead", "tbody", "tfoot", "tr", "div"})
_OPENING, _CLOSING = "「『（(【〔［[｛{", "」』）)】〕］]｝}"
_ENDS = "。！？"
# Words of the glossary are links that end in a sign: no part of what the sentence says.
TERM_ADDRESS = "#term-"
CELL_MARK = " ｜ "
_COUNTED = re.compile(r"(?:様式|別表|第)?[0-9][0-9.\-・･()（）ア-ンの第章節項目]*")


@dataclass(frozen=True)
class TextUnit:
    """A sentence, a list item or a row of a typed table; or a picture, whose text is its words.

    `references` are the spans of links to other parts, with the anchor each leads to; `links` say
    where links end that lead out of the plan, and to which address. A row of a typed table has its
    cells, and the first row of the table if that is its head.
    """

    text: str
    key: str
    references: Mapping[tuple[int, int], str] = field(default_factory=dict)
    links: tuple[tuple[int, str], ...] = ()
    picture: str = ""
    cells: tuple["CellUnit", ...] = ()
    head: "TextUnit | None" = None

    @property
    def counted(self) -> dict[tuple[int, int], str]:
        """Return those references whose words are a number that the program counts."""
        return {
            span: to
            for span, to in self.references.items()
            if _COUNTED.fullmatch(fold(self.text[slice(*span)]))
        }


@dataclass(frozen=True)
class CellUnit:
    """One cell of a typed table; what a cell above reaches down over is an empty one."""

    unit: TextUnit
    columns: int = 1
    is_head: bool = False


@dataclass
class _Line:
    text: str = ""
    references: dict[tuple[int, int], str] = field(default_factory=dict)
    links: list[tuple[int, str]] = field(default_factory=list)


def units_of(html: str) -> Iterator[TextUnit]:
    """Yield the units of cleaned chapter HTML in order; emphasis makes none."""
    yield from _read(parse(html))


def text_units(text: str) -> list[TextUnit]:
    """Return the sentences of plain text with line breaks, blank ones left out."""
    return [unit for line in text.split("\n") for unit in _sentences(_Line(line))]


def _read(nodes: Iterable[Node]) -> Iterator[TextUnit]:
    line = _Line()
    pictures: list[TextUnit] = []
    for node in nodes:
        if isinstance(node, Element) and node.tag == "br":
            yield from _sentences(line)
            line = _Line()
        elif isinstance(node, Element) and (node.tag in _BLOCKS or node.tag == "caption"):
            yield from _sentences(line)
            line = _Line()
            yield from _block(node)
        else:
            pictures += _inline(node, line)
    yield from _sentences(line)
    yield from pictures


def _block(element: Element) -> Iterator[TextUnit]:
    if element.tag == "table":
        yield from _typed_table(element)
    else:
        label = _first_number(element)
        for unit in _read(element.children):
            if label and not unit.picture:
                spans = {
                    (a + len(label), b + len(label)): to for (a, b), to in unit.references.items()
                }
                links = tuple((at + len(label), to) for at, to in unit.links)
                unit = _unit(f"{label}{unit.text}", spans, links)
                label = ""
            yield unit


def _first_number(element: Element) -> str:
    """Return the number of the first point of a list that does not begin with 1, as it is told.

    Only that of the first: a point more above others is one change, and not one for each below it.
    """
    begins = element.tag == "ol" and "start" in element.attributes
    return f"{element.attributes['start']}. " if begins else ""


def _typed_table(table: Element) -> Iterator[TextUnit]:
    head: TextUnit | None = None
    reaching: dict[int, int] = {}
    for node in table.elements:
        if node.tag == "caption":
            yield from _read(node.children)
    for number, row in enumerate(rows_of(table)):
        cells, pictures = _cells(row, reaching)
        text = CELL_MARK.join(cell.unit.text for cell in cells)
        if any(cell.unit.text.strip() for cell in cells):
            links = tuple(link for cell in cells for link in cell.unit.links)
            unit = TextUnit(
                text, fold(text), _joined_references(cells), links, cells=cells, head=head
            )
            if not number and all(cell.is_head for cell in cells):
                head = unit
            yield unit
        yield from pictures


def _cells(row: Element, reaching: dict[int, int]) -> tuple[tuple[CellUnit, ...], list[TextUnit]]:
    """Return the cells of a row and the pictures in it.

    `reaching` says for columns how many rows a cell above still reaches down; it is brought on.
    """
    cells: list[CellUnit] = []
    pictures: list[TextUnit] = []
    column = 0
    waiting = row.elements
    while waiting or reaching.get(column, 0):
        if reaching.get(column, 0):
            reaching[column] -= 1
            cells.append(CellUnit(_unit("", {})))
            column += 1
            continue
        node = waiting.pop(0)
        line = _Line()
        pictures += _inline(node, line)
        columns, rows = (span(node, name) for name in ("colspan", "rowspan"))
        cells.append(
            CellUnit(
                _unit(line.text, line.references, tuple(line.links)), columns, node.tag == "th"
            )
        )
        for covered in range(column, column + columns):
            reaching[covered] = rows - 1
        column += columns
    return tuple(cells), pictures


def _joined_references(cells: Iterable[CellUnit]) -> dict[tuple[int, int], str]:
    """Return the references of cells by their spans in the text of the row."""
    found: dict[tuple[int, int], str] = {}
    start = 0
    for cell in cells:
        for (first, last), anchor in cell.unit.references.items():
            found[first + start, last + start] = anchor
        start += len(cell.unit.text) + len(CELL_MARK)
    return found


def _inline(node: Node, line: _Line) -> list[TextUnit]:
    """Add the text of a node to a line, and return the pictures in it."""
    if isinstance(node, str):
        line.text += node
        return []
    if node.tag == "img":
        return [_picture(node)]
    if node.tag == "br" or node.tag in _BLOCKS:
        line.text += f" {_first_number(node)}"
    start = len(line.text)
    pictures = [picture for child in node.children for picture in _inline(child, line)]
    href = node.attributes.get("href", "")
    if href.startswith(TERM_ADDRESS):
        line.text = line.text.removesuffix(TERM_SIGN)
    elif node.tag == "a" and href.startswith("#") and text_of([node]).strip():
        line.references[start, len(line.text)] = href[1:]
    elif node.tag == "a" and href and not href.startswith("#"):
        line.links.append((len(line.text), href))
    return pictures


def _picture(element: Element) -> TextUnit:
    source = element.attributes.get("src", "")
    return TextUnit(element.attributes.get("alt", ""), f"picture {source}", picture=source)


def _sentences(line: _Line) -> Iterator[TextUnit]:
    start = 0
    for end in [*_sentence_ends(line.text), len(line.text)]:
        if line.text[start:end].strip():
            inside = {
                (first - start, last - start): anchor
                for (first, last), anchor in line.references.items()
                if start <= first and last <= end
            }
            links = tuple((at - start, to) for at, to in line.links if start < at <= end)
            yield _unit(line.text[start:end], inside, links)
        start = end


def _sentence_ends(text: str) -> Iterator[int]:
    """Yield where sentences end; a 。 within brackets ends none, unless they never close."""
    ends = [match.end() for match in re.finditer(f"[{_ENDS}]+", text)]
    depth = 0
    depths: list[int] = []
    for character in text:
        depths.append(depth)
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING and depth:
            depth -= 1
    return (end for end in ends if depth or not depths[end - 1])


def _unit(
    text: str,
    references: Mapping[tuple[int, int], str],
    links: tuple[tuple[int, str], ...] = (),
) -> TextUnit:
    return TextUnit(text, fold(text), references, links)

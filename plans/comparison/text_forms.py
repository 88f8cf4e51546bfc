"""Finds texts that say the same and are written otherwise: emphasis, paragraphs, lists, tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bcp_portal.annex.table import Table
from bcp_portal.spelling.widths import fold
from plans.comparison.alignment import Pairs, aligned, gaps
from plans.comparison.text_units import TERM_ADDRESS
from plans.document.document import Block, Section, TableBlock, TextBlock
from plans.text.inline_marks import TERM_SIGN
from plans.text.markup import Element, Node, parse

_INLINE = frozenset({"strong", "em", "u", "a", "span"})
_LEAVES = frozenset({"p", "caption"})
# Which number a list begins with is told in its words.
_TOLD = frozenset({"start"})


@dataclass
class _Line:
    """A run of text between blocks: in what it stands, and where its marks are in the folded text."""

    path: tuple[str, ...]
    text: str = ""
    marks: set[tuple[str, int, int]] = field(default_factory=set)
    marked: set[tuple[str, str]] = field(default_factory=set)

    @property
    def form(self) -> tuple[tuple[str, ...], frozenset[tuple[str, int, int]]]:
        return self.path, frozenset(self.marks)

    def marks_of(self, other: "_Line") -> set[tuple[str, str]]:
        """Return the marks on words that the other line has too, however they are marked there."""
        there = fold(other.text)
        return {(tag, words) for tag, words in self.marked if words and words in there}


def otherwise_written(old: Iterable[Section], new: Iterable[Section]) -> Iterator[str]:
    """Yield the headings of sections whose words stand in another form than in the old document."""
    before = {each.anchor: each for section in old for each in section.walk()}
    for section in new:
        for each in section.walk():
            known = before.get(each.anchor)
            if known and known.blocks != each.blocks and _differ(known.blocks, each.blocks):
                yield each.heading


def _differ(old: Sequence[Block], new: Sequence[Block]) -> bool:
    if _columns_differ(old, new):
        return True
    before, after = list(_lines(old)), list(_lines(new))
    texts = [[fold(line.text) for line in side] for side in (before, after)]
    if "".join(texts[0]) == "".join(texts[1]):
        return [line.form for line in before] != [line.form for line in after] or (
            texts[0] != texts[1]
        )
    pairs = aligned(texts[0], texts[1])
    if any(before[i].form != after[j].form for i, j in pairs if texts[0][i]):
        return True
    return any(_is_other_form(one, other) for one, other in _reworded(before, after, pairs))


def _reworded(
    old: Sequence[_Line], new: Sequence[_Line], pairs: Pairs
) -> Iterator[tuple[_Line, _Line]]:
    """Yield lines beside each other whose words differ, where both sides have as many."""
    for gone, come, _pair in gaps(old, new, pairs):
        if len(gone) == len(come):
            yield from zip(gone, come, strict=True)


def _is_other_form(old: _Line, new: _Line) -> bool:
    return old.path != new.path or old.marks_of(new) != new.marks_of(old)


def _columns_differ(old: Sequence[Block], new: Sequence[Block]) -> bool:
    """Tell whether a table that both have has the columns of both in another order."""
    tables = _tables(old)
    return any(
        _common(tables[code], table) != _common(table, tables[code])
        for code, table in _tables(new).items()
        if code in tables
    )


def _tables(blocks: Sequence[Block]) -> dict[str, Table]:
    return {
        block.table.code: block.table
        for block in blocks
        if isinstance(block, TableBlock) and block.table
    }


def _common(table: Table, other: Table) -> list[str]:
    names = {column.name for column in other.columns}
    return [column.name for column in table.columns if column.name in names]


def _lines(blocks: Sequence[Block]) -> Iterator[_Line]:
    for block in blocks:
        if isinstance(block, TextBlock):
            yield from _read(parse(block.html), ())


def _read(nodes: Iterable[Node], path: tuple[str, ...]) -> Iterator[_Line]:
    line: _Line | None = None
    for node in nodes:
        if isinstance(node, str) or node.tag in _INLINE or node.tag in {"br", "img"}:
            line = line or _Line(path)
            _add(node, line)
            continue
        if line:
            yield line
            line = None
        below = (*path, _name(node))
        if node.tag in _LEAVES or not node.children:
            leaf = _Line(below)
            for child in node.children:
                _add(child, leaf)
            yield leaf
        else:
            yield from _read(node.children, below)
    if line:
        yield line


def _name(node: Element) -> str:
    said = sorted(f"{key}={value}" for key, value in node.attributes.items() if key not in _TOLD)
    return " ".join((node.tag, *said))


def _add(node: Node, line: _Line) -> None:
    if isinstance(node, str):
        line.text += node
        return
    start = len(fold(line.text))
    for child in node.children:
        _add(child, line)
    href = node.attributes.get("href", "")
    if href.startswith(TERM_ADDRESS):
        line.text = line.text.removesuffix(TERM_SIGN)
    name = ("term" if href.startswith(TERM_ADDRESS) else "a") if node.tag == "a" else node.tag
    folded = fold(line.text)
    line.marks.add((name, start, len(folded)))
    line.marked.add((name, folded[start:]))

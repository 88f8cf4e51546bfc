"""Makes the public document out of a document: what is not said to be public is not in it; pure.

Everything is hidden unless it is marked: a section and an annex by its confidentiality, a column by
`public`, a row by its confidentiality, a figure by `public`. Numbers stay: a hidden chapter keeps
its place with 「（非公開）」, and a list names every 様式, also those that are not printed. A row that is
一部非公開 keeps its line with masks, so that the order of lines can be read; one that is 非公開 is not
there, and cells of other rows that name it show a mask (`kept_rows`). Personal values are masked at
most, whatever a column says.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex.kinds import MASK, Kind, is_blank
from bcp_portal.annex.table import Column, Public, Table, TableRow
from plans.document.combination import images_of
from plans.document.document import (
    AnnexPart,
    Block,
    Document,
    FigureBlock,
    Section,
    TableBlock,
    TextBlock,
)
from plans.document.public_choices import PublicChoices
from plans.document.withheld_rows import kept_rows, rows_of, without_kept
from plans.text.inline_marks import TERM_SIGN
from plans.text.markup import Element, Node, parse, serialise
from plans.text.phrase_words import explains_terms, term_anchor

PUBLIC_MARK = "（公開版）"
HIDDEN_SECTION = "ここは公開していません。"
HIDDEN_TABLE = "この表は公開していません。"
HIDDEN_FIGURE = "この図は公開していません。"
ANNEX_LIST_ANCHOR = "public-annexes"
ANNEX_LIST_TITLE = "様式の一覧"
REASON_COLUMN = "content"
PARTLY = frozenset({Confidentiality.PARTIAL, Confidentiality.PUBLIC})


def redact(
    document: Document,
    choices: PublicChoices,
    *,
    closed: Collection[int] = (),
    kept: frozenset[str] = frozenset(),
) -> Document:
    """Return the public document of a document whose personal values are masked.

    `closed` are 様式 that are not public, and `kept` uids of rows that are not named elsewhere, of a
    document that shows their tables in chapters only.
    """
    kept = kept | kept_rows(rows_of(document))
    shown = {part.number for part in document.annexes if is_public_annex(part)}
    hidden = {part.number for part in document.annexes} - shown
    sections = _Sections(choices, hidden | set(closed), kept)
    chapters = sections.of(document.chapters)
    listed = (_annex_list(document.annexes, choices),) if document.annexes else ()
    cover = document.cover
    public = replace(
        document,
        cover=replace(cover, edition=f"{cover.edition}{PUBLIC_MARK}"),
        front=sections.of(document.front),
        chapters=(*chapters, *listed),
        annexes=tuple(_annex(part, kept) for part in document.annexes if part.number in shown),
        revisions=_revisions(document.revisions, choices),
        colophon=tuple(line for line in document.colophon if choices.shows_line(line[0])),
    )
    public = _with_living_links(public)
    return replace(public, images=images_of(public))


def is_public_annex(part: AnnexPart) -> bool:
    """Tell whether an annex is printed in the public edition: its columns and rows decide further."""
    return part.confidentiality in PARTLY


def public_table(table: Table, kept: frozenset[str] = frozenset()) -> Table | None:
    """Return the table with public columns and rows only; None when no column is public.

    A cell that names a row of `kept` shows a mask.
    """
    columns = tuple(column for column in table.columns if column.public is not Public.HIDE)
    if not columns:
        return None
    rows = (row for row in table.rows if row.confidentiality in PARTLY)
    return replace(table, columns=columns, rows=tuple(_row(row, columns, kept) for row in rows))


def is_masked(row: TableRow, column: Column) -> bool:
    """Tell whether a row that keeps its line shows a mask in this column."""
    if row.confidentiality != Confidentiality.PUBLIC:
        return True
    return column.personal or column.public is not Public.SHOW


def _row(row: TableRow, columns: Iterable[Column], kept: frozenset[str]) -> TableRow:
    cells = {column.name: _cell(row, column, kept) for column in columns}
    return TableRow(row.uid, cells, row.confidentiality)


def _cell(row: TableRow, column: Column, kept: frozenset[str]) -> Any:
    value = row.cells.get(column.name)
    if is_blank(value):
        return value
    if is_masked(row, column):
        return MASK
    return _without_uids(column.kind, without_kept(column, value, kept))


def _without_uids(kind: Kind, value: Any) -> Any:
    """Return the cell without the identity of rows that it names: they may not be public."""
    if value == MASK:
        return value
    return kind.each_named(value, lambda item: {"uid": "", "text": item["text"]})


def _annex(part: AnnexPart, kept: frozenset[str]) -> AnnexPart:
    public = (public_table(table, kept) for table in part.tables)
    tables = tuple(table for table in public if table)
    note = part.reference_note or ("" if tables else HIDDEN_TABLE)
    return replace(part, tables=tables, reference_note=note)


@dataclass(frozen=True)
class _Sections:
    """Rewrites sections; `hidden_annexes` are the 様式 whose own tables may not stand in them."""

    choices: PublicChoices
    hidden_annexes: Collection[int]
    kept: frozenset[str]

    def of(self, sections: Iterable[Section]) -> tuple[Section, ...]:
        return tuple(map(self._section, sections))

    def _section(self, section: Section) -> Section:
        if section.confidentiality == Confidentiality.PUBLIC:
            blocks = tuple(map(self._block, section.blocks))
            return replace(section, blocks=blocks, children=self.of(section.children))
        closed = (TextBlock(f"<p>{HIDDEN_SECTION}</p>"),)
        if section.confidentiality == Confidentiality.PARTIAL:
            return replace(section, blocks=closed, children=self.of(section.children))
        title = self.choices.hidden_title(section.title)
        return replace(section, title=title, blocks=closed, children=())

    def _block(self, block: Block) -> Block:
        if isinstance(block, FigureBlock):
            shown = block.figure and block.public
            return replace(block, message="") if shown else TableBlock(None, HIDDEN_FIGURE)
        if isinstance(block, TableBlock):
            table = self._table(block.table)
            return TableBlock(table) if table else TableBlock(None, HIDDEN_TABLE)
        return block

    def _table(self, table: Table | None) -> Table | None:
        if table is None or table.number in self.hidden_annexes:
            return None
        return public_table(table, self.kept)


def _annex_list(parts: Iterable[AnnexPart], choices: PublicChoices) -> Section:
    """Return the list of all 様式 of the plan: those that are not printed keep their number."""
    lines = "".join(f"<li>{escape(_annex_line(part, choices))}</li>" for part in parts)
    return Section(
        ANNEX_LIST_ANCHOR,
        1,
        "",
        ANNEX_LIST_TITLE,
        (TextBlock(f"<ul>{lines}</ul>"),),
        confidentiality=Confidentiality.PUBLIC,
    )


def _annex_line(part: AnnexPart, choices: PublicChoices) -> str:
    if is_public_annex(part):
        return part.heading
    number = f"様式{part.number}"
    title = part.heading.removeprefix(number).strip()
    return f"{number} {choices.hidden_title(title)}"


def _revisions(table: Table | None, choices: PublicChoices) -> Table | None:
    if table is None or choices.revision_reasons:
        return table
    columns = tuple(
        replace(column, public=Public.MASK) if column.name == REASON_COLUMN else column
        for column in table.columns
    )
    return public_table(replace(table, columns=columns))


def _with_living_links(document: Document) -> Document:
    """Make plain text of links that lead to what is not public, or to an address inside the office."""
    anchors = set(anchors_of(document))
    return document.with_blocks(
        lambda block: (
            TextBlock(_html(block.html, anchors)) if isinstance(block, TextBlock) else block
        )
    )


def anchors_of(document: Document) -> Iterator[str]:
    """Yield every place of the document that a link can lead to."""
    yield from (section.anchor for section in document.sections())
    yield from (part.anchor for part in document.annexes)
    for table in document.tables():
        if explains_terms(table.code):
            yield from (term_anchor(row.uid) for row in table.rows)


def _html(html: str, anchors: Collection[str]) -> str:
    return serialise(_nodes(parse(html), anchors))


def _nodes(nodes: Iterable[Node], anchors: Collection[str]) -> list[Node]:
    kept: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            kept.append(node)
            continue
        node.children = _nodes(node.children, anchors)
        if node.tag == "a" and not _leads_somewhere(node, anchors):
            kept += _without_sign(node.children)
        else:
            node.attributes = _spoken(node.attributes)
            kept.append(node)
    return kept


def _without_sign(nodes: list[Node]) -> list[Node]:
    """Drop the ※ behind a word whose explanation is not public."""
    if nodes and isinstance(nodes[-1], str):
        return [*nodes[:-1], nodes[-1].removesuffix(TERM_SIGN)]
    return nodes


def _leads_somewhere(link: Element, anchors: Collection[str]) -> bool:
    address = link.attributes.get("href", "")
    if address.startswith("#"):
        return address[1:] in anchors
    return not address.startswith("/")


def _spoken(attributes: Mapping[str, str]) -> dict[str, str]:
    """Return the attributes without marks for the people who write the plan."""
    return {name: value for name, value in attributes.items() if not name.startswith("data-")}

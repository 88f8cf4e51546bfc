"""Composes what an edition prints from one set of rows, so that one fact has one value in it.

Rows are put together first, each table from the part that owns it (`row_parts`). Then the whole
document is built from these rows, by the functions that build the working copy (`laid_rows`). What
of the parts that are not covered comes out as it would of the last edition's own rows stays as it
was printed: a new release or a renamed column changes no part that nobody revised.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.table import Table
from plans.document.combination import images_of, merged_annexes
from plans.document.coverage import Coverage
from plans.document.document import AnnexPart, Block, Document, Section, TableBlock
from plans.document.frozen_rows import DERIVED, combine_rows
from plans.document.imprint import unissued, without_imprint
from plans.document.public_choices import PublicChoices, choices_in
from plans.document.sort_words import SortWords
from plans.editions.frozen_copy import FrozenCopy, sort_words_in
from plans.editions.models.edition import Edition
from plans.issuing.row_overlay import laid_rows
from plans.working_copy.builder import WorkingCopy

Place = tuple[str, int | str]
"""A block by the anchor of its section and its index, or a table by the anchor of its 様式 and code."""


@dataclass(frozen=True)
class ComposedDocument:
    """One document in both forms, and the rows from which everything in it is derived.

    `working` are the rows that were stored when it was composed.
    """

    full: Document
    masked: Document
    rows: dict[str, Any]
    working: Mapping[str, Any]

    @property
    def choices(self) -> PublicChoices:
        """Return what goes with it for the public edition; only the whole plan changes that."""
        return choices_in(self.rows)

    @property
    def sort_words(self) -> SortWords:
        """Return what its sorted views are sorted by."""
        return sort_words_in(self.rows)


def compose(
    municipality: Municipality,
    covered: Mapping[str, Any],
    working: Mapping[str, Any],
    latest: Edition,
    coverage: Coverage,
) -> ComposedDocument:
    """Return the covered parts of the rows `covered`, and all others of an edition, as one plan.

    `working` are the rows stored now. Must run inside the municipality's scope.
    """
    rows = combine_rows(covered, latest.rows, coverage)
    base = FrozenCopy(latest.document, latest.rows)
    with laid_rows(municipality, latest.rows, working):
        before = WorkingCopy(municipality, in_edition=True).full
    with laid_rows(municipality, rows, working):
        copy = WorkingCopy(municipality, in_edition=True)
        full, masked = copy.full, copy.masked
    derived = bool(latest.rows.get(DERIVED)) or bool(latest.coverage.get("whole"))
    kept = _kept(full, before, base.full, coverage, derived=derived)
    rows[DERIVED] = True
    return ComposedDocument(
        _assembled(full, base.full, kept, coverage),
        _assembled(masked, base.masked, kept, coverage),
        rows,
        working,
    )


def _kept(
    built: Document, before: Document, base: Document, coverage: Coverage, *, derived: bool
) -> frozenset[Place]:
    """Return the places that are not covered and say what they would say of the edition's own rows.

    An edition of a release that did not derive them from its rows (`derived` is false) may
    contradict itself: of such a one only what says what the rows say is kept.
    """
    old, frozen = dict(_blocks(before, coverage)), dict(_blocks(base, coverage))
    return frozenset(
        place
        for place, block in _blocks(built, coverage)
        if place in frozen
        and old.get(place) == block
        and (derived or _says_the_same(frozen[place], block))
    )


def _blocks(document: Document, coverage: Coverage) -> Iterator[tuple[Place, Block]]:
    """Yield what the parts that are not covered consist of, with its place.

    How many blocks a section has is a part of their places: a text that is cut otherwise is another.
    """
    for root in (*document.front, *document.chapters):
        if coverage.covers_section(root.anchor):
            continue
        for section in root.walk():
            name = f"{section.anchor} {len(section.blocks)}"
            for index, block in enumerate(section.blocks):
                yield (name, index), block
    for annex in document.annexes:
        if not coverage.covers_annex(annex.number):
            for table in annex.tables:
                yield (annex.anchor, table.code), TableBlock(table)


def _says_the_same(frozen: Block, built: Block) -> bool:
    """Tell whether two blocks hold the same facts, under any column names."""
    tables = [block.table for block in (frozen, built) if isinstance(block, TableBlock)]
    if len(tables) < 2 or not tables[0] or not tables[1]:
        return frozen == built
    one, other = tables[0], tables[1]
    names = {column.name for column in one.columns} & {column.name for column in other.columns}
    return _facts(one, names) == _facts(other, names)


def _facts(table: Table, names: set[str]) -> list[tuple[str, dict[str, Any]]]:
    return [(row.uid, {name: row.cells.get(name) for name in sorted(names)}) for row in table.rows]


def _assembled(
    built: Document, base: Document, kept: frozenset[Place], coverage: Coverage
) -> Document:
    frozen = dict(_blocks(base, coverage))
    tables = {annex.number: annex.tables for annex in built.annexes}

    def section(of: Section) -> Section:
        name = f"{of.anchor} {len(of.blocks)}"
        return replace(
            of,
            blocks=tuple(
                frozen[name, index] if (name, index) in kept else block
                for index, block in enumerate(of.blocks)
            ),
            children=tuple(map(section, of.children)),
        )

    def annex(part: AnnexPart) -> AnnexPart:
        if coverage.covers_annex(part.number):
            return part
        anew = {table.code: table for table in tables.get(part.number, ())}
        return replace(
            part,
            tables=tuple(
                table if (part.anchor, table.code) in kept else anew.get(table.code, table)
                for table in part.tables
            ),
        )

    document = replace(
        built,
        cover=unissued(base.cover, built.cover),
        colophon=without_imprint(base.colophon),
        front=tuple(map(section, built.front)),
        chapters=tuple(map(section, built.chapters)),
        annexes=tuple(map(annex, merged_annexes(built, base, coverage))),
    )
    return replace(document, images=images_of(document))

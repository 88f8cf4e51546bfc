"""Finds where rows, chapters and settings are printed within what a revision covers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bcp_portal.annex import registry
from bcp_portal.annex.table import Table
from plans.document import Document, FigureBlock, Section, TableBlock
from plans.figure_sources import spec_of
from plans.models.chapters import Chapter
from plans.models.placeholders import OwnPlaceholder, PlaceholderValue
from plans.revisions.authors import DECIDES_PRINT, TEXT_OF_CHAPTER, Place, Printed
from plans.revisions.coverage import WHOLE_PLAN, Coverage, level_one
from systems.models import EmergencyContact

CHAPTER_KIND = Chapter._meta.label_lower
PHRASE_KINDS = (OwnPlaceholder._meta.label_lower, PlaceholderValue._meta.label_lower)
PHRASES = "差し込み語句"
# What only the whole plan changes: its settings, its outline, and what is shown in public.
WHOLE_ACTIONS = ("計画の設定の変更", "章立ての変更", "設定の変更", "公開版の設定の変更")
# What a cell that names another row takes from it.
_SAID_ELSEWHERE = frozenset({"name", "post", "department"})


@dataclass(frozen=True)
class IssuedPart:
    """What an edition took over: which parts, as they stood when."""

    coverage: Coverage
    submitted_at: datetime


def kinds_of_records() -> list[str]:
    """Return the kinds of records that something printed is made of."""
    return [CHAPTER_KIND, *PHRASE_KINDS, *(s.model._meta.label_lower for s in registry.specs())]


def printed_places(
    documents: Sequence[Document], coverage: Coverage, issued: Sequence[IssuedPart]
) -> Printed:
    """Return all places of the covered parts of the documents: the one before, and the new one.

    One query, for whose line of 様式9 is whose.
    """
    by_uid: defaultdict[str, dict[Place, None]] = defaultdict(dict)
    drawn: defaultdict[str, dict[Place, None]] = defaultdict(dict)
    codes: set[str] = set()
    for document in documents:
        for kind, place in _of_figures(document, coverage, issued):
            drawn[kind].setdefault(place)
        for uid, place, code in _of_document(document, coverage, issued):
            by_uid[uid].setdefault(place)
            codes.add(code)
    by_kind = _by_kind(coverage, issued, codes)
    for kind, found in drawn.items():
        by_kind[kind] = (*by_kind.get(kind, ()), *found)
    return Printed(
        by_uid={uid: tuple(places) for uid, places in by_uid.items()},
        by_kind=by_kind,
        own_rows=_own_rows(),
    )


def _of_document(
    document: Document, coverage: Coverage, issued: Sequence[IssuedPart]
) -> Iterator[tuple[str, Place, str]]:
    for chapter in level_one(document):
        if not coverage.covers_section(chapter.anchor):
            continue
        since = _since(issued, lambda part, anchor=chapter.anchor: part.covers_section(anchor))
        for section in chapter.walk():
            place = Place(chapter.heading, TEXT_OF_CHAPTER, since)
            yield section.anchor.removeprefix("chapter-"), place, ""
        for table in _tables_of(chapter):
            yield from _of_table(table, chapter.heading, since)
    for annex in document.annexes:
        if coverage.covers_annex(annex.number):
            since = _since(issued, lambda part, number=annex.number: part.covers_annex(number))
            for table in annex.tables:
                yield from _of_table(table, annex.heading, since)


def _of_figures(
    document: Document, coverage: Coverage, issued: Sequence[IssuedPart]
) -> Iterator[tuple[str, Place]]:
    """Yield by kind of record what the figures of covered chapters draw, as they declare it."""
    for chapter in level_one(document):
        if not coverage.covers_section(chapter.anchor):
            continue
        since = _since(issued, lambda part, anchor=chapter.anchor: part.covers_section(anchor))
        for section in chapter.walk():
            for block in section.blocks:
                declared = (
                    spec_of(block.figure.code)
                    if isinstance(block, FigureBlock) and block.figure
                    else None
                )
                for code, columns in (declared.columns() if declared else {}).items():
                    table = registry.spec(code)
                    if table and table.number is not None:  # masters count where they are named
                        shown = columns | DECIDES_PRINT
                        yield table.model._meta.label_lower, Place(chapter.heading, shown, since)


def _tables_of(chapter: Section) -> Iterator[Table]:
    for section in chapter.walk():
        for block in section.blocks:
            if isinstance(block, TableBlock) and block.table:
                yield block.table


def _of_table(table: Table, label: str, since: datetime | None) -> Iterator[tuple[str, Place, str]]:
    columns: frozenset[str] = frozenset()
    if registry.spec(table.code):
        columns = frozenset(column.name for column in table.columns) | DECIDES_PRINT
    for row in table.rows:
        yield row.uid, Place(label, columns, since), table.code
        for value in row.cells.values():
            for uid in _named(value):
                yield uid, Place(label, _SAID_ELSEWHERE, since), table.code


def _named(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list | tuple) else (value,):
        if isinstance(each, Mapping) and "uid" in each:
            yield str(each["uid"])


def _by_kind(
    coverage: Coverage, issued: Sequence[IssuedPart], codes: Iterable[str]
) -> dict[str, tuple[Place, ...]]:
    """Return the places of what no table shows row by row: figures, phrases, settings."""
    found: dict[str, tuple[Place, ...]] = {}
    shown = set(codes)
    for spec in registry.specs():
        number = spec.number
        if number is None or spec.code in shown or not coverage.covers_annex(number):
            continue
        columns = frozenset(each.name for each in spec.columns if each.in_print) | DECIDES_PRINT
        since = _since(issued, lambda part, number=number: part.covers_annex(number))
        place = Place(f"様式{number} {spec.title}", columns, since)
        found[spec.model._meta.label_lower] = (place,)
    if coverage.whole or coverage.chapters:
        since = _since(issued, lambda part: part.whole or bool(part.chapters & coverage.chapters))
        found |= dict.fromkeys(PHRASE_KINDS, (Place(PHRASES, frozenset(), since),))
    if coverage.whole:
        since = _since(issued, lambda part: part.whole)
        found |= {
            action: (Place(f"{WHOLE_PLAN}の設定", frozenset(), since),) for action in WHOLE_ACTIONS
        }
    return found


def _since(issued: Sequence[IssuedPart], covers: Any) -> datetime | None:
    """Return when a part was last submitted for an edition; None when it is in none."""
    return max((each.submitted_at for each in issued if covers(each.coverage)), default=None)


def _own_rows() -> dict[str, str]:
    """Return by uid whose line of 様式9 it is, by user name."""
    rows = EmergencyContact.objects.filter(person__membership__isnull=False)
    return {
        str(uid): username
        for uid, username in rows.values_list("uid", "person__membership__user__username")
    }

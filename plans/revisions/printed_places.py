"""Finds where rows, chapters and settings are printed within what a revision covers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from operator import methodcaller
from typing import Any

from bcp_portal.accounts.models import Department, Municipality, Person
from bcp_portal.annex import registry
from bcp_portal.annex.table import Table
from plans.annexes.drawn.figure_source import spec_of
from plans.chapters.models.chapter import Chapter
from plans.document.coverage import WHOLE_PLAN, Coverage, level_one
from plans.document.document import (
    REVISIONS_TITLE,
    AnnexPart,
    Document,
    Section,
)
from plans.document.frozen_rows import covers_table
from plans.editions.models.earlier_edition import EarlierEdition
from plans.editions.models.edition_setting import EditionSetting
from plans.phrases.models import OwnPlaceholder, PlaceholderValue
from plans.revisions.authors import DECIDES_PRINT, TEXT_OF_CHAPTER, Owner, Printed, PrintedPlace
from plans.revisions.issued_parts import IssuedPart
from plans.revisions.issued_parts import last_submitted as _since
from plans.revisions.printed_differences import Differing
from plans.revisions.settings_lines import PUBLICITY, SETTINGS
from systems.models import EmergencyContact

CHAPTER_KIND = Chapter._meta.label_lower
PHRASE_KINDS = (OwnPlaceholder._meta.label_lower, PlaceholderValue._meta.label_lower)
PHRASES = "差し込み語句"
MUNICIPALITY_KIND = Municipality._meta.label_lower
NUMBERS_KIND = EditionSetting._meta.label_lower
EARLIER_KIND = EarlierEdition._meta.label_lower
# These change settings of the plan, its outline among them, without naming what is printed of them.
WHOLE_ACTIONS = ("計画の設定の変更", "章立ての変更")
MUNICIPALITY, NUMBERS, CHOSEN_ANNEXES = "団体の情報", "版の番号の付け方", "計画に載せる様式"
# How a municipality is called, and its ICT department, stands among the words of tables and texts.
NAMES = frozenset({"name", "ict_department_name"})
NUMBERED = frozenset(
    {"minor_step", "supplement_step", "page_numbering", "revision_day", "revisions_title"}
)
_EARLIER = frozenset({"label", "number", "revised_on", "effective_on", "content"})
# What a cell that names another row takes from it.
_SAID_ELSEWHERE = frozenset({"name", "post", "department"})


def kinds_of_records() -> list[str]:
    """Return the kinds of records that something printed is made of."""
    others = (CHAPTER_KIND, *PHRASE_KINDS, MUNICIPALITY_KIND, NUMBERS_KIND, EARLIER_KIND)
    return [*others, *(spec.model._meta.label_lower for spec in registry.specs())]


def printed_places(
    documents: Sequence[Document], coverage: Coverage, issued: Sequence[IssuedPart]
) -> Printed:
    """Return where rows and chapters are printed in the edition before and in the new document.

    Each place says whether the two print it otherwise: what is written somewhere and shows nowhere
    changes nothing.

    A row counts where the part it belongs to is covered, wherever it is printed. One query, for
    whose line of 様式9 is whose.
    """
    by_uid: defaultdict[str, dict[PrintedPlace, None]] = defaultdict(dict)
    drawn: defaultdict[str, dict[PrintedPlace, None]] = defaultdict(dict)
    codes: set[str] = set()
    differing = Differing(documents)
    for document in documents:
        for kind, place in _of_figures(document, differing):
            drawn[kind].setdefault(place)
        for uid, place in _of_chapters(document, coverage, issued, differing):
            by_uid[uid].setdefault(place)
        for uid, place, code in _of_rows(document, differing):
            by_uid[uid].setdefault(place)
            codes.add(code)
    by_kind = _by_kind(coverage, issued, codes, differing)
    for document in documents:
        for kind, place in _of_words(document, issued, differing):
            drawn[kind].setdefault(place)
    for kind, found in drawn.items():
        by_kind[kind] = (*by_kind.get(kind, ()), *found)
    return Printed(
        by_uid={uid: tuple(places) for uid, places in by_uid.items()},
        by_kind=by_kind,
        own_rows=_own_rows(),
        owners=_owners(coverage, issued),
    )


def _owners(coverage: Coverage, issued: Sequence[IssuedPart]) -> dict[str, Owner | None]:
    found: dict[str, Owner | None] = {}
    for spec in registry.specs():
        since = _since(issued, partial(covers_table, spec.code))
        covered = covers_table(spec.code, coverage)
        found[spec.model._meta.label_lower] = Owner(since) if covered else None
    return found


def _of_chapters(
    document: Document, coverage: Coverage, issued: Sequence[IssuedPart], differing: Differing
) -> Iterator[tuple[str, PrintedPlace]]:
    for chapter in level_one(document):
        if coverage.covers_section(chapter.anchor):
            since = _since(issued, methodcaller("covers_section", chapter.anchor))
            part = differing.part(chapter.anchor)
            for section in chapter.walk():
                differs = differing.text(section.anchor)
                place = PrintedPlace(chapter.heading, TEXT_OF_CHAPTER, since, differs, part)
                yield section.anchor.removeprefix("chapter-"), place


def _of_rows(document: Document, differing: Differing) -> Iterator[tuple[str, PrintedPlace, str]]:
    for chapter in level_one(document):
        for section in chapter.walk():
            for table in section.tables:
                yield from _of_table(table, chapter, differing)
    for annex in document.annexes:
        for table in annex.tables:
            yield from _of_table(table, annex, differing)


def _of_figures(document: Document, differing: Differing) -> Iterator[tuple[str, PrintedPlace]]:
    """Yield by kind of record what the figures of chapters draw, as they declare it."""
    for chapter in level_one(document):
        for section in chapter.walk():
            for drawn in section.figures:
                declared = spec_of(drawn.code)
                for code, columns in (declared.columns() if declared else {}).items():
                    table = registry.spec(code)
                    if table and table.number is not None:  # masters count where they are named
                        shown = columns | DECIDES_PRINT
                        differs = differing.figure(chapter.anchor, drawn.code)
                        place = PrintedPlace(chapter.heading, shown, None, differs, differs)
                        yield table.model._meta.label_lower, place


def _of_words(
    document: Document, issued: Sequence[IssuedPart], differing: Differing
) -> Iterator[tuple[str, PrintedPlace]]:
    """Yield where names stand among the words of a part: of the municipality, of people and offices."""
    parts = [(each.anchor, each.heading) for each in level_one(document)]
    parts += [(each.anchor, each.heading) for each in document.annexes]
    since = _since(issued, lambda part: part.whole)
    for anchor, heading in parts:
        said = differing.said(anchor)
        if said:
            yield MUNICIPALITY_KIND, PrintedPlace(heading, NAMES, since, is_quiet=True, said=said)
            for kind in (Person._meta.label_lower, Department._meta.label_lower):
                yield kind, PrintedPlace(heading, _SAID_ELSEWHERE, is_quiet=True, said=said)


def _of_table(
    table: Table, part: Section | AnnexPart, differing: Differing
) -> Iterator[tuple[str, PrintedPlace, str]]:
    columns: frozenset[str] = frozenset()
    if registry.spec(table.code):
        columns = frozenset(column.name for column in table.columns) | DECIDES_PRINT
    part_differs = differing.part(part.anchor)
    for row in table.rows:
        differs = differing.row(part.anchor, table.code, row.uid)
        yield row.uid, PrintedPlace(part.heading, columns, None, differs, part_differs), table.code
        named = PrintedPlace(part.heading, _SAID_ELSEWHERE, None, differs, part_differs)
        for value in row.cells.values():
            for uid in _named(value):
                yield uid, named, table.code


def _named(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list | tuple) else (value,):
        if isinstance(each, Mapping) and "uid" in each:
            yield str(each["uid"])


def _by_kind(
    coverage: Coverage, issued: Sequence[IssuedPart], codes: Iterable[str], differing: Differing
) -> dict[str, tuple[PrintedPlace, ...]]:
    """Return the places of what no table shows row by row: figures, phrases, settings."""
    found: dict[str, tuple[PrintedPlace, ...]] = {}
    shown = set(codes)
    for spec in registry.specs():
        number = spec.number
        if number is None or spec.code in shown or not coverage.covers_annex(number):
            continue
        columns = frozenset(each.name for each in spec.columns if each.in_print) | DECIDES_PRINT
        found[spec.model._meta.label_lower] = (PrintedPlace(f"様式{number} {spec.title}", columns),)
    if _covers_phrases(coverage):
        since = _since(issued, _covers_phrases)
        found |= dict.fromkeys(PHRASE_KINDS, (PrintedPlace(PHRASES, frozenset(), since),))
    # Which settings a revision follows is told by their lines.
    found[SETTINGS] = (PrintedPlace("様式の設定", frozenset()),)
    found[PUBLICITY] = (PrintedPlace("公開版の設定", frozenset()),)
    whole = _since(issued, lambda part: part.whole)
    if coverage.whole:
        place = PrintedPlace(f"{WHOLE_PLAN}の設定", frozenset(), whole)
        found |= dict.fromkeys(WHOLE_ACTIONS, (place,))
    else:
        since = _since(issued, lambda part: bool(part.whole or part.annexes & coverage.annexes))
        annexes = _only(CHOSEN_ANNEXES, {"annex_numbers"}, since, differing.annexes)
        outline = _only("章立て", {"profile"}, whole, differing.anything)
        found |= {WHOLE_ACTIONS[0]: (annexes,), WHOLE_ACTIONS[1]: (outline,)}
    found[MUNICIPALITY_KIND] = (
        _only(MUNICIPALITY, {"name"}, whole, differing.cover),
        _only(MUNICIPALITY, {"date_style"}, whole, differing.dates),
    )
    is_ict = _only("ICT部門", {"is_ict"}, None, differing.anything)
    found[Department._meta.label_lower] = (is_ict,)
    last = _since(issued, lambda part: True)
    found[NUMBERS_KIND] = (_only(NUMBERS, NUMBERED, last, differs=True),)
    found[EARLIER_KIND] = (_only(REVISIONS_TITLE, _EARLIER, last, differs=True),)
    return found


def _only(
    label: str, columns: Iterable[str], since: datetime | None, differs: bool
) -> PrintedPlace:
    """Return a place of some settings, of whose others nothing is said."""
    return PrintedPlace(label, frozenset(columns), since, differs, differs, is_quiet=True)


def _covers_phrases(coverage: Coverage) -> bool:
    by_chapter = coverage.before_masters and bool(coverage.chapters)
    return coverage.whole or coverage.masters or by_chapter


def _own_rows() -> dict[str, str]:
    """Return by uid whose line of 様式9 it is, by user name."""
    rows = EmergencyContact.objects.filter(person__membership__isnull=False)
    return {
        str(uid): username
        for uid, username in rows.values_list("uid", "person__membership__user__username")
    }

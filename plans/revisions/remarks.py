"""Leads from a remark of a return to where it is mended, and lists the places a remark can name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from bcp_portal.annex import registry
from bcp_portal.annex.table import Table
from bcp_portal.spelling.letters import fold
from bcp_portal.ui.text import shortened
from bcp_portal.ui.uids import is_uid
from plans.chapters.models.chapter import Chapter
from plans.comparison.changes import Comparison, RowChange, Status
from plans.comparison.table_lines import placed_name
from plans.document.coverage import Coverage, level_one
from plans.document.document import Block, Document, FigureBlock, TableBlock, TextBlock
from plans.revisions.coverable_parts import Choices
from plans.revisions.models.revision import RemarkPlace, ReturnRemark
from plans.revisions.states import RevisionState
from plans.text.markup import readable_text
from plans.text.outline import anchor_of

_QUOTED = 60


@dataclass(frozen=True)
class RemarkLine:
    """A remark with the addresses where it is read and mended."""

    remark: ReturnRemark
    url: str


def remark_lines(remarks: list[ReturnRemark], municipality_code: str) -> list[RemarkLine]:
    """Return remarks with the way to their chapter or row."""
    return [RemarkLine(each, _address(each, municipality_code)) for each in remarks]


def remarks_on_chapter(chapter: Chapter) -> list[ReturnRemark]:
    """Return what the latest return asks to be mended in one chapter, while it is returned."""
    return [
        each
        for each in ReturnRemark.objects.filter(
            anchor=anchor_of(chapter),
            decision__submission__revision__state=RevisionState.RETURNED,
        ).select_related("decision__submission__revision")
        if _is_latest(each)
    ]


def places(document: Document, coverage: Coverage, comparison: Comparison | None) -> Choices:
    """Return the chapters a remark can name, and the rows that changed."""
    chapters = [
        (f"passage:{section.anchor}", f"本文 {section.heading}")
        for root in level_one(document)
        if coverage.covers_section(root.anchor)
        for section in root.walk()
    ]
    return [*chapters, *_changed_rows(comparison)]


def places_in_annex(document: Document, number: int) -> Choices:
    """Return every row of one annex as a place."""
    return [
        place
        for annex in document.annexes
        if annex.number == number
        for table in annex.tables
        for place in _rows(table)
    ]


def said_in(documents: Iterable[Document], place: str) -> str:
    """Return everything that documents say at a place that a remark can name, folded."""
    return "\n".join(_said_at(document, place) for document in documents)


def _said_at(document: Document, place: str) -> str:
    kind, _, name = place.partition(":")
    if kind == "row":
        code, _, uid = name.partition("/")
        tables = (table for table in document.tables() if table.code == code)
        return fold("".join(_row_text(table, uid) for table in tables))
    for section in document.sections():
        if section.anchor == name:
            return fold("".join([section.heading, *map(_block_text, section.blocks)]))
    return ""


def _block_text(block: Block) -> str:
    if isinstance(block, TextBlock):
        return readable_text(block.html)
    if isinstance(block, TableBlock) and block.table:
        heads = [column.label for column in block.table.columns]
        return "".join(
            [block.table.title, *heads, *(t for row in block.table.texts() for t in row)]
        )
    if isinstance(block, FigureBlock) and block.figure:
        return str(block.figure)
    return ""


def _row_text(table: Table, uid: str) -> str:
    heads = "".join(column.label for column in table.columns)
    texts = zip(table.rows, table.texts(), strict=True)
    return heads + "".join(text for row, line in texts if row.uid == uid for text in line)


def _rows(table: Table) -> Iterator[tuple[str, str]]:
    for number, (row, texts) in enumerate(zip(table.rows, table.texts(), strict=True), 1):
        words = shortened("／".join(text for text in texts if text), _QUOTED)
        yield f"row:{table.code}/{row.uid}", f"{table.title} {number}行目 {words}"


def _changed_rows(comparison: Comparison | None) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for part in comparison.walk() if comparison else ():
        for table in part.tables:
            for row in table.rows:
                value = f"row:{table.code}/{row.uid}"
                if row.status is not Status.SAME and value not in seen:
                    seen.add(value)
                    yield value, f"{table.title} {_placed(row)}"


def _placed(row: RowChange) -> str:
    label = row.label_new or row.label_old
    return placed_name(label, row.position_new or row.position_old)


def _address(remark: ReturnRemark, code: str) -> str:
    if remark.place == RemarkPlace.ROW:
        known = registry.spec(remark.table_code) is not None
        return (
            reverse("annex:row", args=[code, remark.table_code, remark.row_uid])
            if known and is_uid(remark.row_uid)
            else ""
        )
    uid = remark.anchor.removeprefix("chapter-")
    return reverse("plan:chapter", args=[code, uid]) if is_uid(uid) else ""


def _is_latest(remark: ReturnRemark) -> bool:
    submission = remark.decision.submission
    return not submission.revision.submissions.filter(number__gt=submission.number).exists()

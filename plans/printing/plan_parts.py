"""Takes a Document apart into the parts that are rendered, and lists what its contents name."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plans.document.document import Document
from plans.printing.annex_parts import annex_part
from plans.printing.chapter_parts import chapter_part
from plans.printing.flows import BookPart, OutlineEntry
from plans.printing.front_parts import (
    COLOPHON,
    COLOPHON_TITLE,
    REVISIONS,
    colophon_part,
    cover_part,
    revisions_part,
)
from plans.printing.geometry import A4, Paper
from plans.printing.prose import LoadImage


@dataclass(frozen=True)
class PlanParts:
    """A plan ready for the press: the contents come between `front` and `body`, made last."""

    front: tuple[BookPart, ...]
    body: tuple[BookPart, ...]
    entries: tuple[OutlineEntry, ...]


def plan_parts(document: Document, load_image: LoadImage, paper: Paper = A4) -> PlanParts:
    """Return the parts; raise a DomainError naming the place of what cannot be printed."""
    front = [cover_part(document.cover, paper)]
    if document.revisions is not None:
        front.append(revisions_part(document.revisions, document.revisions_title, paper))
    front += _front_chapters(document, load_image, paper)
    body = [chapter_part(chapter, load_image, paper.portrait) for chapter in document.chapters]
    body += [annex_part(annex, paper) for annex in document.annexes]
    if document.colophon:
        body.append(colophon_part(document.colophon, paper))
    return PlanParts(tuple(front), tuple(body), tuple(_entries(document)))


def _front_chapters(document: Document, load_image: LoadImage, paper: Paper) -> Iterator[BookPart]:
    """Yield what stands before the contents; without a number of its own it is labelled here."""
    for position, chapter in enumerate(document.front, 1):
        yield replace(chapter_part(chapter, load_image, paper.portrait), label=f"前付{position}")


def _entries(document: Document) -> Iterator[OutlineEntry]:
    if document.revisions is not None:
        yield OutlineEntry(1, "", document.revisions_title, REVISIONS)
    for section in document.sections():
        yield OutlineEntry(section.level, section.number, section.title, section.anchor)
    for annex in document.annexes:
        yield OutlineEntry(1, "", annex.heading, annex.anchor)
    if document.colophon:
        yield OutlineEntry(1, "", COLOPHON_TITLE, COLOPHON)

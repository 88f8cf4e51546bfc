"""Writes on cover and colophon which edition a document is; pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bcp_portal.annex.table import Table
from plans.document.document import REVISIONS_TITLE, Cover, Document

EDITION_LINE, EFFECTIVE_LINE, NUMBER_LINE = "版数", "施行日", "文書番号"
_LINES = frozenset({EDITION_LINE, EFFECTIVE_LINE, NUMBER_LINE})
Colophon = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Imprint:
    """What an edition says about itself; `effective_on` is the date in the municipality's style."""

    label: str
    effective_on: str
    document_number: str = ""
    revisions_title: str = REVISIONS_TITLE

    @property
    def lines(self) -> Iterable[tuple[str, str]]:
        """Yield the lines of the colophon."""
        yield EDITION_LINE, self.label
        yield EFFECTIVE_LINE, self.effective_on
        if self.document_number:
            yield NUMBER_LINE, self.document_number


def imprinted(document: Document, imprint: Imprint, revisions: Table) -> Document:
    """Return the document as an edition: named on cover and colophon, no longer a draft."""
    date_text = f"{imprint.effective_on}施行"
    return replace(
        document,
        cover=replace(document.cover, edition=imprint.label, date_text=date_text, draft=False),
        revisions=revisions,
        revisions_title=imprint.revisions_title,
        colophon=(*imprint.lines, *without_imprint(document.colophon)),
    )


def unissued(cover: Cover, working: Cover) -> Cover:
    """Return the cover of an edition as the working copy it becomes a part of."""
    return replace(cover, edition=working.edition, date_text=working.date_text, draft=working.draft)


def without_imprint(colophon: Colophon) -> Colophon:
    """Return the lines of a colophon that say nothing about an edition."""
    return tuple(line for line in colophon if line[0] not in _LINES)

"""Leaves out of a plan what a person did not choose to print."""

from collections.abc import Collection
from dataclasses import replace

from bcp_portal.ui.errors import DomainError
from plans.document.document import Document
from plans.printing.front_parts import COLOPHON, REVISIONS

NOTHING_CHOSEN = "選んだ章や様式が計画にありません。印刷する部分を選び直してください。"


def chosen(document: Document, anchors: Collection[str]) -> Document:
    """Return the document with the cover and the parts of these anchors; all for no anchors.

    Raises DomainError (Japanese) when none of them is in the plan.
    """
    if not anchors:
        return document
    extract = replace(
        document.only(anchors),
        revisions=document.revisions if REVISIONS in anchors else None,
        colophon=document.colophon if COLOPHON in anchors else (),
    )
    kept = (extract.front, extract.chapters, extract.annexes, extract.revisions, extract.colophon)
    if not any(kept):
        raise DomainError(NOTHING_CHOSEN)
    return extract

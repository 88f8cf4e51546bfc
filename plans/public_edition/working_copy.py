"""Asks the leak check of what is made of the working copy, before or without an issue."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bcp_portal.accounts.models import Municipality
from bcp_portal.ui.eras import DateStyle
from plans.chapters.image_files import load_image
from plans.document.document import Document
from plans.document.public_choices import choices_in
from plans.document.redaction import redact
from plans.public_edition.newly_hidden import HiddenNow
from plans.public_edition.public_files import PublicMaker
from plans.summary.document import Audience, summary_document
from plans.working_copy.builder import WorkingCopy
from plans.working_copy.rows import working_rows


def maker_of_working_copy(municipality: Municipality) -> PublicMaker:
    """Return what makes, and checks, the public edition of the working copy in scope."""
    working = WorkingCopy(municipality, in_edition=True)
    rows = working_rows(municipality)
    maker = _maker(working, rows, redact(working.masked, choices_in(rows)))
    return replace(maker, summary=public_summary(municipality))


def public_summary(municipality: Municipality) -> Document:
    """Return the 概要版 for everybody that can be printed of the working copy in scope."""
    return summary_document(municipality, Audience.PUBLIC)


def require_public(municipality: Municipality, document: Document) -> PublicMaker:
    """Return what checks the files of a document made of the working copy for everybody.

    LeakError when the document itself says more than it may.
    """
    working = WorkingCopy(municipality, in_edition=True)
    rows = working_rows(municipality)
    edition = redact(working.masked, choices_in(rows))
    maker = replace(_maker(working, rows, document), elsewhere=edition)
    maker.page()
    return maker


def hidden_now(
    municipality: Municipality,
    summary: Document | None = None,
    stored: Mapping[str, Any] | None = None,
) -> HiddenNow:
    """Return what of the working copy in scope is hidden at this moment.

    `summary` is its 概要版 for everybody and `stored` are its rows, where they were read before.
    """
    working = WorkingCopy(municipality, in_edition=True)
    rows = stored or working_rows(municipality)
    public = redact(working.masked, choices_in(rows))
    return HiddenNow(working.full, rows, public, summary or public_summary(municipality))


def _maker(working: WorkingCopy, rows: dict[str, Any], document: Document) -> PublicMaker:
    style = DateStyle(working.municipality.date_style)
    return PublicMaker(document, working.full, rows, load_image, style)

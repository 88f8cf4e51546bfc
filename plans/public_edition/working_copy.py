"""Asks the leak check of what is made of the working copy, before or without an issue."""

from typing import Any

from bcp_portal.accounts.models import Municipality
from bcp_portal.ui.eras import DateStyle
from plans.document import Document
from plans.document_builder import WorkingCopy
from plans.editions.snapshot import working_rows
from plans.print_services import load_image
from plans.public_edition.choices import choices_in
from plans.public_edition.hidden_since import HiddenNow
from plans.public_edition.making import PublicMaker
from plans.public_edition.redaction import redact


def maker_of_working_copy(municipality: Municipality) -> PublicMaker:
    """Return what makes, and checks, the public edition of the working copy in scope."""
    working = WorkingCopy(municipality, in_edition=True)
    rows = working_rows(municipality)
    return _maker(working, rows, redact(working.masked, choices_in(rows)))


def problems_of_working_copy(municipality: Municipality) -> list[str]:
    """Return sentences on what an issue would be refused for, in the municipality's scope.

    The HTML file says all that the PDF does, and is made in a moment.
    """
    maker = maker_of_working_copy(municipality)
    return [*(find.sentence for find in maker.refusing_finds), *maker.faults_of_page()]


def require_public(municipality: Municipality, document: Document) -> PublicMaker:
    """Return what checks the files of a document made of the working copy for everybody.

    LeakError when the document itself says more than it may.
    """
    maker = _maker(WorkingCopy(municipality, in_edition=True), working_rows(municipality), document)
    maker.page()
    return maker


def hidden_now(municipality: Municipality) -> HiddenNow:
    """Return what of the working copy in scope is hidden at this moment."""
    working = WorkingCopy(municipality, in_edition=True)
    rows = working_rows(municipality)
    return HiddenNow(working.full, rows, redact(working.masked, choices_in(rows)))


def _maker(working: WorkingCopy, rows: dict[str, Any], document: Document) -> PublicMaker:
    style = DateStyle(working.municipality.date_style)
    return PublicMaker(document, working.full, rows, load_image, style)

"""Looks ahead: what the leak check would say if the working copy were issued now."""

from bcp_portal.accounts.models import Municipality
from bcp_portal.ui.eras import DateStyle
from plans.document_builder import WorkingCopy
from plans.editions.snapshot import working_rows
from plans.print_services import load_image
from plans.public_edition.choices import choices_in
from plans.public_edition.making import PublicMaker
from plans.public_edition.redaction import redact


def problems_of_working_copy(municipality: Municipality) -> list[str]:
    """Return sentences on what an issue would be refused for, in the municipality's scope.

    The HTML file says all that the PDF does, and is made in a moment.
    """
    working = WorkingCopy(municipality)
    rows = working_rows(municipality)
    document = redact(working.masked, choices_in(rows))
    style = DateStyle(municipality.date_style)
    maker = PublicMaker(document, working.full, rows, load_image, style)
    return [leak.sentence for leak in maker.leaks_of_page()]

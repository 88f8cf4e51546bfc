"""Opens an edition for one reader: with personal values, or without."""

from django.utils import timezone

from bcp_portal.annex.excel.workbook_data import ExcelBook, ExcelColumn, ExcelSheet
from bcp_portal.annex.table import Table
from bcp_portal.audit.services import SeenRow
from bcp_portal.ui.eras import DateStyle, format_date
from plans.document.document import Document
from plans.document.tables import tables_of
from plans.editions.frozen_copy import FrozenCopy
from plans.editions.models.edition import Edition
from plans.editions.personal_rows import rows_in_document


def document_of(edition: Edition, *, with_personal: bool) -> Document:
    """Return the frozen document; personal values are masked unless asked for."""
    frozen = FrozenCopy(edition.document, edition.rows)
    return frozen.full if with_personal else frozen.masked


def rows_shown_in(edition: Edition) -> list[SeenRow]:
    """Return the rows whose personal values stand in the frozen document."""
    return rows_in_document(FrozenCopy(edition.document, edition.rows))


def book_of_edition(edition: Edition, *, with_personal: bool) -> ExcelBook:
    """Return the frozen tables as a workbook: those of the annexes, then those of the chapters."""
    document = document_of(edition, with_personal=with_personal)
    style = DateStyle(edition.municipality.date_style)
    facts = (
        ("団体", document.cover.municipality),
        ("版数", edition.label),
        ("施行日", format_date(edition.effective_on, style)),
    )
    return ExcelBook(
        title=f"{edition.label}の様式と表",
        municipality_code=edition.municipality.code,
        municipality_name=edition.municipality.name,
        made_at=timezone.localtime().replace(tzinfo=None),
        date_style=style,
        sheets=tuple(_sheet(table, facts) for table in tables_of(document)),
        frozen=True,
    )


def _sheet(table: Table, facts: tuple[tuple[str, str], ...]) -> ExcelSheet:
    return ExcelSheet(
        heading=table.heading,
        table=table,
        columns=tuple(ExcelColumn(column) for column in table.columns),
        subtitle=table.subtitle,
        facts=facts,
    )

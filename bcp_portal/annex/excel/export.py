"""Reads the rows of sheets as a person asked to see them, ready to be written as a workbook."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils import timezone

from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex import registry
from bcp_portal.annex.excel.names import file_name
from bcp_portal.annex.excel.workbook_data import ExcelBook, ExcelColumn, ExcelSheet
from bcp_portal.annex.fieldsets import NEED_LABELS
from bcp_portal.annex.listing import Listing, Query
from bcp_portal.annex.personal_rows import rows_in_tables
from bcp_portal.annex.references import ReferencePool, labelled
from bcp_portal.annex.sheet import Item, Presentation, Sheet
from bcp_portal.annex.table import TableRow
from bcp_portal.annex.table_builder import build_table
from bcp_portal.audit.services import SeenRow, record
from bcp_portal.audit.viewing_log import note_showing

WHOLE = "様式一式"
ACTION = "Excelへの書き出し"


def book_of_all(presentation: Presentation, *, personal: bool) -> ExcelBook:
    """Return every table of the municipality in scope, as its list shows it without conditions."""
    listings = [
        Listing(Sheet(spec, presentation), Query.read({}), personal=personal)
        for spec in registry.specs()
    ]
    return _book(WHOLE, presentation, listings)


def book_of_one(listing: Listing) -> ExcelBook:
    """Return the rows of one list, all pages of it, in its order."""
    return _book(listing.sheet.heading, listing.sheet.presentation, [listing])


def record_export(book: ExcelBook, request: MemberRequest) -> None:
    """Write into the operation log who took what, and whose personal values were shown with it.

    The answer to HEAD hands nothing out and is not written down.
    """
    if request.method == "HEAD":
        return
    record(
        municipality=request.municipality,
        actor=request.user,
        action=ACTION,
        note=note_of(book),
    )
    note_showing(request, rows_in(book), way=way_of(book))


def note_of(book: ExcelBook) -> str:
    """Return what the operation log says of a workbook that somebody takes (Japanese)."""
    counts = f"{len(book.sheets)}表、{book.row_count}行"
    personal = "個人情報を含む" if book.shows_personal else "個人情報を含まない"
    chosen = "、絞り込みあり" if any(sheet.conditions for sheet in book.sheets) else ""
    return f"{book.title}（{counts}、{personal}{chosen}）"


def way_of(book: ExcelBook) -> str:
    """Return by which way the personal values of a workbook are shown (Japanese)."""
    return f"{ACTION}：{book.title}"


def rows_in(book: ExcelBook) -> list[SeenRow]:
    """Return the rows whose personal values stand in a workbook."""
    return rows_in_tables(sheet.table for sheet in book.sheets)


def book_name(book: ExcelBook) -> str:
    """Return the name of the file of a workbook."""
    extract = "抜粋" if any(sheet.conditions for sheet in book.sheets) else ""
    return file_name(book.title, extract, book.municipality_name, day=book.made_at.date())


def _book(title: str, presentation: Presentation, listings: Sequence[Listing]) -> ExcelBook:
    pool = ReferencePool()
    municipality = presentation.municipality
    return ExcelBook(
        title=title,
        municipality_code=municipality.code,
        municipality_name=municipality.name,
        made_at=timezone.localtime().replace(tzinfo=None),
        date_style=presentation.date_style,
        sheets=tuple(_excel_sheet(listing, pool) for listing in listings),
    )


def _excel_sheet(listing: Listing, pool: ReferencePool) -> ExcelSheet:
    sheet = listing.sheet
    items = sorted(sheet.items, key=lambda item: not item.spec.in_print)
    table = build_table(
        sheet,
        municipality=sheet.municipality,
        include_personal=listing.personal,
        rows=listing.in_order(),
        items=items,
    )
    table = replace(table, rows=tuple(_with_labels(items, table.rows, pool)))
    setting = sheet.handling
    handling = setting.confidentiality if setting else Confidentiality.INTERNAL
    facts = (
        ("団体", sheet.municipality.name),
        ("管理部署", setting.managing_department if setting else ""),
        ("公開区分", str(Confidentiality(handling).label)),
    )
    subtitles = (setting.subtitle, setting.reference_note) if setting else ()
    return ExcelSheet(
        heading=sheet.heading,
        table=table,
        columns=tuple(_column(item, listing, pool) for item in items),
        subtitle="　".join(filter(None, subtitles)),
        facts=tuple((label, text) for label, text in facts if text),
        conditions=tuple(_conditions(listing)),
    )


def _with_labels(
    items: Sequence[Item], rows: Sequence[TableRow], pool: ReferencePool
) -> Iterator[TableRow]:
    """Yield rows that call another row as the drop-down of its column does."""
    cells = labelled(items, [dict(row.cells) for row in rows], pool)
    return (replace(row, cells=each) for row, each in zip(rows, cells, strict=True))


def _column(item: Item, listing: Listing, pool: ReferencePool) -> ExcelColumn:
    kind = item.column.kind
    may_choose = kind.names_one_row and (listing.personal or not item.column.personal)
    return ExcelColumn(
        column=item.column,
        editable=item.editable and not kind.holds_file,
        printed=item.spec.in_print,
        help=item.help,
        mark=NEED_LABELS[item.need],
        names=tuple(pool.of(item.model_field.related_model).names)
        if may_choose and item.editable
        else (),
    )


def _conditions(listing: Listing) -> list[str]:
    """Return what narrows the list, as its page shows it; what the list ignores is left out."""
    if not listing.query.text and not listing.query.filters:
        return []
    chosen = [
        f"{each.label}「{dict(each.options)[each.chosen]}」"
        for each in listing.filters()
        if each.chosen in dict(each.options)
    ]
    return [f"検索「{listing.query.text}」", *chosen] if listing.query.text else chosen

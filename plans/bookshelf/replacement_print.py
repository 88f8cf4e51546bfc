"""Prints what brings a binder to another edition: the sheet that says how, and just those pages."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pikepdf
from django.conf import settings
from django.core.cache import cache
from pikepdf import Array, Dictionary, Name, String

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.table import Column, Table, TableRow
from bcp_portal.audit.services import SeenRow
from bcp_portal.ui.eras import DateStyle, format_date
from bcp_portal.ui.errors import DomainError
from plans.bookshelf.models import PlanCopy
from plans.bookshelf.page_contents import Book, BookPage, read_book
from plans.bookshelf.register import all_copies
from plans.bookshelf.replacement import Exchange, Replacement, replacement
from plans.editions.edition_proof import require_issued
from plans.editions.files import pdf_of
from plans.editions.frozen_copy import FrozenCopy
from plans.editions.models.edition import Edition
from plans.editions.models.edition_setting import Sides
from plans.editions.personal_rows import only_parts, rows_in_document
from plans.editions.queries import HEAVY
from plans.printing.annex_parts import table_flows
from plans.printing.book import CREATOR, Description
from plans.printing.flows import BookPart
from plans.printing.geometry import PORTRAIT
from plans.printing.press import open_press
from plans.printing.prose import line
from plans.printing.stamps import RunningText
from plans.prints.products import Options, PrintOrder, Product

SHEET, PAGES = "replacement-sheet", "replacement-pages"
SHEET_TITLE, PAGES_TITLE = "差し替え指示書", "差し替えるページ"
NOTHING_TO_PUT = "入れるページはありません。抜くページは差し替え指示書を見てください。"
GONE = "選んだ版が見つかりません。一覧から選び直してください。"
_BOOK_KEPT_SECONDS = 60 * 60
STAYS = (
    "差し替えないページは内容が変わっていないので、ページの下にある版数と照会番号は前の版のままです。"
    "冊子が何版かは、表紙で確かめてください。"
)
_PRINT_ONE = "2. 入れるページのPDFを、片面・実際のサイズ（100%）で印刷します。"
_PRINT_BOTH = "2. 入れるページのPDFを、両面（長辺とじ）・実際のサイズ（100%）で印刷します。"
_COLUMNS = (
    Column("part", "章・様式", width=14),
    Column("out", "抜くページ", width=22),
    Column("put", "入れるページ", width=22),
    Column("where", "注意", width=22),
    Column("done", "済", width=6),
)
_COPY_COLUMNS = (
    Column("place", "差し替える写しの保管場所", width=30),
    Column("holder", "保管する人", width=24),
    Column("edition", "今ある版", width=12),
    Column("done", "差し替えた日・印", width=18),
)


@dataclass(frozen=True)
class Binders:
    """From which edition to which, for binders with or without personal values."""

    old: Edition
    new: Edition
    both_sides: bool
    with_personal: bool = False

    @classmethod
    def of(cls, options: Options, *, with_personal: bool) -> "Binders":
        """Find the editions a print job names; DomainError when one is not there."""
        wanted = [UUID(str(options.get(side, UUID(int=0)))) for side in ("old", "new")]
        editions = Edition.objects.select_related("municipality").defer(*HEAVY)
        found = {edition.uid: edition for edition in editions.filter(uid__in=wanted)}
        if set(found) != set(wanted):
            raise DomainError(GONE, status=404)
        old, new = (found[uid] for uid in wanted)
        for each in (old, new):
            require_issued(each)
        return cls(old, new, options.get("sides") == Sides.DOUBLE, with_personal)

    @property
    def options(self) -> dict[str, str]:
        """Return what `of` reads, for a print job."""
        sides = Sides.DOUBLE if self.both_sides else Sides.SINGLE
        return {"old": str(self.old.uid), "new": str(self.new.uid), "sides": sides.value}

    def content(self) -> bytes:
        """Return the PDF of the new edition."""
        return pdf_of(self.new, with_personal=self.with_personal)

    def replacement(self) -> tuple[Replacement, Book]:
        """Return what is exchanged, and the new book; DomainError for what cannot be."""
        old = _book(pdf_of(self.old, with_personal=self.with_personal))
        new = _book(self.content())
        return replacement(old, new, both_sides=self.both_sides), new

    def copies(self) -> list[PlanCopy]:
        """Return the paper copies that hold the old edition."""
        held = all_copies().filter(edition=self.old, retired_on=None, medium="paper")
        return list(held.filter(with_personal=self.with_personal))


def _book(content: bytes) -> Book:
    """Return what a PDF holds; large ones take seconds to read and never change."""
    key = f"book:{hashlib.sha256(content).hexdigest()}"
    known: Book | None = cache.get(key)
    if known is None:
        known = read_book(content)
        cache.set(key, known, _BOOK_KEPT_SECONDS)
    return known


def where(each: Exchange) -> str:
    """Return what else there is to know about one exchange."""
    if each.whole and each.put:
        place = f"{each.after.label}の後に入れる" if each.after else ""
        return f"全部。{place}" if place else "全部"
    if not each.put:
        return "抜くだけ" if not each.whole else "全部を抜くだけ"
    return f"{each.after.label}の後に入れる" if each.after else ""


def exchange_table(found: Replacement) -> Table:
    """Return the exchanges as lines to be ticked off."""
    rows = tuple(
        TableRow(
            str(number),
            {
                "part": each.heading,
                "out": _counted(each.out_text, each.out, found),
                "put": _counted(each.put_text, each.put, found),
                "where": where(each),
            },
        )
        for number, each in enumerate(found.exchanges)
    )
    return Table("exchanges", SHEET_TITLE, _COLUMNS, rows)


def _counted(text: str, pages: Sequence[BookPage], found: Replacement) -> str:
    sheets = -(-len(pages) // found.pages_a_sheet)
    return f"{text}（{sheets}枚）" if pages else "なし"


def make_sheet(order: PrintOrder) -> bytes:
    """Return the sheet as PDF, for a print job; it names pages and shows nobody's values."""
    order.note_shown(())
    binders = Binders.of(order.options, with_personal=order.with_personal)
    found, _ = binders.replacement()
    flows = table_flows(exchange_table(found), SHEET_TITLE, _heading(binders, found), PORTRAIT)
    copies = binders.copies()
    if copies:
        flows += table_flows(_copy_table(copies), SHEET_TITLE, "", PORTRAIT)
    name = order.municipality.name
    running = RunningText(name, SHEET_TITLE, binders.new.label, draft=False)
    with open_press(settings.PRINT_CACHE_DIR) as press:
        return press.print_parts(
            (BookPart(SHEET, SHEET_TITLE, SHEET_TITLE, flows),),
            Description(f"{name}　{SHEET_TITLE}", name, "ja"),
            running=running,
            on_progress=order.on_progress,
        )


def _heading(binders: Binders, found: Replacement) -> str:
    style = DateStyle(binders.new.municipality.date_style)
    day = format_date(binders.new.effective_on, style)
    kind = "個人の情報を含む冊子" if binders.with_personal else "個人の情報を伏せた冊子"
    sides = "両面" if binders.both_sides else "片面"
    texts = (
        f"{binders.old.label}の冊子を、{binders.new.label}（{day}施行）にするための指示です。"
        f"{kind}（{sides}印刷）が対象です。",
        f"抜く紙は{found.out_sheets}枚、入れる紙は{found.put_sheets}枚、"
        f"そのまま残るのは{found.kept}ページです。",
        f"1. 表紙を見て、{binders.old.label}の冊子であることを確かめます。",
        _PRINT_BOTH if binders.both_sides else _PRINT_ONE,
        "3. 上から順に、抜くページを抜き、同じ場所に入れるページを入れます。",
        "4. 抜いた紙は持ち帰り、庁内の定めに従って廃棄します。",
        "5. 写しの台帳に、差し替えた日を記録します。",
        STAYS,
    )
    paragraphs = "".join(f"<p>{line(text, SHEET_TITLE)}</p>" for text in texts)
    return f'<h1>{line(SHEET_TITLE, SHEET_TITLE)}</h1><div class="prose">{paragraphs}</div>'


def _copy_table(copies: Sequence[PlanCopy]) -> Table:
    rows = tuple(
        TableRow(
            str(copy.uid),
            {
                "place": copy.place,
                "holder": copy.holder,
                "edition": copy.edition.label if copy.edition else "",
            },
        )
        for copy in copies
    )
    return Table("copies", "差し替える写し", _COPY_COLUMNS, rows)


def make_pages(order: PrintOrder) -> bytes:
    """Return just the pages to put in, as they stand in the edition's PDF."""
    order.on_progress(0, 1)
    binders = Binders.of(order.options, with_personal=order.with_personal)
    found, book = binders.replacement()
    if not found.put:
        raise DomainError(NOTHING_TO_PUT)
    name = f"{order.municipality.name}　{binders.new.label}　{PAGES_TITLE}"
    content = extract(binders.content(), book, found, name)
    if binders.with_personal:
        order.note_shown(_rows_put_in(binders.new, found))
    order.on_progress(1, 1)
    return content


def _rows_put_in(edition: Edition, found: Replacement) -> list[SeenRow]:
    """Return the rows whose personal values stand in the parts of which pages are put in."""
    parts = {each.part for each in found.exchanges if each.put}
    frozen = FrozenCopy(edition.document, edition.rows)
    document = frozen.full
    sections = (*document.front, *document.chapters)
    anchors = {s.anchor for s in sections if parts & {s.number, s.title}}
    anchors |= {a.anchor for a in document.annexes if f"様式{a.number}" in parts}
    return rows_in_document(frozen, only_parts(document, anchors)) if anchors else []


def extract(content: bytes, book: Book, found: Replacement, title: str) -> bytes:
    """Return the pages to put in; on both sides each exchange begins on the front of a sheet."""
    with pikepdf.open(io.BytesIO(content)) as source, pikepdf.new() as target:
        labels: list[Any] = []
        for each in found.exchanges:
            if each.put:
                _label(labels, len(target.pages), each.put[0])
            for page in each.put:
                target.pages.append(source.pages[book.place(page)])
            if len(each.put) % found.pages_a_sheet:
                width, height = _size(target.pages[-1])
                target.add_blank_page(page_size=(width, height))
        for put in target.pages:
            _loosen(put)
        target.Root.PageLabels = Dictionary(Nums=Array(labels))
        target.Root.Lang = String("ja")
        target.docinfo.Title = String(title)
        target.docinfo.Creator = String(CREATOR)
        stream = io.BytesIO()
        target.save(stream, deterministic_id=True, min_version="1.7")
        return stream.getvalue()


def _label(labels: list[Any], index: int, page: BookPage) -> None:
    labels += [index, Dictionary(S=Name.D, P=String(f"{page.part}-"), St=page.number)]


def _size(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(corner) for corner in page.mediabox)
    return right - left, top - bottom


def _loosen(page: pikepdf.Page) -> None:
    """Remove from a page the links to pages that are not printed."""
    for name in (Name.Annots, Name.StructParents, Name.Tabs):
        if name in page.obj:
            del page.obj[name]


def _title(kind: str) -> Any:
    def title(municipality: Municipality, options: Options) -> str:
        binders = Binders.of(options, with_personal=False)
        return f"{kind}_{binders.old.label}から{binders.new.label}"

    return title


PRODUCTS = (
    Product(SHEET, SHEET_TITLE, _title(SHEET_TITLE), make_sheet),
    Product(PAGES, PAGES_TITLE, _title(PAGES_TITLE), make_pages),
)

"""Two real editions: what is to be exchanged, the sheet that says so, and the pages to put in."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from plans.bookshelf.models import PlanCopy
from plans.bookshelf.page_contents import read_book
from plans.bookshelf.replacement import replacement
from plans.bookshelf.replacement_print import (
    PAGES,
    SHEET,
    Binders,
    exchange_table,
    make_pages,
    make_sheet,
)
from plans.document.document import Document
from plans.editions.edition_reader import document_of
from plans.editions.look import look_of
from plans.editions.models.edition import Edition
from plans.editions.printing import print_edition
from plans.models import Chapter, EditionSetting
from plans.printing.cache import PartCache
from plans.printing.page_numbers import Numbering
from plans.printing.pool import Pool
from plans.printing.press import Press, read_style_sheet
from plans.prints.models import PrintJob
from plans.prints.products import PrintOrder
from tests.conftest import ClientFactory
from tests.plans.editions.making import PHONE, a_plan, issued
from tests.plans.printing.documents import load_picture, make_document
from tests.plans.printing.pdf_reading import ReadPdf

pytestmark = [pytest.mark.django_db]


def two_editions(municipality: Municipality) -> tuple[Edition, Edition]:
    """Issue two editions; a chapter grew by a page in between."""
    a_plan(municipality)
    chapters = Chapter.objects.filter(title="体制")
    chapters.update(body="<p>体制の本文。</p>" * 40)
    first = issued(municipality, kind="enactment")
    chapters.update(body="<p>体制の本文。</p>" * 30 + "<p>加わった文。</p>" * 30)
    return first, issued(municipality, effective_on=date(2026, 5, 1))


def print_for_real(monkeypatch: Any, *editions: Edition) -> None:
    """Put PDFs of the real press where the tests have a few bytes."""
    pdfs = {}
    for edition in editions:
        document = document_of(edition, with_personal=False)
        look = look_of(EditionSetting(), edition.short_code)
        pdfs[edition.pk] = print_edition(document, document, look).masked
    monkeypatch.setattr(
        "plans.bookshelf.replacement_print.pdf_of",
        lambda edition, *, with_personal: pdfs[edition.pk],
    )


@pytest.mark.slow
def test_the_sheet_and_the_pages_bring_a_binder_to_the_new_edition(
    in_scope: Municipality, tmp_path: Path, monkeypatch: Any
) -> None:
    first, second = two_editions(in_scope)
    print_for_real(monkeypatch, first, second)
    PlanCopy.objects.create(municipality=in_scope, place="本部室", holder="課長", edition=first)
    binders = Binders(first, second, both_sides=False)
    found, _ = binders.replacement()
    lines = {row.cells["part"]: row.cells for row in exchange_table(found).rows}
    assert set(lines) == {"表紙", "改定", "第2章", "奥付"}
    assert lines["第2章"]["out"] == "2-2（1枚）"
    assert lines["第2章"]["put"] == "2-2～2-3（2枚）"
    assert lines["表紙"]["put"] == "表紙-1（1枚）"

    order = PrintOrder(in_scope, binders.options)
    sheet = ReadPdf(make_sheet(order), tmp_path)
    text = "".join(sheet.page_texts)
    for said in (
        "差し替え指示書",
        "2-2～2-3",
        "本部室",
        "初版の冊子を、第2版",
        "照会番号は前の版のまま",
    ):
        assert said in text.replace("\n", ""), said
    assert PHONE not in text

    content = make_pages(order)
    pages = ReadPdf(content, tmp_path)
    assert len(pages.page_texts) == len(found.put)
    assert second.short_code[:4] in pages.page_texts[0]
    joined = "".join(pages.page_texts)
    assert "加わった文" in joined and "体制の本文" in joined and "目的の本文" not in joined
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert not any("/Annots" in page for page in pdf.pages)
    assert "No syntax or stream" in pages.check()


@pytest.mark.slow
def test_a_page_is_the_same_whether_its_table_was_rendered_anew_or_taken_from_the_cache(
    tmp_path: Path,
) -> None:
    """An edition may be printed on a machine whose cache is empty: pages must not differ for it."""
    old = make_document(systems=40)
    table = old.annexes[0].tables[0]
    column = next(each.name for each in table.columns if each.kind == "text")
    rows = list(table.rows)
    rows[30] = replace(rows[30], cells={**rows[30].cells, column: "別の名前"})
    annex = replace(old.annexes[0], tables=(replace(table, rows=tuple(rows)),))
    new = replace(old, annexes=(annex, *old.annexes[1:]))
    with Pool(read_style_sheet()) as pool:

        def printed(document: Document, folder: str) -> bytes:
            press = Press(PartCache(tmp_path / folder), pool)
            return press.print_plan(document, load_image=load_picture, numbering=Numbering.BY_PART)

        before = read_book(printed(old, "warm"))
        warm = read_book(printed(new, "warm"))
        fresh = read_book(printed(new, "fresh"))
    assert warm.pages == fresh.pages
    found = replacement(before, fresh, both_sides=False)
    # The table is too wide for a sheet: the name of a row stands in each of its bands.
    assert {each.part for each in found.exchanges} == {"様式1"}
    assert all(len(each.put) == len(each.out) == 1 for each in found.exchanges)
    assert found.kept > 10 * len(found.exchanges)


def test_the_page_asks_for_both_and_says_what_cannot_be(
    municipality: Municipality, client_for: ClientFactory, monkeypatch: Any
) -> None:
    with scope(municipality=municipality):
        a_plan(municipality)
        first = issued(municipality, kind="enactment")
        second = issued(municipality, effective_on=date(2026, 5, 1))
    monkeypatch.setattr(
        "plans.bookshelf.replacement_print.pdf_of",
        lambda edition, *, with_personal: counted_through(),
    )
    client = client_for(Role.VIEWER)
    address = f"/{municipality.code}/bookshelf/replacement/"
    page = client.get(address).content.decode()
    assert f'<option value="{second.pk}" selected>' in page
    query = {"old": first.pk, "new": second.pk, "sides": "single"}
    shown = client.get(address, query).content.decode()
    assert "一部の差し替えはできません" in shown and "通し番号" in shown
    same = client.get(address, {**query, "new": first.pk})
    assert same.status_code == 422
    assert "今ある版と同じです" in same.content.decode()
    assert client.post(address, {**query, "product": SHEET, "personal": "on"}).status_code == 403
    for product in (SHEET, PAGES):
        assert client.post(address, {**query, "product": product}).status_code == 302
    with scope(municipality=municipality):
        jobs = PrintJob.objects.order_by("pk")
        assert [job.product for job in jobs] == [SHEET, PAGES]
        assert all("通し番号" in job.message for job in jobs)


def counted_through() -> bytes:
    """Return a PDF whose pages have no labels."""
    stream = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(stream)
    return stream.getvalue()

"""Every working print marks what is 作成中: PDF, Word, cards, forms, summary."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Role
from plans.annexes.draft_marks import MARK, NAME_MARK
from plans.document.document import Document, FigureBlock
from plans.editions.personal_rows import only_parts, tables_in
from plans.leaflets.blank_forms import blank_forms
from plans.leaflets.carry_cards import CardDesk, chosen_people
from plans.leaflets.products import BLANK_FORMS, CARDS, SUMMARY
from plans.models import QuickCheckItem
from plans.outlines import OUTLINES
from plans.outlines.new_plan import create_plan
from plans.prints.print_jobs import request_print
from plans.prints.products import PLAN, PrintOrder
from plans.summary.document import Audience, summary_document
from plans.word.outward.product import PRODUCT as WORD
from plans.working_copy.builder import build_document
from tests.findings.test_daily_rows import said
from tests.findings.towns import spec
from tests.plans.printing.pdf_reading import ReadPdf, comparable
from tests.plans.rows import a_person, a_role
from tests.rows import make_row
from tests.systems.facilities import make_system

SYSTEM = "住民情報システム"


@pytest.fixture
def drafted(in_scope: Municipality) -> Municipality:
    create_plan(municipality=in_scope, actor=None, outline=OUTLINES["simple"])
    make_system(in_scope, SYSTEM, row_status="draft")
    return in_scope


def test_word_marks_drafts(drafted: Municipality) -> None:
    with zipfile.ZipFile(io.BytesIO(WORD.make(PrintOrder(drafted)))) as file:
        xml = file.read("word/document.xml").decode()
    assert f"{MARK}{SYSTEM}" in re.sub(r"<[^>]+>", "", xml)


def test_cards_mark_a_role_that_is_a_draft(in_scope: Municipality) -> None:
    person = a_person(in_scope, "見本 太郎")
    a_role(in_scope, "本部長", person=person, row_status="draft")
    [card] = map(CardDesk.load(in_scope).card, chosen_people({}))
    assert f"{MARK}本部長" in card.roles[0].text


def test_forms_to_fill_in_mark_an_item_that_is_a_draft(in_scope: Municipality) -> None:
    QuickCheckItem.objects.create(
        municipality=in_scope, item="電源の確認", group="power", row_status="draft"
    )
    [form] = blank_forms(in_scope, {"annexes": ["11"]})
    assert f"{MARK}電源の確認" in str(form.lines)


def test_cards_and_forms_mark_the_name_of_a_draft_that_a_row_names(in_scope: Municipality) -> None:
    site = make_row(spec("3"), in_scope)
    type(site).objects.update(name="新庁舎", row_status="draft")
    site.refresh_from_db()
    a_role(in_scope, "本部長", person=a_person(in_scope, "見本 太郎"), place1=site)
    [card] = map(CardDesk.load(in_scope).card, chosen_people({}))
    assert f"新庁舎{NAME_MARK}" in card.spots[0].first
    QuickCheckItem.objects.create(
        municipality=in_scope, item="電源の確認", group="power", place_site=site
    )
    [form] = blank_forms(in_scope, {"annexes": ["11"]})
    assert f"新庁舎{NAME_MARK}" in str(form.lines)


def test_the_summary_for_everybody_holds_no_draft(in_scope: Municipality) -> None:
    a_role(in_scope, "書きかけの役割", row_status="draft")
    assert f"{MARK}書きかけの役割" in said(summary_document(in_scope, Audience.OFFICE))
    assert "書きかけの役割" not in said(summary_document(in_scope, Audience.PUBLIC))


def printed(membership: Membership, folder: Path, product: str, **choices: Any) -> str:
    """Return the text of the PDF that a print job makes, as the worker makes it."""
    job = request_print(membership=membership, product=product, **choices)
    job.refresh_from_db()
    with job.file.open() as file:
        return "".join(ReadPdf(file.read(), folder).comparable_pages)


def marks_in(document: Document) -> int:
    """Return how many rows a document marks as 作成中, in its tables and figures."""
    tables = "".join(str(table.texts()) for table in tables_in(document))
    blocks = [block for section in document.sections() for block in section.blocks]
    figures = [b.figure for b in blocks if isinstance(b, FigureBlock) and b.figure]
    return tables.count(MARK) + sum(figure.alternative_text.count(MARK) for figure in figures)


@pytest.fixture
def staffed(drafted: Municipality) -> Municipality:
    """Return a town with a draft in a table, in the organisation chart and in a table of counts."""
    person = a_person(drafted, "見本 太郎")
    a_role(drafted, "本部長", person=person)
    a_role(drafted, "書きかけの役割", person=person, row_status="draft")
    QuickCheckItem.objects.create(
        municipality=drafted, item="電源の確認", group="power", row_status="draft"
    )
    return drafted


@pytest.mark.parametrize("with_personal", [True, False])
@pytest.mark.parametrize("parts", [(), ("annex-1", "annex-8")], ids=["whole", "parts"])
def test_the_print_job_marks_in_the_pdf_what_the_preview_marks(
    staffed: Municipality,
    member: Callable[..., Membership],
    tmp_path: Path,
    parts: tuple[str, ...],
    with_personal: bool,
) -> None:
    options = {"parts": list(parts)}
    text = printed(
        member(Role.EDITOR), tmp_path, PLAN, options=options, with_personal=with_personal
    )
    preview = only_parts(build_document(staffed, include_personal=with_personal), parts)
    assert comparable(f"{MARK}{SYSTEM}") in text
    assert comparable("書きかけの役割") in text
    assert text.count(comparable(MARK)) >= marks_in(preview) > 1
    assert comparable("の行は、版には載りません") in text


PRODUCTS: dict[str, tuple[Mapping[str, Any], str]] = {
    CARDS: ({}, "書きかけの役割"),
    BLANK_FORMS: ({"annexes": ["11"]}, "電源の確認"),
    SUMMARY: ({"audience": Audience.OFFICE.value}, "書きかけの役割"),
}


@pytest.mark.parametrize("product", PRODUCTS)
def test_each_other_working_print_marks_drafts_in_its_pdf(
    staffed: Municipality, member: Callable[..., Membership], tmp_path: Path, product: str
) -> None:
    options, name = PRODUCTS[product]
    text = printed(member(Role.EDITOR), tmp_path, product, options=options)
    assert comparable(f"{MARK}{name}") in text

"""Every form of an edition says what its document says, and nothing older or newer.

Random parts of random changes are issued. Each change writes a word or a number that stood nowhere
before, so that one of another edition, or of the working copy, is known wherever a file says it.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from openpyxl import load_workbook

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.excel.workbook import workbook_bytes
from bcp_portal.ui.eras import DateStyle
from plans.bookshelf.handset import Stamp, handset_page
from plans.document.document import Document, FigureBlock, TextBlock
from plans.document.public_choices import choices_in
from plans.document.redaction import redact
from plans.editions.edition_reader import book_of_edition
from plans.editions.frozen_copy import FrozenCopy
from plans.editions.look import EditionLook
from plans.editions.models.edition import Edition
from plans.editions.personal_rows import tables_in
from plans.editions.printing import printed_as
from plans.printing.press import Press, open_press
from plans.public_edition.page import public_page
from plans.public_edition.workbook import public_workbook
from plans.word.outward.word_file import word_file
from plans.working_copy.builder import build_document
from tests.cases import cases
from tests.findings.test_daily_use_one_fact import assert_one_value_each
from tests.findings.worlds import Changer, a_small_town, publish_everything
from tests.plans.editions.making import issued
from tests.plans.printing.pdf_reading import ReadPdf, comparable
from tests.plans.word.outward.reading import ReadWord

UNIQUE = re.compile(r"新語\d+号|\d{5}")


@pytest.mark.slow
@pytest.mark.long_form
@pytest.mark.parametrize("seed", range(cases(1, 30)))
def test_every_form_of_an_edition_says_one_value(
    in_scope: Municipality, seed: int, tmp_path: Path
) -> None:
    random = Random(seed)
    a_small_town(in_scope, random)
    publish_everything(in_scope)
    changer = Changer(in_scope, random, unique_numbers=True)
    facts = Facts()
    changer.change(60)
    facts.learn(FrozenCopy(issued(in_scope).document, {}).full)
    for _ in range(cases(1, 2)):
        changer.change(60)
        edition = issued(in_scope, changer.coverage(), kind="minor")
        facts.learn(build_document(in_scope, include_personal=True))
    forms = FormsOf(edition, tmp_path)
    assert_one_value_each(forms.full)
    assert facts.texts
    for name, (text, document) in forms.all().items():
        told, allowed = facts.found_in(text), facts.found_in(words_of(document, figures=True))
        must_say = in_tables(document) if name.endswith("excel") else words_of(document)
        assert facts.found_in(must_say) - told == set(), name
        assert told - allowed == set(), name


@dataclass
class Facts:
    """Everything that ever stood in a cell or a phrase and cannot be mistaken for anything else."""

    texts: set[str] = field(default_factory=set)

    def learn(self, document: Document) -> None:
        self.texts |= {
            comparable(text)
            for table in tables_in(document)
            for texts in table.texts()
            for text in texts
            if len(UNIQUE.findall(comparable(text).replace(",", ""))) == 1
        }
        self.texts |= set(re.findall(r"新語\d+号", words_of(document, True)))

    def found_in(self, text: str) -> set[str]:
        return {each for each in self.texts if each in text}


def words_of(document: Document, figures: bool = False) -> str:
    """Return what a document says in its texts and tables, and in headings and figures if wanted."""
    return comparable("\n".join((*_texts(document, figures), in_tables(document))))


def in_tables(document: Document) -> str:
    """Return what every table of a document says, its head and its title."""
    lines: list[str] = []
    for table in tables_in(document):
        lines += [c.label for c in table.columns]
        lines += [text for texts in table.texts() for text in texts]
    return comparable("\n".join(lines))


def _texts(document: Document, figures: bool) -> Iterator[str]:
    if figures:
        yield str(document.to_json())
    for section in document.sections():
        for block in section.blocks:
            if isinstance(block, TextBlock):
                yield _without_tags(block.html)
            elif isinstance(block, FigureBlock) and block.figure and figures:
                yield _without_tags(block.figure.svg) + block.figure.alternative_text


def _without_tags(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<style.*?</style>", "", text, flags=re.S)))


@dataclass
class FormsOf:
    """The files of an edition, each as comparable text, with the document it is made of."""

    edition: Edition
    folder: Path

    @property
    def frozen(self) -> FrozenCopy:
        return FrozenCopy(self.edition.document, self.edition.rows)

    @property
    def full(self) -> Document:
        return self.frozen.full

    def all(self) -> Mapping[str, tuple[str, Document]]:
        full, masked = self.full, self.frozen.masked
        public = redact(masked, choices_in(self.edition.rows))
        stamp = Stamp("", "", "ACDE3467")
        settings.PRINT_CACHE_DIR.mkdir(parents=True, exist_ok=True)
        with open_press(settings.PRINT_CACHE_DIR) as press:
            pdfs = [self.pdf(press, each) for each in (full, masked, public)]
        return {
            "pdf": (pdfs[0], full),
            "masked pdf": (pdfs[1], masked),
            "public pdf": (pdfs[2], public),
            "page": (read_page(handset_page(full, stamp, str)), full),
            "masked page": (read_page(handset_page(masked, stamp, str)), masked),
            "public page": (read_page(public_page(public, no_picture)), public),
            "word": (read_word(full), full),
            "excel": (self.own_excel(personal=True), full),
            "masked excel": (self.own_excel(personal=False), masked),
            "public excel": (read_excel(public_workbook(public, DateStyle.WAREKI)), public),
        }

    def own_excel(self, *, personal: bool) -> str:
        return read_excel(workbook_bytes(book_of_edition(self.edition, with_personal=personal)))

    def pdf(self, press: Press, document: Document) -> str:
        pdf = ReadPdf(printed_as(press, document, EditionLook()), self.folder)
        return "".join(pdf.comparable_pages)


def no_picture(_sha256: str) -> bytes:
    return b""


def read_page(page: str) -> str:
    return comparable(_without_tags(page))


def read_word(document: Document) -> str:
    return comparable(ReadWord(word_file(document, load_image=no_picture)).text())


def read_excel(content: bytes) -> str:
    workbook = load_workbook(BytesIO(content))
    return comparable(
        "\n".join(
            f"{cell:,}" if isinstance(cell, int) else str(cell)
            for sheet in workbook
            for row in sheet.iter_rows(values_only=True)
            for cell in row
            if cell is not None
        )
    )

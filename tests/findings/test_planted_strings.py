"""A hidden number is found in every string of the public document and of the files made of it."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

import pikepdf
import pytest
from openpyxl import load_workbook

from bcp_portal.annex.table import Column, Public, Table, TableRow
from bcp_portal.ui.eras import DateStyle
from plans.document.document import Document
from plans.editions.file_names import edition_file_name
from plans.models import Edition
from plans.public_edition.excel_reader import read_excel
from plans.public_edition.file_texts import FileReading
from plans.public_edition.finder import Finder
from plans.public_edition.hidden_value_collection import hidden_values
from plans.public_edition.leak_check import Leak, find_leaks
from plans.public_edition.pdf_reader import read_pdf
from plans.public_edition.public_files import LeakError, PublicMaker
from plans.public_edition.public_texts import PublicTexts
from tests.findings.test_public_pictures import SHA256, load
from tests.plans.public_edition.documents import internal_document, public_document, with_text

SOURCE = "様式9の「緊急連絡先一覧」の1行目の「携帯電話"
PHONE = "090-7788-1234"
ROWS = {"tables": {"9": [{"uid": "u1", "row_no": 1, "mobile": PHONE}]}, "not_secret": []}
SAID_NOWHERE = {
    "anchor",  # made of the identity of a row
    "code",
    "name",
    "uid",
    "kind",
    "public",
    "confidentiality",
    "svg",
    "language",
    "images",
    "number",
    "message",
}
"""Fields that nobody types and no file shows, or (message, number) that only the program writes."""

Path_ = tuple[Any, ...]


def whole_document() -> Document:
    """Return the small plan with words in every field that a file shows."""
    text = f'<p><img alt="庁舎の写真" src="image:{SHA256}">図</p>'
    document = replace(with_text(public_document(), text), images=(SHA256,))
    revisions = Table(
        "c-10",
        "改定",
        (Column("label", "版", public=Public.SHOW),),
        (TableRow("v1", {"label": "初版"}, "public"),),
    )
    return replace(document, revisions=revisions)


def strings(value: Any, at: Path_ = ()) -> Iterator[Path_]:
    """Yield the way to every string that a file may show."""
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        yield at
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in SAID_NOWHERE:
                yield from strings(getattr(value, field.name), (*at, field.name))
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from strings(each, (*at, number))


def planted(value: Any, at: Path_) -> Any:
    """Return the same document with the number behind one of its strings."""
    if not at:
        return f"{value[:-4]}{PHONE}{value[-4:]}" if value.endswith("</p>") else f"{value}{PHONE}"
    first, *rest = at
    if isinstance(value, tuple):
        return tuple(planted(e, tuple(rest)) if n == first else e for n, e in enumerate(value))
    return replace(value, **{first: planted(getattr(value, first), tuple(rest))})


def maker(document: Document) -> PublicMaker:
    return PublicMaker(document, internal_document(), ROWS, load, DateStyle.WAREKI)


def kinds() -> dict[str, Path_]:
    """Return one place of each kind of string."""
    return {
        ".".join(str(each) for each in way if isinstance(each, str)): way
        for way in strings(whole_document())
    }


# Where an office says how to reach it: what is written there is public by that.
MEANT = {"cover.department", "colophon"}


def sentences(make: Callable[[], object]) -> str:
    try:
        make()
    except LeakError as error:
        return "".join(error.sentences)
    return ""


@pytest.mark.parametrize("kind", sorted(kinds().keys() - MEANT))
def test_a_number_is_found_in_every_string_of_the_document(kind: str) -> None:
    assert SOURCE in sentences(maker(planted(whole_document(), kinds()[kind])).page)


def test_a_number_is_found_in_the_words_of_a_picture() -> None:
    html = f'<p><img alt="写真（{PHONE}）" src="image:{SHA256}">図</p>'
    document = replace(with_text(public_document(), html), images=(SHA256,))
    assert f"図の説明に、公開しない値（{SOURCE}" in sentences(maker(document).page)


def test_the_untouched_document_gives_no_alarm() -> None:
    untouched = maker(whole_document())
    assert sentences(untouched.page) == sentences(untouched.workbook) == ""


def tampered(content: bytes, change: Callable[[Any], None]) -> bytes:
    workbook, stored = load_workbook(io.BytesIO(content)), io.BytesIO()
    change(workbook)
    workbook.save(stored)
    return stored.getvalue()


@pytest.mark.parametrize(
    "name",
    ["creator", "title", "subject", "keywords", "description", "category", "lastModifiedBy"],
)
def test_a_number_is_found_in_each_property_of_an_excel_file(name: str) -> None:
    plain = maker(whole_document())
    content = tampered(plain.workbook(), lambda book: setattr(book.properties, name, PHONE))
    assert leaks(plain, read_excel(content))


def test_a_number_is_found_in_the_name_of_a_sheet_and_of_a_part_of_the_file() -> None:
    plain = maker(whole_document())
    content = plain.workbook()
    named = tampered(content, lambda book: setattr(book.worksheets[0], "title", PHONE))
    assert leaks(plain, read_excel(named))
    stored = io.BytesIO(content)
    with zipfile.ZipFile(stored, "a") as parts:
        parts.writestr(f"xl/media/{PHONE}.png", b"")
    assert any(PHONE in fault for fault in read_excel(stored.getvalue()).faults)


@pytest.mark.parametrize("key", ["/Title", "/Author", "/Subject", "/Keywords", "/Creator"])
def test_a_number_is_found_in_the_description_of_a_pdf(key: str) -> None:
    stored = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo[key] = PHONE
        pdf.save(stored)
    assert leaks(maker(whole_document()), read_pdf(stored.getvalue()))


def leaks(plain: PublicMaker, reading: FileReading) -> list[Leak]:
    hidden = hidden_values(internal_document(), ROWS, plain.document)
    found = find_leaks(reading, PublicTexts(plain.document), Finder(hidden), hidden)
    return [leak for leak in found if leak.value and leak.value.text == PHONE]


def test_the_name_of_a_file_holds_nothing_that_somebody_typed() -> None:
    edition = Edition(
        label="第2版", effective_on=date(2026, 12, 15), reason=PHONE, document_number=PHONE
    )
    assert (
        edition_file_name(edition, "pdf", "公開版")
        == "ICT業務継続計画_第2版_20261215施行_公開版.pdf"
    )

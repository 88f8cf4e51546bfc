"""Pictures stored by an older release leave a public file without their comments."""

import hashlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.picture_bytes import extras_in
from plans.document.document import Document
from plans.document.public_pictures import bare
from plans.printing.options import PrintOptions
from plans.printing.press import open_press
from plans.public_edition.html_reader import read_html
from plans.public_edition.page import style
from plans.public_edition.pdf_pictures import bare_pdf, photographs_in
from plans.public_edition.pdf_reader import read_pdf
from plans.public_edition.public_files import PublicMaker
from tests.plans.public_edition.documents import internal_document, public_document, with_text

SECRET = "四万十川清流 090-5555-1234"


def photograph() -> bytes:
    into = BytesIO()
    Image.new("RGB", (60, 40), (10, 90, 200)).save(into, "JPEG", comment=SECRET.encode())
    return into.getvalue()


CONTENT = photograph()
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def load(sha256: str) -> bytes:
    if sha256 != SHA256:
        raise LookupError(sha256)
    return CONTENT


def with_picture() -> Document:
    text = f'<p><img alt="庁舎" src="image:{SHA256}"></p>'
    return replace(with_text(public_document(), text), images=(SHA256,))


def test_the_page_carries_the_picture_without_its_comment() -> None:
    document = with_picture()
    page = PublicMaker(document, internal_document(), {}, load, DateStyle.WAREKI).page()
    assert "data:image/jpeg;base64," in page
    assert b64encode(CONTENT).decode() not in page
    assert extras_in(bare(load)(SHA256)) == []


def test_a_page_with_a_comment_in_its_picture_is_refused() -> None:
    page = (
        f'<html><img alt="庁舎" src="data:image/jpeg;base64,{b64encode(CONTENT).decode()}"></html>'
    )
    reading = read_html(page, style=style(), pictures=frozenset({SHA256}))
    assert any("文字の注釈（JPEG）が残っています" in fault for fault in reading.faults)


@pytest.mark.parametrize(("loading", "expected"), [(load, 1), (bare(load), 0)])
def test_the_pictures_of_a_pdf_are_read(
    tmp_path: Path, loading: Callable[[str], bytes], expected: int
) -> None:
    with open_press(tmp_path) as press:
        content = press.print_plan(with_picture(), load_image=loading, options=PrintOptions())
    with pikepdf.open(BytesIO(content)) as pdf:
        kinds = [
            str(each.get("/Subtype")) for each in pdf.objects if isinstance(each, pikepdf.Stream)
        ]
    assert "/Image" in kinds
    # What a former release issued leaves without it, page for page the same.
    handed_out = bare_pdf(content)
    assert (handed_out == content) is (expected == 0)
    assert not read_pdf(handed_out, with_pictures=True).faults
    with pikepdf.open(BytesIO(content)) as old, pikepdf.open(BytesIO(handed_out)) as new:
        assert len(old.pages) == len(new.pages)
        dots = [
            [pikepdf.PdfImage(each).as_pil_image().tobytes() for each in photographs_in(pdf)]
            for pdf in (old, new)
        ]
    assert dots[0] == dots[1] != []
    faults = [f for f in read_pdf(content, with_pictures=True).faults if "残っています" in f]
    assert len(faults) == expected
    assert all("PDFの" in fault and "ページ" in fault for fault in faults)

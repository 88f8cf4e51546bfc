"""An edition is printed from what was frozen, by the real press."""

import re
import subprocess
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from plans.document.document import Document, TextBlock
from plans.document.tables import tables_of
from plans.editions.edition_reader import document_of
from plans.editions.models.edition import Edition
from plans.editions.printing import print_edition
from plans.issuing.services import issue_edition
from plans.models import Chapter
from plans.proofs.verification import verify_editions
from plans.text.live_blocks import block_html
from tests.plans.edition_pages.test_pages import of_an_older_release
from tests.plans.editions.making import PHONE, a_chapter, a_plan, an_order, spec
from tests.rows import make_row

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def text_of(pdf: bytes, folder: Path, order: str = "-layout") -> str:
    path = folder / "edition.pdf"
    path.write_bytes(ContentFile(pdf).read())
    run = subprocess.run(["pdftotext", order, path, "-"], capture_output=True, check=True)
    return run.stdout.decode()


def test_an_edition_is_printed_with_and_without_personal_values(
    in_scope: Municipality, tmp_path: Path
) -> None:
    a_plan(in_scope)
    order = an_order(in_scope, kind="enactment", reason="新規に制定した。")
    edition = issue_edition(municipality=in_scope, order=order, actor=None)
    with edition.pdf.open("rb") as file:
        internal = text_of(file.read(), tmp_path)
    with edition.masked_pdf.open("rb") as file:
        masked = text_of(file.read(), tmp_path)
    assert PHONE in internal
    assert PHONE not in masked
    for text in (internal, masked):
        assert "初版" in text
        assert "令和8年4月1日施行" in text
        assert "新規に制定した。" in text
        assert "作業中" not in text
    assert verify_editions(in_scope).faults == []


def test_what_was_approved_is_what_is_printed(in_scope: Municipality, tmp_path: Path) -> None:
    """Every heading, paragraph and cell of the frozen document stands in the PDF, in full."""
    plan = a_plan(in_scope, annexes=(1, 3, 9))
    for number in (1, 2):
        make_row(spec("1"), in_scope, number, full=True)
    below = a_chapter(plan, "節の見出し", 1)
    below.parent = Chapter.objects.get(title="目的")
    below.body = "<p>第一の段落。</p><ul><li>項目甲</li><li>項目乙</li></ul>" + block_html("9")
    below.save()
    edition = issue_edition(municipality=in_scope, order=an_order(in_scope), actor=None)
    with edition.pdf.open("rb") as file:
        printed = "".join(text_of(file.read(), tmp_path, "-raw").split())
    document = Document.from_json(edition.document)
    wanted = [section.heading for section in document.sections()]
    wanted += [annex.heading for annex in document.annexes]
    for section in document.sections():
        for block in section.blocks:
            if isinstance(block, TextBlock):
                wanted += re.split(r"<[^>]*>", block.html)
    tables = [*tables_of(document), document.revisions]
    wanted += [text for table in tables if table for line in table.texts() for text in line]
    assert len(wanted) > 100
    missing = [text for text in wanted if "".join(text.split()) not in printed]
    assert missing == []


def test_an_edition_of_an_older_release_is_printed_again(
    municipality: Municipality, tmp_path: Path
) -> None:
    with scope(municipality=municipality):
        a_plan(municipality)
        order = an_order(municipality)
        edition = issue_edition(municipality=municipality, order=order, actor=None)
        old = of_an_older_release(Edition.objects.get(pk=edition.pk))
        document = Document.from_json(old.document)
        prints = print_edition(document, document_of(old, with_personal=False))
    assert "TX-123" in text_of(prints.internal, tmp_path)
    assert PHONE not in text_of(prints.masked, tmp_path)

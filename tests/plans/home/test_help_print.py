"""The guide for staff as PDF: asked for on its page, made without a plan, every section in it."""

import re
import subprocess
from pathlib import Path
from unittest.mock import patch

import pytest
from django.urls import reverse

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.ui.help_book import help_book
from plans.home.help_print import GUIDE, TITLE, guide_html, make_print
from plans.prints.products import PrintOrder, product_of
from tests.conftest import ClientFactory
from tests.plans.printing.pdf_reading import ReadPdf
from tests.plans.printing.tag_checking import faults


def test_the_guide_holds_every_section_and_fetches_nothing() -> None:
    html = guide_html()
    for section in help_book.sections():
        assert f'<h3 id="{section.slug}">{section.title}</h3>' in html
        assert f'<a href="#{section.slug}">' in html
    sources = re.findall(r'src="([^"]{30})', html)
    assert len(sources) > 20
    assert all(source.startswith("data:image/webp;base64,") for source in sources)


def test_a_reader_asks_for_it(client_for: ClientFactory, municipality: Municipality) -> None:
    client = client_for(Role.VIEWER)
    page = client.get(reverse("help:book", args=[municipality.code])).content.decode()
    address = reverse("prints:guide", args=[municipality.code])
    assert f'action="{address}"' in page
    assert product_of(GUIDE).label == TITLE
    with patch("plans.prints.print_jobs.hand_over"):
        asked = client.post(address)
    assert asked.status_code == 302
    assert TITLE in client.get(asked.headers["Location"]).content.decode()


@pytest.mark.slow
def test_the_printed_guide(in_scope: Municipality, tmp_path: Path) -> None:
    printed = ReadPdf(make_print(PrintOrder(in_scope)), tmp_path)
    assert faults(printed.file) == []
    table = ["pdftotext", "-layout", "-l", "2", printed.path, "-"]
    contents = subprocess.run(table, capture_output=True, text=True, check=True).stdout
    for part in help_book.parts():
        assert re.search(rf"{part.title}\s+\d+", contents)
    words = "「変更した行を保存する」を押す"
    place = next(n for n, page in enumerate(printed.comparable_pages, start=1) if words in page)
    assert re.search(rf"表の形でまとめて書く\s+{place}\n", contents)

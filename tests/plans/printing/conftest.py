"""One small plan, printed once for all tests that only read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from plans.document.document import Document
from plans.printing.cache import PartCache
from plans.printing.pool import Pool
from plans.printing.press import Press, read_style_sheet
from tests.plans.printing.documents import load_picture, make_document
from tests.plans.printing.pdf_reading import ReadPdf


@dataclass(frozen=True)
class PrintedPlan:
    """A document and the PDF made of it."""

    document: Document
    content: bytes
    pdf: ReadPdf


@pytest.fixture(scope="session")
def style_sheet() -> str:
    return read_style_sheet()


@pytest.fixture(scope="session")
def workers(style_sheet: str) -> Iterator[Pool]:
    with Pool(style_sheet) as pool:
        yield pool


@pytest.fixture(scope="session")
def printed(workers: Pool, tmp_path_factory: pytest.TempPathFactory) -> PrintedPlan:
    folder = tmp_path_factory.mktemp("printed")
    document = make_document(systems=27)
    content = Press(PartCache(folder / "cache"), workers).print_plan(
        document, load_image=load_picture
    )
    return PrintedPlan(document, content, ReadPdf(content, folder))


@pytest.fixture
def cache(tmp_path: Path) -> PartCache:
    return PartCache(tmp_path / "cache")

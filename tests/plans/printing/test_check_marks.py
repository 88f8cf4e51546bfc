"""The code and the sign on each page of an edition."""

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import segno

from plans.document.document import Document
from plans.printing.cache import PartCache
from plans.printing.check_marks import CheckMark, mark_lines, sign_rows
from plans.printing.geometry import A4, MM, Side
from plans.printing.options import Binding, PrintOptions
from plans.printing.page_numbers import Numbering
from plans.printing.pool import Pool
from plans.printing.press import Press
from plans.printing.shaped_text import Typesetter
from tests.plans.printing.documents import load_picture, make_document
from tests.plans.printing.pdf_reading import ReadPdf
from tests.plans.printing.tag_checking import faults
from tests.plans.printing.test_press import RecordingPool

ADDRESS = "https://bcp.city.mihon.lg.jp/check/ABCD3467/"


def test_the_sign_has_the_dark_modules_of_the_qr_code() -> None:
    matrix = segno.make_qr(ADDRESS, error="m").matrix
    drawn = [[0] * len(matrix) for _ in matrix]
    for number, runs in enumerate(sign_rows(ADDRESS)):
        for start, length in runs:
            drawn[number][start : start + length] = [1] * length
    assert drawn == [[int(bool(dark)) for dark in row] for row in matrix]


def test_without_an_address_only_the_code_is_written() -> None:
    typesetter = Typesetter()
    mark = CheckMark("ABCD3467")
    typesetter.prepare(mark.text)
    assert mark.text == "照会番号 ABCD-3467"
    assert " re" not in mark_lines(mark, A4.portrait, Side.LOOSE, typesetter)


@pytest.mark.parametrize("side", list(Side))
def test_the_sign_stays_on_the_paper_and_off_the_edge_no_printer_reaches(side: Side) -> None:
    mark = CheckMark("ABCD3467", ADDRESS)
    for sheet in (A4.portrait, A4.annex, A4.annex.lying):
        typesetter = Typesetter()
        typesetter.prepare(mark.text)
        lines = mark_lines(mark, sheet, side, typesetter)
        module, _, _, _, x, y = lines.split("0 g ")[1].split(" cm")[0].split()
        size = float(module) * len(sign_rows(ADDRESS))
        assert size == pytest.approx(10 * MM, abs=0.1)
        assert 4 * MM < float(x) < sheet.width - 4 * MM - size
        assert float(y) > 4 * MM


@pytest.mark.slow
def test_every_page_of_an_edition_carries_it_and_no_part_is_rendered_for_it(
    workers: Pool, tmp_path: Path, cache: PartCache
) -> None:
    pool = RecordingPool(workers)
    options = PrintOptions(tagged=True, binding=Binding.DOUBLE, new_sheets=True)
    document = _issued(make_document(systems=3))

    def printed(code: str) -> bytes:
        return Press(cache, pool).print_plan(  # type: ignore[arg-type]
            document,
            load_image=load_picture,
            numbering=Numbering.BY_PART,
            options=options,
            check_mark=CheckMark(code, f"https://bcp.example.lg.jp/check/{code}/"),
        )

    printed("ABCD3467")
    pool.htmls.clear()
    content = printed("QRTW3467")
    assert pool.htmls == []
    pdf = ReadPdf(content, tmp_path)
    assert all("QRTW-3467" in text for text in pdf.page_texts)
    with pikepdf.open(_stored(content, tmp_path)) as opened:
        assert faults(opened) == []


def _stored(content: bytes, folder: Path) -> Path:
    path = folder / "edition.pdf"
    path.write_bytes(content)
    return path


def _issued(document: Document) -> Document:
    return replace(document, cover=replace(document.cover, draft=False, edition="第2版"))

"""What Python reckons with as the size of a sheet is what the style sheet lays out."""

import re

import pytest
from django.conf import settings

from plans.printing.geometry import A4, A4_LARGE, MM, PageFormat

PAGE = re.compile(r"@page ([\w-]+) \{ size: ([^;]+); margin: ([^}]+) \}")
A4_MM = {"A4 portrait": (210.0, 297.0), "A4 landscape": (297.0, 210.0)}
SHEETS = {
    each.page: each
    for paper in (A4, A4_LARGE)
    for sheet in (paper.portrait, paper.annex)
    for each in (sheet, sheet.lying)
}


def laid_out() -> dict[str, tuple[tuple[float, ...], tuple[float, ...]]]:
    """Return size and margins (mm) of each page that the style sheet of prints names."""
    text = (settings.BASE_DIR / "static" / "css" / "print.css").read_text(encoding="utf-8")
    return {
        name: (A4_MM.get(size) or millimetres(size), millimetres(margins))
        for name, size, margins in PAGE.findall(text)
    }


def millimetres(said: str) -> tuple[float, ...]:
    return tuple(float(each) for each in re.findall(r"([\d.]+)mm", said))


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=list(SHEETS))
def test_size_and_side_margin_are_those_of_the_style_sheet(sheet: PageFormat) -> None:
    size, margins = laid_out()[sheet.page]
    assert (sheet.width / MM, sheet.height / MM) == pytest.approx(size, abs=0.001)
    # One number is all four sides; two or three have the sides second.
    assert sheet.side_margin / MM == pytest.approx(margins[min(1, len(margins) - 1)])


def test_each_sheet_has_a_page_and_each_page_a_sheet() -> None:
    assert set(laid_out()) == set(SHEETS) and len(SHEETS) == 6

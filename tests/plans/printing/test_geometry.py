"""What Python reckons with as the size of a sheet is what the style sheet lays out."""

import re

import pytest
from django.conf import settings

from bcp_portal.figures.page_fit import LANDSCAPE_ROOM, PORTRAIT_ROOM, Room
from plans.printing.geometry import A4, A4_LARGE, BINDING_SHIFT, MM, PageFormat, Side, shift

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


TYPE_MM = 6
"""So much of a margin lies between the line of a running head or foot and the text of the page."""


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=list(SHEETS))
def test_running_head_and_foot_stand_in_the_margins(sheet: PageFormat) -> None:
    _, margins = laid_out()[sheet.page]
    top, bottom = margins[0], margins[2 if len(margins) > 2 else 0]
    assert sheet.head / MM + TYPE_MM <= top
    assert sheet.foot / MM + TYPE_MM <= bottom


def test_margins_are_as_reviewed() -> None:
    """Another margin moves every page of every plan: who changes one changes it here as well."""
    assert {name: margins for name, (_, margins) in laid_out().items()} == {
        "portrait": (27, 24, 24),
        "annex": (24, 18, 20),
        "landscape": (22, 16, 17),
        "large-portrait": (18, 16, 16),
        "large-annex": (17, 13.5, 15),
        "large-landscape": (16, 12, 14),
    }


TITLE_AND_LEGEND = 72
"""Points that a figure leaves above and below itself."""


@pytest.mark.parametrize(
    ("room", "sheet"),
    [(PORTRAIT_ROOM, A4.portrait), (LANDSCAPE_ROOM, A4.portrait.lying)],
    ids=["portrait", "landscape"],
)
def test_a_figure_is_drawn_for_the_page_it_stands_on(room: Room, sheet: PageFormat) -> None:
    _, margins = laid_out()[sheet.page]
    top, _, bottom = margins
    assert 0 <= sheet.measure - room.width < 4, "neither into the margin nor smaller than need be"
    left = sheet.height - (top + bottom) * MM - room.height
    assert TITLE_AND_LEGEND <= left < TITLE_AND_LEGEND + 12


def test_each_sheet_has_a_page_and_each_page_a_sheet() -> None:
    assert set(laid_out()) == set(SHEETS) and len(SHEETS) == 6


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=list(SHEETS))
def test_on_paper_each_page_moves_as_far_from_where_it_is_bound(sheet: PageFormat) -> None:
    right, up = (distance * sheet.enlarged for distance in shift(sheet, Side.FRONT))
    moved = (0.0, -BINDING_SHIFT) if sheet.lies else (BINDING_SHIFT, 0.0)
    assert (right, up) == pytest.approx(moved)
    assert shift(sheet, Side.LOOSE) == pytest.approx((0.0, 0.0))

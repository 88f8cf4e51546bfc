"""Writes a figure for the press: its drawing with fonts for rare names, or its words instead."""

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from bcp_portal.figures.figure import Figure, FigureLine
from bcp_portal.figures.wrapping import width_of
from bcp_portal.ui.data_addresses import drawing_address
from plans.printing.faces import GOTHIC
from plans.printing.glyphs import UnprintableError, runs
from plans.printing.problems import UnprintableTextError
from plans.printing.prose import line

# As bcp_portal/figures/strokes.py writes text; any other element is left as it is.
_TEXT = re.compile(r'<text x="([0-9.-]+)" y="([0-9.-]+)"([^>]*)>([^<]*)</text>')
_SIZE = re.compile(r'font-size="([0-9.]+)"')
_MIDDLE = ' text-anchor="middle"'


def figure_html(figure: Figure, section: str) -> SafeString:
    """Return the figure under its title; DomainError names what cannot be printed."""
    place = f"{section}の図「{figure.title}」"
    context = {
        "title": line(figure.title, place),
        "legend": line(figure.legend, place),
        "note": line(figure.note, place),
        "address": drawing_address(printable_svg(figure.svg, place)) if figure.svg else "",
        "words": f"{figure.title}\n{figure.alternative_text}",
        "points": [] if figure.svg else [_set_point(point, place) for point in figure.alternative],
        "landscape": figure.landscape,
    }
    return render_to_string("print/figure.html", context)


def printable_svg(svg: str, place: str) -> str:
    """Return the drawing with every piece of text in a font that has its characters.

    Raises UnprintableTextError naming the character that no font has.
    """

    def set_piece(found: re.Match[str]) -> str:
        try:
            pieces = runs(unescape(found.group(4)), GOTHIC)
        except UnprintableError as error:
            raise UnprintableTextError(place, error) from None
        if all(family == GOTHIC for family, _run in pieces):
            return found.group()
        return "".join(_pieces(found, pieces))

    return _TEXT.sub(set_piece, svg)


def _pieces(found: re.Match[str], pieces: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield one element a font, side by side: an anchor holds for one element only."""
    x, y, attributes, text = found.groups()
    size = _SIZE.search(attributes)
    half = float(size.group(1)) / 2 if size else 0.0
    left = float(x) - (width_of(unescape(text)) * half / 2 if _MIDDLE in attributes else 0)
    for family, run in pieces:
        look = attributes.replace(_MIDDLE, "")
        if family != GOTHIC:
            look += f' font-family="{family}"'
        yield f'<text x="{left:.1f}" y="{y}"{look}>{escape(run, quote=False)}</text>'
        left += width_of(run) * half


def _set_point(point: FigureLine, place: str) -> dict[str, object]:
    return {
        "text": line(point.text, place),
        "points": [_set_point(below, place) for below in point.points],
    }

"""Sets a figure into the summary: as small as is readable, else left out with a note."""

import re

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bcp_portal.figures.figure import Figure
from bcp_portal.ui.data_addresses import drawing_address
from plans.printing.figure_html import printable_svg
from plans.printing.geometry import MM
from plans.printing.prose import line

_DRAWN_SIZE = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
# Drawings are made in points with letters of 10; they need not be larger than the text around.
_LARGEST, _SMALLEST = 0.68, 0.64
_MEASURE_PT, _HEIGHT_PT = 178 * MM, 88 * MM


def summary_figure(figure: Figure, section: str) -> SafeString:
    """Return the figure under its title; a DomainError names what cannot be printed.

    A drawing too large to be read at this size is left out, and the page says so.
    """
    place = f"{section}の図「{figure.title}」"
    width = _readable_width_pt(figure.svg)
    if width is None:
        return format_html(
            '<p class="elsewhere">図「{}」は、この紙面では読める大きさにならないため省きました。</p>',
            line(figure.title, place),
        )
    context = {
        "title": line(figure.title, place),
        "legend": line(figure.legend, place),
        "address": drawing_address(printable_svg(figure.svg, place)),
        "words": f"{figure.title}\n{figure.alternative_text}",
        "width": f"{width:.1f}",
    }
    return render_to_string("print/summary_figure.html", context)


def _readable_width_pt(svg: str) -> float | None:
    """Return how wide the drawing is set, None when its letters would be too small."""
    found = _DRAWN_SIZE.search(svg)
    if not found:
        return None
    width, height = map(float, found.groups())
    scale = min(_LARGEST, _MEASURE_PT / width, _HEIGHT_PT / height)
    return width * scale if scale >= _SMALLEST else None

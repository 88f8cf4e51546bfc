"""Prints the guide for staff, for those who want it beside the plan on the shelf."""

from django.conf import settings
from django.template.loader import render_to_string

from bcp_portal.accounts.models import Municipality
from bcp_portal.ui.help_book import help_book
from plans.printing.book import Description
from plans.printing.flows import BookPart, Flow
from plans.printing.geometry import PORTRAIT
from plans.printing.press import open_press
from plans.printing.stamps import RunningText
from plans.prints.products import Options, PrintOrder, Product

GUIDE = "staff-guide"
TITLE = "使い方の手引き"


def make_print(order: PrintOrder) -> bytes:
    """Return the guide as PDF, for a print job."""
    name = order.municipality.name
    part = BookPart(GUIDE, TITLE, TITLE, (Flow(TITLE, PORTRAIT, guide_html()),))
    with open_press(settings.PRINT_CACHE_DIR, "help_print.css") as press:
        return press.print_parts(
            (part,),
            Description(f"ICT-BCPポータル　{TITLE}", name, "ja"),
            running=RunningText("ICT-BCPポータル", TITLE, name, draft=False),
            tagged=True,
            on_progress=order.on_progress,
        )


def guide_html() -> str:
    """Return the contents and all sections, with the pictures inside."""
    context = {
        "title": TITLE,
        "parts": help_book.parts(),
        "anchors": help_book.slugs(),
        "pictures_inside": True,
    }
    return render_to_string("print/help.html", context)


def file_title(municipality: Municipality, options: Options) -> str:
    """Return the name of the file without date and ending."""
    return TITLE


PRODUCT = Product(GUIDE, TITLE, file_title, make_print)

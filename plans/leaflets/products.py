"""Brings what is printed beside the plan to the registry: carry cards, blank forms, the summary."""

import io
from collections.abc import Callable, Sequence

import pikepdf
from django.conf import settings

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Permission
from plans.document import Document
from plans.leaflets.blank_forms import blank_forms
from plans.leaflets.carry_cards import CardDesk, card_issue, chosen_people
from plans.print_products import Options, PrintOrder, Product
from plans.print_services import load_image
from plans.printing.blank_forms import blank_part
from plans.printing.book import Description
from plans.printing.cards import card_parts
from plans.printing.flows import Part
from plans.printing.press import OnProgress, open_press
from plans.printing.stamps import RunningText
from plans.printing.summary_parts import MOST_PAGES, SummaryPrint, summary_foot
from plans.public_edition.pictures import LoadImage, bare
from plans.public_edition.working_copy import require_public
from plans.summary import Audience, summary_document

CARDS, BLANK_FORMS, SUMMARY = "carry-cards", "blank-forms", "summary"
CARDS_LABEL, BLANK_FORMS_LABEL, SUMMARY_LABEL = "携行カード", "手書き用の様式", "概要版"
# Tried in turn until the summary is short enough; the rest of a table is counted, not shown.
_SUMMARY_SHARES = (1.0, 0.75, 0.5, 0.3)


def _make_cards(order: PrintOrder) -> bytes:
    """Return the cards; NobodyChosenError when there is nobody to print one for."""
    people = chosen_people(order.options)
    issue = card_issue(
        order.municipality,
        first_steps=order.options.get("first_steps", ()),
        safety_words=order.options.get("safety_words", ()),
    )
    desk = CardDesk.load(order.municipality)
    cards = [desk.card(person) for person in people]
    order.note_shown(desk.rows_shown(cards))
    parts = card_parts(cards, issue)
    name, on_progress = order.municipality.name, order.on_progress
    return _printed(name, parts, "cards.css", CARDS_LABEL, on_progress=on_progress)


def _make_blank_forms(order: PrintOrder) -> bytes:
    parts = [blank_part(form) for form in blank_forms(order.municipality, order.options)]
    name, on_progress = order.municipality.name, order.on_progress
    return _printed(name, parts, "blank_forms.css", BLANK_FORMS_LABEL, on_progress=on_progress)


def _make_summary(order: PrintOrder) -> bytes:
    """Return the summary; LeakError when the one for everybody would say more than it may."""
    audience = _audience(order.options)
    document = summary_document(order.municipality, audience)
    public = audience is Audience.PUBLIC
    maker = require_public(order.municipality, document) if public else None
    content = summary_pdf(
        document, bare(load_image) if public else load_image, on_progress=order.on_progress
    )
    if maker:
        maker.check_summary(content)
    return content


def summary_pdf(
    document: Document,
    load_picture: LoadImage,
    on_progress: OnProgress = lambda done, total: None,
) -> bytes:
    """Return the PDF of a summary, with as many rows as its few pages take; nobody has checked it."""
    name, content = document.cover.municipality, b""
    for share in _SUMMARY_SHARES:
        part = SummaryPrint(load_picture, share).part(document)
        foot = summary_foot(document.cover)
        content = _printed(
            name, [part], "summary.css", SUMMARY_LABEL, running=foot, on_progress=on_progress
        )
        if _page_count(content) <= MOST_PAGES:
            break
    return content


def _printed(
    name: str,
    parts: Sequence[Part],
    style: str,
    label: str,
    *,
    running: RunningText | None = None,
    on_progress: OnProgress,
) -> bytes:
    with open_press(settings.PRINT_CACHE_DIR, style) as press:
        return press.print_parts(
            parts,
            Description(f"{name}　ICT業務継続計画　{label}", name, "ja"),
            running=running,
            tagged=True,
            on_progress=on_progress,
        )


def _page_count(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def _audience(options: Options) -> Audience:
    """Return for whom a summary is made; for everybody unless the office is asked for."""
    return Audience(options.get("audience", Audience.PUBLIC))


def _product(
    code: str, label: str, make: Callable[[PrintOrder], bytes], who: Permission
) -> Product:
    def title(municipality: Municipality, options: Options) -> str:
        whom = f"（{_audience(options).label}）" if code == SUMMARY else ""
        return f"{municipality.name}_{label}{whom}"

    return Product(code, label, title, make, who)


PRODUCTS = (
    _product(CARDS, CARDS_LABEL, _make_cards, Permission.VIEW_PERSONAL),
    _product(BLANK_FORMS, BLANK_FORMS_LABEL, _make_blank_forms, Permission.PRINT),
    _product(SUMMARY, SUMMARY_LABEL, _make_summary, Permission.PRINT),
)

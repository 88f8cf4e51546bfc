"""Brings what is printed beside the plan to the registry: carry cards, blank forms, the summary."""

from collections.abc import Callable

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Permission
from plans.chapters.image_files import load_image
from plans.document.public_pictures import bare
from plans.leaflets.blank_form_parts import blank_part
from plans.leaflets.blank_forms import blank_forms
from plans.leaflets.cards import card_parts
from plans.leaflets.carry_cards import CardDesk, card_issue, chosen_people
from plans.prints.products import Options, PrintOrder, Product
from plans.public_edition.working_copy import require_public
from plans.summary.document import Audience, summary_document
from plans.summary.printing import SUMMARY_LABEL, leaflet_pdf, summary_pdf

CARDS, BLANK_FORMS, SUMMARY = "carry-cards", "blank-forms", "summary"
CARDS_LABEL, BLANK_FORMS_LABEL = "携行カード", "手書き用の様式"


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
    return leaflet_pdf(name, parts, "cards.css", CARDS_LABEL, on_progress=on_progress)


def _make_blank_forms(order: PrintOrder) -> bytes:
    parts = [blank_part(form) for form in blank_forms(order.municipality, order.options)]
    name, on_progress = order.municipality.name, order.on_progress
    return leaflet_pdf(name, parts, "blank_forms.css", BLANK_FORMS_LABEL, on_progress=on_progress)


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

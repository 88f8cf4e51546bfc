"""Brings the plan as a Word file to the list of what can be printed."""

from dataclasses import replace
from functools import partial

from bcp_portal.accounts.models import Municipality
from bcp_portal.audit.tampering import refuse_if
from bcp_portal.ui.errors import DomainError
from plans.chapters.image_files import load_image
from plans.chapters.models.plan import Plan
from plans.comparison.comparables import Comparable
from plans.comparison.working_copy import WORKING, working_copy
from plans.editions.personal_rows import rows_in_document
from plans.issuing.comparables import editions
from plans.prints.products import WORD, Options, PrintOrder, Product
from plans.word.outward.template_services import content_of, word_template
from plans.word.outward.word_file import word_file
from plans.working_copy.builder import WorkingCopy

WORD_PLAN = "plan-word"


def writable(municipality: Municipality) -> list[Comparable]:
    """Return what can be written as a Word file: the working copy with what is 作成中, then the editions."""
    read = partial(WorkingCopy, municipality, in_edition=False)
    working = (replace(each, read=read) for each in working_copy(municipality))
    return [*working, *editions(municipality)]


def _make(order: PrintOrder) -> bytes:
    source = _source(order.municipality, order.options)
    refuse_if(order.municipality, order.municipality, source.fault())
    forms = source.read()
    document = forms.full if order.with_personal else forms.masked
    if order.with_personal:
        order.note_shown(rows_in_document(forms))
    template = word_template() if order.options.get("own_template") else None
    return word_file(
        document,
        load_image=load_image,
        template=content_of(template) if template else b"",
        update_fields=bool(order.options.get("update_fields")),
        on_progress=order.on_progress,
    )


def _source(municipality: Municipality, options: Options) -> Comparable:
    code = options.get("source", WORKING)
    for source in writable(municipality):
        if source.code == code:
            return source
    raise DomainError("選んだ版が見つかりません。もう一度選び直してください。", status=404)


def _title(municipality: Municipality, options: Options) -> str:
    plan = Plan.objects.filter(municipality=municipality).first()
    title = plan.title if plan else f"{municipality.name} 計画"
    if options.get("source", WORKING) == WORKING:
        return title
    label = _source(municipality, options).label.partition("（")[0]
    return f"{title}_{label}"


PRODUCT = Product(WORD_PLAN, "計画", _title, _make, kind=WORD)

"""Takes requests for a print, and carries them out in the background."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.functional import cached_property  # functools' has one lock for all threads

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Permission
from bcp_portal.audit.services import SeenRow, record
from bcp_portal.checks.asking import require
from bcp_portal.checks.registry import Moment
from bcp_portal.jobs.files import whole_file
from bcp_portal.jobs.models import JobState
from bcp_portal.jobs.progress import ProgressNote
from bcp_portal.jobs.services import end, hand_over
from plans.chapters.image_files import load_image
from plans.chapters.models.plan import Plan
from plans.document.document import Document
from plans.editions.models.edition_setting import PageNumbering
from plans.editions.personal_rows import only_parts, rows_in_document
from plans.printing.options import PrintOptions
from plans.printing.page_numbers import Numbering
from plans.printing.press import OnProgress, open_press
from plans.prints.models import PrintJob, print_path
from plans.prints.products import PLAN, NoteShown, Options, PrintOrder, Product, product_of
from plans.working_copy.builder import WorkingCopy

PRINTING = "印刷"
_PLAIN = PrintOptions()


@transaction.atomic
def request_print(
    *,
    membership: Membership,
    product: str = PLAN,
    options: Mapping[str, Any] | None = None,
    with_personal: bool = False,
    numbering: str = PageNumbering.WHOLE,
) -> PrintJob:
    """Queue a print and return it; the same request while one is under way returns that one.

    Must run inside the municipality's scope. Raises UnknownProductError, and PermissionDenied for
    a product the member may not have and for personal data that the member may not see.
    """
    wanted = product_of(product)
    _refuse_strangers(membership, wanted, with_personal)
    choices = {
        "product": product,
        "options": dict(options or {}),
        "with_personal": with_personal,
        "numbering": PageNumbering(numbering),
    }
    under_way = _under_way(membership, choices)
    if under_way:
        return under_way
    job: PrintJob = PrintJob.objects.create(
        municipality=membership.municipality, requested_by=membership.user, **choices
    )
    hand_over(job)
    record(
        municipality=membership.municipality,
        actor=membership.user,
        action=job.label,
        target=job,
        note="個人の電話番号等を含む" if with_personal else "",
    )
    return job


def _refuse_strangers(membership: Membership, product: Product, with_personal: bool) -> None:
    if not membership.may(product.who):
        raise PermissionDenied
    if with_personal and not membership.may(Permission.VIEW_PERSONAL):
        raise PermissionDenied


def _under_way(membership: Membership, choices: dict[str, Any]) -> PrintJob | None:
    """Return the same print that this person is waiting for already."""
    waiting = PrintJob.objects.filter(
        requested_by=membership.user, state__in=PrintJob.under_way_states()
    )
    same = (j for j in waiting if all(getattr(j, name) == choices[name] for name in choices))
    return next(same, None)


def print_of(membership: Membership, uid: UUID) -> PrintJob | None:
    """Return a print of the municipality, to those who may have its product; one with personal
    data only to the person who asked for it, whose asking is in the operation log, and only while
    that person may see such data."""
    job: PrintJob | None = PrintJob.objects.filter(uid=uid).first()
    if job is None or not membership.may(product_of(job.product).who):
        return None
    if not job.with_personal:
        return job
    own = job.requested_by_id == membership.user_id
    return job if own and membership.may(Permission.VIEW_PERSONAL) else None


def make_print(job: PrintJob) -> None:
    """Make the file of a print; the work of its kind of job."""
    told: list[Sequence[SeenRow]] = []
    note = ProgressNote(job)
    content = product_of(job.product).make(
        PrintOrder(
            job.municipality,
            options=job.options,
            with_personal=job.with_personal,
            numbering=job.numbering,
            on_progress=lambda done, total: note.write(PRINTING, done, total),
            note_shown=told.append,
        )
    )
    # Of a personal print whose maker says nothing it is not known whose values it holds.
    if told or not job.with_personal:
        job.shown_rows = [row.to_json() for rows in told for row in rows]
    job.file.name = print_path(job, "")
    with whole_file(job.file.name) as file:
        file.write(content)
    end(job, JobState.DONE)


@dataclass
class PlanToPrint:
    """The working copy as the checks of all rooms are asked about it at PRINT."""

    municipality: Municipality
    document: Document
    numbering: Numbering
    options: PrintOptions
    on_progress: OnProgress

    @cached_property
    def printed(self) -> bytes:
        """Return the PDF, made once; DomainError names what cannot be printed."""
        with open_press(settings.PRINT_CACHE_DIR) as press:
            return press.print_plan(
                self.document,
                load_image=load_image,
                numbering=self.numbering,
                options=self.options,
                on_progress=self.on_progress,
            )


def print_plan(
    municipality: Municipality,
    *,
    with_personal: bool,
    numbering: str = PageNumbering.WHOLE,
    options: PrintOptions = _PLAIN,
    on_progress: OnProgress = lambda done, total: None,
    note_shown: NoteShown = lambda rows: None,
) -> bytes:
    """Return the working copy as PDF, with what is 作成中 marked as such.

    DomainError (Japanese) names what cannot be printed, or what else the checks of a print refuse.
    """
    working = WorkingCopy(municipality, in_edition=False)
    document = working.full if with_personal else working.masked
    if with_personal:
        note_shown(rows_in_document(working, only_parts(document, options.parts)))
    asked = PlanToPrint(municipality, document, Numbering(numbering), options, on_progress)
    require(Moment.PRINT, asked)
    return asked.printed


def _make_plan(order: PrintOrder) -> bytes:
    return print_plan(
        order.municipality,
        with_personal=order.with_personal,
        numbering=order.numbering,
        options=PrintOptions.from_json(order.options),
        on_progress=order.on_progress,
        note_shown=order.note_shown,
    )


def _plan_title(municipality: Municipality, options: Options) -> str:
    plan = Plan.objects.filter(municipality=municipality).first()
    return plan.title if plan else f"{municipality.name} 計画"


PLAN_PRODUCT = Product(PLAN, "計画", _plan_title, _make_plan)

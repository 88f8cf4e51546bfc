"""Takes requests for a print, and carries them out in the background."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Permission
from bcp_portal.audit.services import SeenRow, record
from bcp_portal.ui.errors import DomainError
from plans.document_builder import WorkingCopy
from plans.editions.file_proofs import proven_bytes
from plans.models.images import ChapterImage
from plans.models.plan import Plan
from plans.models.print_jobs import PageNumbering, PrintJob, PrintState
from plans.print_products import PLAN, NoteShown, Options, PrintOrder, Product, product_of
from plans.printing.options import PrintOptions
from plans.printing.page_numbers import Numbering
from plans.printing.press import OnProgress, open_press
from plans.showing import only_parts, rows_in_document

logger = logging.getLogger(__name__)

# No part of a large plan takes a tenth of this.
STALLED_AFTER = timedelta(minutes=10)
KEPT_FOR = timedelta(days=7)
_SECONDS_BETWEEN_NOTES = 0.5
_PLAIN = PrintOptions()
STALLED_MESSAGE = "印刷の処理が途中で止まりました。もう一度印刷してください。"
FAILED_MESSAGE = "印刷の途中で問題が起きました。もう一度印刷し、続く場合はシステムの担当者に時刻を知らせてください。"


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
    end_stalled_jobs()
    forget_old_jobs()
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
    _enqueue(job)
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
        requested_by=membership.user, state__in=[PrintState.QUEUED, PrintState.RUNNING]
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


def run(*, municipality: Municipality, uid: UUID) -> None:
    """Make the file of a queued job; whatever goes wrong is written into the job.

    Must run inside the municipality's scope, and outside a transaction: progress shall be seen.
    """
    end_stalled_jobs()
    if not _claim(uid):
        return
    job = PrintJob.objects.select_related("municipality").get(uid=uid)
    told: list[Sequence[SeenRow]] = []
    try:
        content = product_of(job.product).make(
            PrintOrder(
                municipality,
                options=job.options,
                with_personal=job.with_personal,
                numbering=job.numbering,
                on_progress=_note_progress(job),
                note_shown=told.append,
            )
        )
    except DomainError as error:
        _finish(job, PrintState.FAILED, message=error.message)
    except Exception:
        logger.exception("The print %s failed.", uid)
        _finish(job, PrintState.FAILED, message=FAILED_MESSAGE)
    else:
        # Of a personal print whose maker says nothing it is not known whose values it holds.
        if told or not job.with_personal:
            job.shown_rows = [row.to_json() for rows in told for row in rows]
        job.file.save(f"{job.product}.{job.kind.ending}", ContentFile(content), save=False)
        _finish(job, PrintState.DONE)


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

    DomainError (Japanese) names what cannot be printed.
    """
    working = WorkingCopy(municipality, in_edition=False)
    document = working.full if with_personal else working.masked
    if with_personal:
        note_shown(rows_in_document(working, only_parts(document, options.parts)))
    with open_press(settings.PRINT_CACHE_DIR) as press:
        return press.print_plan(
            document,
            load_image=load_image,
            numbering=Numbering(numbering),
            options=options,
            on_progress=on_progress,
        )


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


def load_image(sha256: str) -> bytes:
    """Return a picture of the municipality in scope; LookupError when it is lost or another one."""
    image = ChapterImage.objects.filter(sha256=sha256).first()
    if image is None:
        raise LookupError(sha256)
    return proven_bytes(image.file, image.sha256)


def end_stalled_jobs() -> int:
    """Fail jobs whose worker was killed, and return how many."""
    return PrintJob.objects.filter(
        state=PrintState.RUNNING, progressed_at__lt=timezone.now() - STALLED_AFTER
    ).update(state=PrintState.FAILED, message=STALLED_MESSAGE, finished_at=timezone.now())


def forget_old_jobs() -> int:
    """Delete prints nobody needs any more, with their files, and return how many."""
    old = PrintJob.objects.filter(finished_at__lt=timezone.now() - KEPT_FOR)
    for job in old:
        job.file.delete(save=False)
        job.delete()
    return len(old)


def _enqueue(job: PrintJob) -> None:
    from plans.tasks import render_plan  # plans.tasks imports this module

    render_plan.enqueue(job.municipality.code, str(job.uid))


def _claim(uid: UUID) -> bool:
    """Take a queued job; of two workers only one succeeds."""
    now = timezone.now()
    queued = PrintJob.objects.filter(uid=uid, state=PrintState.QUEUED)
    return bool(queued.update(state=PrintState.RUNNING, started_at=now, progressed_at=now))


def _note_progress(job: PrintJob) -> Callable[[int, int], None]:
    last = 0.0

    def note(done: int, total: int) -> None:
        nonlocal last
        if done and done < total and time.monotonic() - last < _SECONDS_BETWEEN_NOTES:
            return
        last = time.monotonic()
        PrintJob.objects.filter(pk=job.pk, state=PrintState.RUNNING).update(
            done_parts=done, total_parts=total, progressed_at=timezone.now()
        )
        job.done_parts, job.total_parts = done, total

    return note


def _finish(job: PrintJob, state: PrintState, message: str = "") -> None:
    job.state = state
    job.message = message
    job.finished_at = timezone.now()
    job.save(update_fields=["state", "message", "file", "shown_rows", "finished_at"])

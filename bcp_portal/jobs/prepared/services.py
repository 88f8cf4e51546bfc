"""Takes requests for a page or a file that takes long, makes it in the background, and hands it out."""

import hashlib
import json
import logging
import pickle
from typing import Any
from uuid import UUID

from django.db import transaction

from bcp_portal import VERSION
from bcp_portal.accounts.models import Membership
from bcp_portal.jobs.files import path_of, whole_file
from bcp_portal.jobs.models import JobState, Preparation, prepared_path
from bcp_portal.jobs.prepared.products import MadeFile, PreparationRequest, product_of
from bcp_portal.jobs.progress import ProgressNote
from bcp_portal.jobs.services import end, hand_over
from bcp_portal.ui.errors import DomainError

logger = logging.getLogger(__name__)

LOST = "準備した内容がサーバーに残っていません。もう一度、初めから開き直してください。"


@transaction.atomic
def prepare(*, membership: Membership, wanted: PreparationRequest) -> Preparation:
    """Return what was prepared or is under way of the same versions, else queue it.

    Without versions, what is ready is never used again. What holds personal values is prepared for
    one person. Must run inside the municipality's scope. Raises DomainError 409 beyond the shares.
    """
    there = _there(membership, wanted)
    if there:
        return there
    job: Preparation = Preparation.objects.create(
        municipality=membership.municipality,
        requested_by=membership.user,
        product=wanted.product,
        options=dict(wanted.options),
        made_of=_digest(wanted),
        with_personal=wanted.with_personal,
    )
    hand_over(job)
    job.refresh_from_db()
    return job


def ready_now(membership: Membership, wanted: PreparationRequest) -> Preparation | None:
    """Return what is ready of the same versions; nothing is queued."""
    there = _there(membership, wanted)
    return there if there and there.state == JobState.DONE else None


def is_of(job: Preparation, wanted: PreparationRequest) -> bool:
    """Tell whether a job makes, or made, just this in just these versions."""
    return bool(job.made_of == _digest(wanted))


def make_prepared(job: Preparation) -> None:
    """Make and store what was asked for; the work of this kind of job."""
    made = product_of(job.product).make(job, ProgressNote(job).write)
    if isinstance(made, MadeFile):
        content = made.content
        job.file_name = made.name
        job.taking = {"action": made.action, "note": made.note, "way": made.way}
        job.shown_rows = [row.to_json() for row in made.shown]
    else:
        content = pickle.dumps((VERSION, made.value))
    job.sha256 = hashlib.sha256(content).hexdigest()
    job.file.name = prepared_path(job, "")
    with whole_file(job.file.name) as file:
        file.write(content)
    end(job, JobState.DONE)


def preparation_of(membership: Membership, uid: UUID | str) -> Preparation | None:
    """Return what was asked for, to those who may see it; with personal values only to who asked."""
    try:
        named = UUID(str(uid))
    except ValueError:
        return None
    jobs = Preparation.objects.select_related("municipality", "requested_by")
    job: Preparation | None = jobs.filter(uid=named).first()
    if job is None or (job.with_personal and job.requested_by_id != membership.user_id):
        return None
    return job if product_of(job.product).opens(membership, job) else None


def content_of(job: Preparation) -> bytes:
    """Return what was made, as it was stored; DomainError 409 when it is lost or another one."""
    content = _stored(job)
    if content is None:
        logger.error("What was prepared for %s is lost or was changed.", job.uid)
        raise DomainError(LOST, status=409)
    return content


def value_of(job: Preparation) -> Any:
    """Return what a page shows; DomainError 409 when it is lost, or of another release."""
    release, value = _read(content_of(job))
    if release != VERSION:
        raise DomainError(LOST, status=409)
    return value


def _stored(job: Preparation) -> bytes | None:
    try:
        content = path_of(job.file.name or "").read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == job.sha256 else None


def _read(content: bytes) -> tuple[str, Any]:
    try:
        release, value = pickle.loads(content)  # noqa: S301 - proven by the digest in the database
    except Exception:  # classes of another release: whatever is missing
        return "", None
    return str(release), value


def _there(membership: Membership, wanted: PreparationRequest) -> Preparation | None:
    states = Preparation.under_way_states() | ({JobState.DONE.value} if wanted.versions else set())
    jobs = Preparation.objects.select_related("municipality", "requested_by").filter(
        made_of=_digest(wanted), state__in=states
    )
    if wanted.with_personal or not wanted.versions:
        jobs = jobs.filter(requested_by=membership.user)
    found = (job for job in jobs if job.is_under_way or _stored(job) is not None)
    return next(found, None)


def _digest(wanted: PreparationRequest) -> str:
    said = [VERSION, wanted.product, wanted.options, wanted.with_personal, *wanted.versions]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=dict).encode()).hexdigest()

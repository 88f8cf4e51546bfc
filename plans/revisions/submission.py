"""Submits a revision: freezes what it says and the way it will take.

To read a whole plan takes a while, and SQLite has one writer for all: it is read beside those who
write, and a short transaction stores it if nobody wrote meanwhile.
"""

from django.db import transaction
from django.utils import timezone

from bcp_portal.accounts.consistent_reads import one_moment
from bcp_portal.accounts.models import Membership
from bcp_portal.audit.queries import LogMark
from bcp_portal.audit.services import hold_log
from bcp_portal.ui.errors import DomainError
from plans.revisions.deciders import with_deciders
from plans.revisions.draft_services import locked_revision, log, move_to
from plans.revisions.frozen_head import digest_of
from plans.revisions.models.revision import Revision, Submission, SubmittedContent
from plans.revisions.people import actor_of, note_contributor
from plans.revisions.route_progress import standing_of
from plans.revisions.states import UNDER_REVIEW, SubmissionState
from plans.revisions.submission_content import Prepared, prepared

FREE_TRIES = 2
"""How often a content is read beside those who write, before they are made to wait for once."""


def submit_revision(
    *, revision: Revision, membership: Membership, expected_version: int
) -> Submission:
    """Freeze a revision and send it on its way.

    Raises NotReady with everything that is missing. A second press finds it submitted and
    gets the same submission back.
    """
    for _ in range(FREE_TRIES):
        with one_moment(temporary_tables=True):
            seen = LogMark.now()
            ready = _read(revision, membership, expected_version)
        submission = _submit(revision, membership, expected_version, ready, seen)
        if submission:
            return submission
    with transaction.atomic():
        # The record before the log, as everybody who writes: the other way round two would wait
        # for each other.
        locked_revision(revision)
        hold_log(revision.municipality)
        ready = _read(revision, membership, expected_version)
        submission = _submit(revision, membership, expected_version, ready, LogMark.now())
    if submission is None:
        raise AssertionError("Something was written although the log was held.")
    return submission


def _read(revision: Revision, membership: Membership, expected_version: int) -> Prepared | None:
    """Return what would be frozen; None for a revision that was submitted before."""
    current = Revision.objects.get(pk=revision.pk)
    if current.state in UNDER_REVIEW:
        return None
    _require_editable(current, expected_version)
    return prepared(current, membership)


@transaction.atomic
def _submit(
    revision: Revision,
    membership: Membership,
    expected_version: int,
    ready: Prepared | None,
    seen: LogMark,
) -> Submission | None:
    """Store what was read; None when somebody wrote since, so that it must be read again."""
    current = locked_revision(revision)
    if current.state in UNDER_REVIEW:
        again: Submission = current.submissions.get(state=SubmissionState.OPEN)
        return again
    _require_editable(current, expected_version)
    hold_log(current.municipality)
    if ready is None or seen.is_past():
        return None
    note_contributor(current, membership)
    submission = _freeze(current, membership, ready)
    current.version += 1
    current.issue_message = ""
    move_to(current, standing_of(ready.route, ()).revision_state)
    log(
        current,
        membership.user,
        "改定の提出",
        note=f"提出のハッシュ値 {submission.digest}",
        touched=[submission],
    )
    return submission


def close_submission(submission: Submission, state: SubmissionState) -> None:
    """Write how an open submission ended; nothing else of it ever changes."""
    closed_at = timezone.now()
    Submission.objects.filter(pk=submission.pk, state=SubmissionState.OPEN).update(
        state=state, closed_at=closed_at
    )
    submission.state, submission.closed_at = state, closed_at


def _require_editable(current: Revision, expected_version: int) -> None:
    if not current.is_editable:
        raise DomainError(
            f"この改定は「{current.get_state_display()}」のため、提出できません。", status=409
        )
    if current.version != expected_version:
        raise DomainError(
            "確認の画面を開いた後に、この改定が変えられました。内容を確かめてから、"
            "もう一度提出してください。",
            status=409,
        )


def _freeze(current: Revision, membership: Membership, ready: Prepared) -> Submission:
    actor = actor_of(membership)
    head, route, snapshot = ready.head, ready.route, ready.snapshot
    frozen = with_deciders(ready.situation)
    parties = frozen.to_json() if frozen else {}
    submission: Submission = Submission.objects.create(
        municipality=current.municipality,
        revision=current,
        number=current.submissions.count() + 1,
        head=head,
        route_data=route.to_json(),
        small_office=ready.situation.small_office,
        parties_data=parties,
        content_sha256=snapshot.sha256,
        digest=digest_of(head, route, snapshot.sha256, parties),
        submitted_by=membership.user,
        submitted_by_name=actor.name,
        submitted_by_post=actor.post,
        submitted_at=ready.began_at,
    )
    SubmittedContent.objects.create(
        municipality=current.municipality,
        submission=submission,
        document=snapshot.document.to_json(),
        rows=snapshot.rows,
    )
    return submission

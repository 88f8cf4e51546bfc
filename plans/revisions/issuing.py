"""Turns an approved revision into an edition, in the background, once, and says why when it fails."""

import logging
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from bcp_portal.accounts.models import Membership, Municipality, User
from bcp_portal.ui.errors import DomainError
from plans.editions.services import IssueOrder, issue_edition
from plans.models.editions import Edition
from plans.models.revisions import Decision, Revision, Submission, Verdict
from plans.revisions.coverage import Coverage
from plans.revisions.drafting import locked_revision, log, move_to
from plans.revisions.people import actor_of
from plans.revisions.proving import require_unaltered
from plans.revisions.situations import situation_of
from plans.revisions.states import RevisionState, SubmissionState

logger = logging.getLogger(__name__)

STALLED_AFTER = timedelta(minutes=30)
FAILED = (
    "版を作る途中で問題が起きました。もう一度「版を作る」を押し、続く場合はシステムの担当者に"
    "時刻を知らせてください。"
)


def begin_issue(revision: Revision) -> None:
    """Note of a locked revision that its edition is to be made; hand_to_worker() comes after the log."""
    revision.issue_attempt += 1
    revision.issue_started_at = None
    revision.issue_message = ""
    move_to(revision, RevisionState.ISSUING)


def hand_to_worker(revision: Revision) -> None:
    """Ask the worker for the edition of a revision that is to be issued."""
    from plans.revisions.tasks import issue_revision  # the task imports this module

    issue_revision.enqueue(revision.municipality.code, str(revision.uid), revision.issue_attempt)


@transaction.atomic
def retry_issue(*, revision: Revision, membership: Membership) -> Revision:
    """Try again what failed or stalled; nothing that was decided is decided again.

    For who drafted, submitted or decided it. Raises DomainError for anybody else.
    """
    current = locked_revision(revision)
    if current.state == RevisionState.ISSUED:
        return current
    if not (current.state == RevisionState.ISSUE_FAILED or is_stalled(current)):
        raise DomainError("版は今作っています。しばらく待ってから画面を開き直してください。", 409)
    if not _had_part(current, membership):
        raise DomainError("版を作り直せるのは、この改定を起案または承認した人だけです。", 403)
    if is_stalled(current):
        current.state = RevisionState.ISSUE_FAILED
    begin_issue(current)
    log(current, membership.user, "版の作成のやり直し")
    hand_to_worker(current)
    return current


def is_stalled(revision: Revision) -> bool:
    """Tell whether the worker has not come back for so long that it must have been killed."""
    waited = timezone.now() - (revision.issue_started_at or revision.updated_at)
    return revision.state == RevisionState.ISSUING and waited > STALLED_AFTER


def run_issue(*, municipality: Municipality, uid: UUID, attempt: int) -> None:
    """Make the edition of an approved revision; whatever goes wrong is written into the revision.

    Must run inside the municipality's scope. Of two workers with the same attempt one goes on.
    """
    taken = Revision.objects.filter(
        uid=uid, state=RevisionState.ISSUING, issue_attempt=attempt, issue_started_at=None
    ).update(issue_started_at=timezone.now())
    if not taken:
        return
    revision = Revision.objects.select_related("municipality", "drafter").get(uid=uid)
    try:
        edition = _edition_of(revision) or issue_edition(
            municipality=municipality, order=order_of(revision), actor=_last_decider(revision)
        )
    except DomainError as error:
        _finish(revision, attempt, error=error.message)
    except Exception:
        logger.exception("The edition of revision %s could not be issued.", uid)
        _finish(revision, attempt, error=FAILED)
    else:
        _finish(revision, attempt, edition=edition)


def order_of(revision: Revision) -> IssueOrder:
    """Return what the edition is made of: the content that was approved, and who decided."""
    submission = approved_submission(revision)
    require_unaltered(submission)
    head = submission.head
    content = submission.content
    return IssueOrder(
        revision_uid=revision.uid,
        kind=head["kind"],
        reason=head["reason"],
        content={
            "document": content.document,
            "rows": content.rows,
            "sha256": submission.content_sha256,
        },
        effective_on=date.fromisoformat(head["effective_on"]),
        document_number=head["document_number"],
        drafter={
            "name": revision.drafter_name,
            "post": revision.drafter_post,
            "submitted_by": submission.submitted_by_name,
            "submitted_at": submission.submitted_at.isoformat(),
            "small_office": submission.small_office
            and not situation_of(submission).since.exception_ended,
        },
        deciders=tuple(decider_of(each, submission) for each in submission.decisions.all()),
        coverage=Coverage.from_json(head["coverage"]),
    )


def approved_submission(revision: Revision) -> Submission:
    """Return the submission everybody has approved."""
    found: Submission = (
        revision.submissions.select_related("content")
        .prefetch_related("decisions")
        .get(state=SubmissionState.APPROVED)
    )
    return found


def decider_of(decision: Decision, submission: Submission) -> dict[str, Any]:
    """Return a decision as the edition keeps it, with names that stay when accounts go."""
    step = submission.route.steps[decision.step_number]
    beside = {"circumstances": decision.circumstances} if decision.circumstances else {}
    return {
        **beside,
        "step": step.name,
        "action": step.action.label,
        "decision": str(Verdict(decision.verdict).label),
        "name": decision.name,
        "post": decision.post,
        "at": decision.at.isoformat(),
        "on_behalf_of": decision.on_behalf_of,
        "absence": decision.absence,
        "small_office": decision.small_office,
        "meeting_body": decision.meeting_body,
        "meeting_on": decision.meeting_on.isoformat() if decision.meeting_on else "",
        "paper_sha256": decision.paper_sha256,
        "comment": decision.comment,
        "digest": decision.digest,
    }


@transaction.atomic
def _finish(
    revision: Revision, attempt: int, *, edition: Edition | None = None, error: str = ""
) -> None:
    current = locked_revision(revision, even_altered=True)
    if current.state != RevisionState.ISSUING or current.issue_attempt != attempt:
        return
    current.issue_message = error
    current.edition_uid = edition.uid if edition else None
    move_to(current, RevisionState.ISSUED if edition else RevisionState.ISSUE_FAILED)
    if error:
        log(current, None, "版の作成の失敗", note=error)
    elif edition:
        log(current, None, "改定の終了", note=f"{edition.label}を発行しました。")


def _edition_of(revision: Revision) -> Edition | None:
    """Return the edition that an attempt made of whose end nobody heard."""
    found: Edition | None = Edition.objects.filter(revision_uid=revision.uid).first()
    return found


def _last_decider(revision: Revision) -> User | None:
    decisions = Decision.objects.filter(submission__revision=revision, verdict=Verdict.APPROVED)
    last = decisions.select_related("user").order_by("-at", "-pk").first()
    return last.user if last else None


def _had_part(revision: Revision, membership: Membership) -> bool:
    actor = actor_of(membership)
    own = revision.contributors.filter(user_key=actor.user_key).exists()
    decided = Decision.objects.filter(submission__revision=revision, user_key=actor.user_key)
    return own or decided.exists()

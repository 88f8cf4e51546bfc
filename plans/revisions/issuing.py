"""Turns an approved revision into an edition, in the background, once, and says why when it fails."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from bcp_portal.accounts.models import Membership, User
from bcp_portal.audit.seal_proofs import seal_faults_of
from bcp_portal.jobs.models import JobState
from bcp_portal.jobs.services import end, hand_over
from bcp_portal.ui.errors import DomainError
from plans.document.coverage import Coverage
from plans.editions.models.edition import Edition
from plans.issuing.edition_record import IssueOrder
from plans.issuing.services import issue_edition
from plans.revisions.draft_services import locked_revision, log, move_to
from plans.revisions.models.issue_job import IssueJob
from plans.revisions.models.revision import Decision, Revision, Submission, Verdict
from plans.revisions.people import actor_of
from plans.revisions.revision_proof import ALTERED, require_unaltered
from plans.revisions.situations import situation_of
from plans.revisions.states import RevisionState, SubmissionState


def issue_job_of(revision: Revision) -> IssueJob | None:
    """Return the job that makes the edition of a revision at the moment."""
    if revision.state != RevisionState.ISSUING:
        return None
    jobs = IssueJob.objects.filter(revision=revision, attempt=revision.issue_attempt)
    found: IssueJob | None = jobs.first()
    return found


def begin_issue(revision: Revision) -> None:
    """Note of a locked revision that its edition is to be made; hand_to_worker() comes after the log."""
    revision.issue_attempt += 1
    revision.issue_started_at = None
    revision.issue_message = ""
    move_to(revision, RevisionState.ISSUING)


def hand_to_worker(revision: Revision) -> None:
    """Ask the worker for the edition of a revision that is to be issued."""
    job = IssueJob.objects.create(
        municipality=revision.municipality, revision=revision, attempt=revision.issue_attempt
    )
    hand_over(job)


def adopt_revisions() -> None:
    """Ask the worker for each edition that is awaited and that no job is to make.

    So it is with revisions of former releases, and with those of an archive that was loaded.
    """
    waiting = IssueJob.objects.filter(revision=OuterRef("pk"), attempt=OuterRef("issue_attempt"))
    issuing = Revision.objects.select_related("municipality").filter(state=RevisionState.ISSUING)
    for revision in issuing.filter(~Exists(waiting)):
        with transaction.atomic():
            hand_to_worker(revision)


@transaction.atomic
def retry_issue(*, revision: Revision, membership: Membership) -> Revision:
    """Try again what failed; nothing that was decided is decided again.

    For who drafted, submitted or decided it. Raises DomainError for anybody else.
    """
    current = locked_revision(revision)
    if current.state == RevisionState.ISSUED:
        return current
    if current.state != RevisionState.ISSUE_FAILED:
        raise DomainError("版は今作っています。しばらく待ってから画面を開き直してください。", 409)
    if not _had_part(current, membership):
        raise DomainError("版を作り直せるのは、この改定を起案または承認した人だけです。", 403)
    begin_issue(current)
    log(current, membership.user, "版の作成のやり直し")
    hand_to_worker(current)
    return current


def make_edition(job: IssueJob) -> None:
    """Make the edition of an approved revision; the work of this kind of job."""
    attempts = Revision.objects.select_related("municipality", "drafter")
    revision = attempts.filter(pk=job.revision_id, issue_attempt=job.attempt).first()
    if revision is None or revision.state != RevisionState.ISSUING:
        end(job, JobState.DONE)
        return
    Revision.objects.filter(pk=revision.pk).update(issue_started_at=job.started_at)
    edition = _edition_of(revision) or issue_edition(
        municipality=job.municipality, order=order_of(revision), actor=_last_decider(revision)
    )
    _finish(job, edition)


def order_of(revision: Revision) -> IssueOrder:
    """Return what the edition is made of: the content that was approved, and who decided."""
    submission = approved_submission(revision)
    require_unaltered(submission)
    if seal_faults_of([revision]):
        raise DomainError(ALTERED, status=409)
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
def note_failure(job: IssueJob) -> None:
    """Write into the revision why its edition could not be made, and let it be tried again."""
    current = _awaiting(job)
    if current:
        is_true = not seal_faults_of([current])
        current.issue_message = job.message
        move_to(current, RevisionState.ISSUE_FAILED)
        log(current, None, "版の作成の失敗", note=job.message, sealed_anew=is_true)


@transaction.atomic
def _finish(job: IssueJob, edition: Edition) -> None:
    end(job, JobState.DONE)
    current = _awaiting(job)
    if current:
        is_true = not seal_faults_of([current])
        current.issue_message, current.edition_uid = "", edition.uid
        move_to(current, RevisionState.ISSUED)
        note = f"{edition.label}を発行しました。"
        log(current, None, "改定の終了", note=note, sealed_anew=is_true)


def _awaiting(job: IssueJob) -> Revision | None:
    """Return the locked revision if it still waits for this attempt."""
    current = locked_revision(job.revision, even_altered=True)
    awaited = current.state == RevisionState.ISSUING and current.issue_attempt == job.attempt
    return current if awaited else None


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

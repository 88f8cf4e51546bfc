"""Tells, when a revision is read, decided or issued, whether its records are what was written."""

from collections.abc import Iterator

from bcp_portal.accounts.models import Membership
from bcp_portal.audit.seal_proofs import kind_faults, missing_records, seal_faults_of
from bcp_portal.audit.seals import seal_registry
from bcp_portal.audit.tampering import refuse_if
from bcp_portal.audit.told_proofs import told_faults_of
from bcp_portal.audit.told_values import told_registry
from bcp_portal.ui.errors import DomainError
from plans.document.canonical import content_sha256
from plans.editions.frozen_content import is_as_frozen
from plans.revisions.frozen_head import digest_of
from plans.revisions.models.revision import Decision, Revision, Submission, SubmittedContent
from plans.revisions.models.route import ApprovalSetting

ALTERED = (
    "提出の後に、改定の内容、経路、または決定の記録が書き換えられています。この提出は決定も発行もできません。"
    "システムの担当者に連絡し、改定を取り下げ、提出し直すか、新しい改定を起案してください。"
)

SETTING_ALTERED = (
    "それまでは、提出も決定もできません。システムの担当者に、操作記録と版の検証（verify_audit、"
    "verify_editions）と、元に戻すことを依頼してください。"
)

_WHO_DECIDES = ("person", "is_active")


def require_unaltered(submission: Submission) -> None:
    """Raise DomainError when a submission, or what was decided on it, is not what was written."""
    decisions = Decision.objects.filter(submission=submission)
    records = [submission, *decisions.select_related("submission__revision")]
    if seal_faults_of(records) or any(submission_faults(submission)):
        raise DomainError(ALTERED, status=409)


def setting_fault() -> str:
    """Return what is wrong with how the municipality in scope separates its people; "" for nothing."""
    return "".join(kind_faults(ApprovalSetting))


def require_setting_unaltered() -> None:
    """Raise DomainError when the settings of approval, or who the members are, is not what was written."""
    fault = setting_fault() or members_fault()
    if fault:
        raise DomainError(fault + SETTING_ALTERED)


def members_fault() -> str:
    """Return which members are not those, or not as active, as the log told last; "" for none.

    Who is whom decides who may, and whose name a decision bears. Two queries for all members.
    """
    kind = told_registry.kinds()[Membership._meta.label_lower]
    return "".join(told_faults_of(kind, _WHO_DECIDES))


def revision_fault(revision: Revision) -> str:
    """Return what is wrong with a revision, all that was submitted and decided of it; "" for nothing."""
    return "".join(revision_faults(revision))


def revision_faults(revision: Revision) -> list[str]:
    """Return every fault of a revision (Japanese); a constant number of queries for each submission."""
    stored = Revision.objects.select_related("municipality").get(pk=revision.pk)
    submissions = list(Submission.objects.filter(revision=stored).order_by("number"))
    for each in submissions:
        each.revision = stored
    decisions = list(
        Decision.objects.filter(submission__revision=stored).select_related("submission__revision")
    )
    records = [stored, *submissions, *decisions]
    target = seal_registry.kind_of(stored).target(stored)
    return [
        *seal_faults_of(records),
        *missing_records(target, records),
        *(fault for each in submissions for fault in submission_faults(each)),
    ]


def submission_faults(submission: Submission) -> Iterator[str]:
    """Yield what of a submission is no longer what its own digests were made of."""
    if _digest(submission) != submission.digest:
        yield f"{submission}の内容・経路・関わった人のどれかが、提出の後に書き換えられています。"
    content = SubmittedContent.objects.filter(submission=submission).values_list("pk", flat=True)
    pk = content.first()
    if pk is None:
        yield f"{submission}の文書が削除されています。"
    elif not is_as_frozen(
        SubmittedContent.objects.all(),
        pk,
        ("document", "rows"),
        lambda document, rows: content_sha256(document, rows) == submission.content_sha256,
    ):
        yield f"{submission}の文書または行が、提出の後に書き換えられています。"


def _digest(submission: Submission) -> str:
    """Return the digest of what a submission says now; "" when it cannot even be read."""
    said = submission.content_sha256, submission.parties_data
    try:
        return digest_of(submission.head, submission.route, *said)
    except (AttributeError, KeyError, TypeError, ValueError):
        return ""


def is_readable(revision: Revision) -> bool:
    """Tell whether what was submitted of a revision can be read at all."""
    submissions = Submission.objects.filter(revision=revision)
    return all(_digest(each) for each in submissions) and all(
        SubmittedContent.objects.filter(submission=each).exists() for each in submissions
    )


def require_true(revision: Revision) -> None:
    """Raise DomainError (Japanese) for a revision with a record that is not what was written."""
    refuse_if(revision.municipality, revision, revision_fault(revision))

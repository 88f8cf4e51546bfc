"""What of plans has a 保存年限, and which entries of the log something of plans is decided by."""

from bcp_portal.audit.disposable_entries import register_keepers, register_passing, register_settled
from bcp_portal.retention.kinds import RetainedKind, register_retained_kind
from plans.disposing.edition_disposal import closed_editions, dispose_editions
from plans.disposing.proof_entries import asked_of_people, prints, proofs
from plans.disposing.revision_disposal import closed_revisions, dispose_revisions
from plans.disposing.settled_moment import settled_at
from plans.editions.disposed_editions import KIND

REVISION = "revision"


def register_retention() -> None:
    """Tell log and 保存年限; called once at start."""
    register_keepers(proofs)
    register_keepers(asked_of_people)
    register_passing(prints)
    register_settled(settled_at)
    register_retained_kind(
        RetainedKind(KIND, "版", "施行中でなくなった日", closed_editions, dispose_editions)
    )
    begins = "取り下げた日（発行した改定は、その版が施行中でなくなった日）"
    register_retained_kind(
        RetainedKind(REVISION, "改定と会議の資料", begins, closed_revisions, dispose_revisions)
    )

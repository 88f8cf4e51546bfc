"""Takes a revision back before it is decided: to go on writing, or for good."""

from django.db import transaction
from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.audit.seal_proofs import seal_faults_of
from bcp_portal.ui.errors import DomainError
from plans.revisions.draft_services import locked_revision, log, move_to
from plans.revisions.models.revision import Contributor, Revision, Submission
from plans.revisions.people import actor_of, whereabouts
from plans.revisions.revision_proof import revision_fault
from plans.revisions.states import RevisionState, SubmissionState, may_follow

ONLY_GIVEN_UP = "このため、下書きには戻せません。「この改定をやめる」を選び、新しい改定を起案して提出してください。"


@transaction.atomic
def withdraw_revision(*, revision: Revision, membership: Membership, keep_draft: bool) -> Revision:
    """Take a revision back before it is decided: to go on writing, or for good.

    Only who had a hand in it may; where nobody of them can act any more, whoever may draft. One with
    a record that was changed behind the program's back can only be given up; the entry says what
    was found, and what was changed is not sealed anew, so that the warning stays.
    """
    current = locked_revision(revision, even_altered=True)
    if current.state == RevisionState.WITHDRAWN and not keep_draft:
        return current
    if current.is_editable and keep_draft:
        return current
    if not may_follow(current.state, RevisionState.WITHDRAWN):
        raise DomainError(
            f"この改定は「{current.get_state_display()}」のため、取り下げられません。", status=409
        )
    _require_hand_in(current, membership)
    faults = seal_faults_of([current])
    if faults and keep_draft:
        raise DomainError(f"{''.join(faults)}{ONLY_GIVEN_UP}", status=409)
    warned = revision_fault(current)
    taken_back = _take_back_submissions(current)
    move_to(current, RevisionState.DRAFT if keep_draft else RevisionState.WITHDRAWN)
    done = "下書きに戻しました。" if keep_draft else "改定を取りやめました。"
    log(
        current,
        membership.user,
        "改定の取下げ",
        note=f"{done}{warned}",
        touched=taken_back,
        sealed_anew=not faults,
    )
    return current


def _take_back_submissions(revision: Revision) -> list[Submission]:
    """Close what is under way, and what was approved but never became an edition.

    Return those that were as they were written.
    """
    going = [SubmissionState.OPEN, SubmissionState.APPROVED]
    going_on = list(revision.submissions.filter(state__in=going))
    true = [each.pk for each in going_on if not seal_faults_of([each])]
    taken = revision.submissions.filter(pk__in=[each.pk for each in going_on])
    taken.update(state=SubmissionState.WITHDRAWN, closed_at=timezone.now())
    return [each for each in taken if each.pk in true]


def _require_hand_in(current: Revision, membership: Membership) -> None:
    actor = actor_of(membership)
    people = whereabouts()
    hands = list(Contributor.objects.filter(revision=current))
    own = any(
        actor.user_key == each.user_key or actor.person_uid == str(each.person_uid)
        for each in hands
    )
    able = any(
        (known := people.get(str(each.person_uid))) is not None and known.user_key is not None
        for each in hands
    )
    if not own and able:
        names = "、".join(sorted({each.name for each in hands}))
        raise DomainError(
            f"取り下げられるのは、起案または提出をした人（{names}）だけです。", status=403
        )

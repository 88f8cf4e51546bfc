"""The one way in which anything is decided on a submission, whoever asks and by whatever path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.audit.entry_faults import refusing_altered
from bcp_portal.members.decision_codes import take_code
from bcp_portal.members.notices import open_notices
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.moments import format_moment
from plans.revisions.circumstances import code_refusals, stands_beside, waiting_text
from plans.revisions.draft_services import locked_revision, log, move_to
from plans.revisions.involvement import OwnPart
from plans.revisions.issuing import begin_issue, hand_to_worker
from plans.revisions.models.revision import Decision, ReturnRemark, Revision, Submission, Verdict
from plans.revisions.parties import Actor, Situation
from plans.revisions.people import actor_of
from plans.revisions.revision_proof import require_setting_unaltered, require_unaltered
from plans.revisions.route import RouteStep
from plans.revisions.route_progress import VERDICT_OF, after_slot_of, slot_of, standing_of
from plans.revisions.rules import Chance, verdicts_of
from plans.revisions.situations import made_of, situation_of
from plans.revisions.states import RevisionState, SubmissionState
from plans.revisions.submission import close_submission

UNREAD = (
    "あなたの利用者について、ほかの人が設定したことのお知らせがあります。"
    "ホームで「確かめました」を押すまで、決定できません。まだ何も記録していません。"
)
PAPER_MAX_BYTES = 20 * 1024 * 1024
NOT_YOURS = "あなたは、この改定の経路にいないため、決定できません。"
CHANGED = (
    "画面を開いた後に、この改定は別の内容で提出されました。あなたの決定はまだ記録していません。"
    "下の新しい内容を確かめてから、もう一度決めてください。"
)


class Wish(StrEnum):
    AGREE = "agree"
    RETURN = "return"


@dataclass(frozen=True)
class RemarkOrder:
    """One thing to be mended: where it stands and what is wrong with it."""

    place: str
    text: str
    anchor: str = ""
    quote: str = ""
    table_code: str = ""
    row_uid: str = ""
    place_label: str = ""


@dataclass(frozen=True)
class DecisionOrder:
    """What somebody decided, and the digest of the content that stood on their screen."""

    step: int
    seat: int
    wish: Wish
    digest: str
    comment: str = ""
    absence: str = ""
    code: str = ""
    meeting_on: date | None = None
    paper: UploadedFile[Any] | None = None
    remarks: tuple[RemarkOrder, ...] = ()


@dataclass(frozen=True)
class DecisionOutcome:
    """The decision as it stands in the record; already when an earlier press had put it there."""

    decision: Decision
    already: bool = False


class StaleContent(DomainError):
    """Something else was submitted after the page was opened; nothing was decided."""

    def __init__(self) -> None:
        super().__init__(CHANGED, status=409)


class MeetingMissing(DomainError):
    """What a decision of a meeting lacks: (field of the order, sentence) of each thing."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("".join(sentence for _, sentence in self.faults))


@transaction.atomic
def decide(*, revision: Revision, membership: Membership, order: DecisionOrder) -> DecisionOutcome:
    """Record one decision; two presses, or two people, get one decision and the same answer.

    Raises StaleContent when the digest is not that of the latest submission, DomainError (Japanese)
    when the rules do not let this person decide this step now. The last approval begins the issue.
    """
    current = locked_revision(revision)
    submission = _latest(current)
    actor = actor_of(membership)
    earlier = _earlier(submission, actor, order)
    if earlier:
        return earlier
    if order.digest != submission.digest:
        raise StaleContent
    require_unaltered(submission)
    require_setting_unaltered()
    with refusing_altered():
        situation = situation_of(submission)
    chance = _require_chance(situation, actor, order)
    step = submission.route.steps[chance.step]
    _require_read(membership)
    _require_complete(submission, step, chance, order)
    proof = _proof(membership, chance, order)
    style = DateStyle(submission.municipality.date_style)
    said = stands_beside(situation, chance, actor.name, proof, style, user_key=membership.user_id)
    decision = _record(submission, membership, actor, step, chance, order, said)
    _go_on(current, submission, decision)
    touched = (submission, decision)
    spoken = f"改定の{_spoken(decision)}"
    log(current, membership.user, spoken, note=_note(decision), touched=touched)
    if current.state == RevisionState.ISSUING and submission.state == SubmissionState.APPROVED:
        hand_to_worker(current)
    return DecisionOutcome(decision)


def _latest(current: Revision) -> Submission:
    submission: Submission | None = current.submissions.order_by("-number").first()
    if submission is None:
        raise DomainError("この改定はまだ提出されていません。", status=409)
    return submission


def _earlier(latest: Submission, actor: Actor, order: DecisionOrder) -> DecisionOutcome | None:
    """Return what this person already decided with the same press, if they did.

    What was submitted again word for word on the same day has the same digest, and is decided anew.
    """
    meant = Q(submission=latest) | (
        Q(submission__revision=latest.revision_id) & ~Q(digest=latest.digest)
    )
    decided: Decision | None = (
        Decision.objects.filter(
            meant,
            digest=order.digest,
            step_number=order.step,
            seat_number=order.seat,
            user_key=actor.user_key,
        )
        .select_related("submission")
        .order_by("-pk")
        .first()
    )
    if decided is None:
        return None
    wished = order.wish is Wish.RETURN
    if wished is not (decided.verdict == Verdict.RETURNED):
        raise DomainError(
            f"あなたの決定は「{decided.get_verdict_display()}」として"
            "すでに記録されています。後から変えることはできません。",
            status=409,
        )
    return DecisionOutcome(decided, already=True)


def _require_chance(situation: Situation, actor: Actor, order: DecisionOrder) -> Chance:
    verdicts = verdicts_of(situation, actor)
    chance = verdicts.chance(order.step, order.seat)
    if chance is None:
        refusal = verdicts.refusals.get((order.step, order.seat), NOT_YOURS)
        forbidden = isinstance(refusal, OwnPart) or refusal == NOT_YOURS
        raise DomainError(refusal, status=403 if forbidden else 409)
    return chance


def _require_read(membership: Membership) -> None:
    """Who decides knows what others set about the account from which it is decided."""
    if open_notices(membership.user):
        raise DomainError(UNREAD)


def _proof(membership: Membership, chance: Chance, order: DecisionOrder) -> str:
    """Use up the code where one is needed, and return who issued it; "" where none is."""
    if not (chance.needs_code and chance.hold):
        return ""
    style = DateStyle(membership.municipality.date_style)
    if not order.code.strip():
        raise DomainError(waiting_text(chance.hold, str(membership.user), style))
    code = take_code(membership, order.code, not_from=code_refusals(chance.hold, style))
    return f"確認コード（発行：{code.issued_by_name}、{format_moment(code.issued_at, style)}）により決定"


def _require_complete(
    submission: Submission, step: RouteStep, chance: Chance, order: DecisionOrder
) -> None:
    if chance.afterwards or not step.blocks:
        if order.wish is Wish.RETURN:
            raise DomainError("報告を受ける段階と後閲では、差し戻せません。")
        return
    if chance.needs_absence and not order.absence.strip():
        names = "、".join(chance.skipped)
        raise DomainError(
            f"{names}に代わって決めるときは、本人が決められない理由を書いてください。"
        )
    if order.wish is Wish.RETURN:
        if not (order.comment.strip() or order.remarks):
            raise DomainError("差し戻すときは、何を直せばよいかを書いてください。")
    elif step.by_meeting:
        _require_meeting(submission, step, order)


def _require_meeting(submission: Submission, step: RouteStep, order: DecisionOrder) -> None:
    """Raise MeetingMissing with all that is missing, so that nobody mends one thing after another."""
    submitted_on = timezone.localdate(submission.submitted_at)
    faults = []
    if order.meeting_on is None:
        faults.append(("meeting_on", f"{step.meeting_body}で決めた日を書いてください。"))
    elif not submitted_on <= order.meeting_on <= timezone.localdate():
        said = f"{step.meeting_body}の日は、提出した日から今日までの間の日にしてください。"
        faults.append(("meeting_on", said))
    if order.paper is None:
        faults.append(("paper", f"{step.meeting_body}の議事録などの資料を添付してください。"))
    elif (order.paper.size or 0) > PAPER_MAX_BYTES:
        said = f"資料「{order.paper.name}」が大きすぎます。20MB以内のファイルにしてください。"
        faults.append(("paper", said))
    if faults:
        raise MeetingMissing(faults)


def _record(
    submission: Submission,
    membership: Membership,
    actor: Actor,
    step: RouteStep,
    chance: Chance,
    order: DecisionOrder,
    circumstances: str,
) -> Decision:
    decision = Decision(
        municipality=submission.municipality,
        submission=submission,
        step_number=chance.step,
        seat_number=chance.seat,
        slot=_slot(submission, chance),
        verdict=_verdict(chance, order),
        digest=submission.digest,
        user=membership.user,
        user_key=actor.user_key,
        person_uid=actor.person_uid,
        name=actor.name,
        post=actor.post,
        on_behalf_of=chance.on_behalf_of,
        absence=order.absence if chance.needs_absence else "",
        small_office=chance.small_office,
        circumstances=circumstances,
        comment=order.comment,
        at=timezone.now(),
    )
    if step.by_meeting and decision.verdict == VERDICT_OF[step.action]:
        _attach_meeting(decision, step, order)
    decision.save()
    for remark in order.remarks if order.wish is Wish.RETURN else ():
        ReturnRemark(municipality=submission.municipality, decision=decision, **vars(remark)).save()
    return decision


def _attach_meeting(decision: Decision, step: RouteStep, order: DecisionOrder) -> None:
    decision.meeting_body = step.meeting_body
    decision.meeting_on = order.meeting_on
    if order.paper is not None:
        content = order.paper.read()
        order.paper.seek(0)
        decision.paper_name = order.paper.name or "資料"
        decision.paper_sha256 = sha256(content).hexdigest()
        decision.paper.save("paper", order.paper, save=False)


def _slot(submission: Submission, chance: Chance) -> str:
    if chance.afterwards:
        return after_slot_of(chance.step, chance.seat)
    return slot_of(submission.route, chance.step, chance.seat)


def _verdict(chance: Chance, order: DecisionOrder) -> str:
    if chance.afterwards:
        return Verdict.REVIEWED_AFTER
    return Verdict.RETURNED if order.wish is Wish.RETURN else VERDICT_OF[chance.action]


def _go_on(current: Revision, submission: Submission, decision: Decision) -> None:
    """Bring revision and submission to where the decision leads."""
    if submission.state != SubmissionState.OPEN or decision.verdict == Verdict.REVIEWED_AFTER:
        return
    standing = standing_of(submission.route, made_of(submission.decisions.all()))
    wanted = standing.revision_state
    if wanted is RevisionState.RETURNED:
        close_submission(submission, SubmissionState.RETURNED)
        move_to(current, wanted)
    elif standing.is_decided:
        close_submission(submission, SubmissionState.APPROVED)
        begin_issue(current)
    elif wanted != current.state:
        move_to(current, wanted)


def _spoken(decision: Decision) -> str:
    return f"{decision.get_verdict_display()}{'（代行）' if decision.on_behalf_of else ''}"


def _note(decision: Decision) -> str:
    lines = [f"提出のハッシュ値 {decision.digest}"]
    if decision.on_behalf_of:
        lines.append(f"{decision.on_behalf_of}の代行：{decision.absence or '在任していないため'}")
    if decision.small_office:
        lines.append("少人数の特例により、起案した人または変更を書いた人が決めました。")
    if decision.circumstances:
        lines.append(decision.circumstances)
    if decision.meeting_body and decision.meeting_on:
        lines.append(f"{decision.meeting_body}（{decision.meeting_on:%Y-%m-%d}）の決定")
    if decision.comment:
        lines.append(decision.comment)
    return "\n".join(lines)

"""Finds what has to be told outside the page of a revision: steps nobody can decide, one's own entry changed."""

from dataclasses import dataclass

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.ui.eras import DateStyle
from plans.revisions.circumstances import noted_text, people_of
from plans.revisions.deciders import blocked_steps
from plans.revisions.models.revision import Revision, Submission
from plans.revisions.parties import Situation
from plans.revisions.situations import situations_of
from plans.revisions.states import SubmissionState

_TOLD = (Permission.DRAFT_REVISION, Permission.MANAGE_MEMBERS, Permission.MANAGE_ROUTES)
WAY_ON = "利用を再開する、役割を付ける、または起案した人が取り下げて経路を変え、提出し直すと進められます。"


@dataclass(frozen=True)
class Alert:
    """One open revision and what has to be known of it."""

    revision: Revision
    text: str


@dataclass(frozen=True)
class Alerts:
    """What one member has to be told of the revisions under way."""

    blocked: tuple[Alert, ...] = ()
    about_me: tuple[Alert, ...] = ()


def alerts_for(membership: Membership) -> Alerts:
    """Return what a member has to be told; a constant number of queries."""
    found = _open_situations()
    told = any(membership.may(each) for each in _TOLD)
    blocked = [alert for each in found if (alert := _blocked(*each))] if told else []
    style = DateStyle(membership.municipality.date_style)
    uid = str(membership.person.uid) if membership.person else ""
    about_me = [
        Alert(submission.revision, noted_text(noted, "あなた", style))
        for submission, situation in found
        if any(
            uid in people_of(s, situation.people) for t in situation.route.steps for s in t.seats
        )
        for noted in situation.since.noted.get(uid, ())
    ]
    return Alerts(tuple(blocked), tuple(about_me))


def consequences_for_revisions(membership: Membership) -> list[str]:
    """Return which revisions nobody can go on with, for who has just changed a member."""
    return [
        f"{alert.revision}：{alert.text}"
        for each in _open_situations()
        if (alert := _blocked(*each))
    ]


def _open_situations() -> list[tuple[Submission, Situation]]:
    submissions = list(
        Submission.objects.filter(state=SubmissionState.OPEN)
        .select_related("revision")
        .prefetch_related("decisions", "revision__contributors")
    )
    if not submissions:
        return []
    return list(zip(submissions, situations_of(submissions), strict=True))


def _blocked(submission: Submission, situation: Situation) -> Alert | None:
    steps = blocked_steps(situation)
    if not steps:
        return None
    names = "」「".join(steps)
    return Alert(submission.revision, f"「{names}」を決められる人がいません。{WAY_ON}")

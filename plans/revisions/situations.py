"""Reads one submission, or all open ones, into the plain data the rules look at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from plans.revisions.account_changes import KINDS, SETTING, AfterSubmit, after_submit
from plans.revisions.frozen_parties import FrozenParties
from plans.revisions.log_lines import LogLine, lines_since
from plans.revisions.models.revision import Contributor, Decision, Revision, Submission
from plans.revisions.models.route import ApprovalSetting
from plans.revisions.parties import Identity, Situation
from plans.revisions.people import Everybody, actor_of, everybody
from plans.revisions.route_progress import RecordedDecision, standing_of
from plans.revisions.rules import Chance, verdicts_of
from plans.revisions.states import RevisionState, SubmissionState

APPROVED = SubmissionState.APPROVED
# How long a report, or what a deputy decided, stays on the list of those who shall read it.
REPORTED_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Waiting:
    """One decision that a person is waited for."""

    submission: Submission
    step_name: str
    action_label: str
    due_on: date | None
    chance: Chance

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < timezone.localdate()


@dataclass(frozen=True)
class Today:
    """What the rules need of today, read once for all submissions that are looked at."""

    everybody: Everybody
    setting: ApprovalSetting
    lines: tuple[LogLine, ...]
    now: datetime

    @classmethod
    def read(cls, submissions: Sequence[Submission]) -> "Today":
        """Read people, settings and what the log tells of people since the first submit."""
        now, setting = timezone.now(), ApprovalSetting.objects.first() or ApprovalSetting()
        parties = [each.parties for each in submissions]
        hours = max((each.wait_hours for each in parties if each), default=0)
        since = min((each.submitted_at for each in submissions), default=now)
        since = min(since, now - timedelta(hours=max(hours, setting.account_wait_hours)))
        lives = any(each.closed_at is None or each.state == APPROVED for each in submissions)
        kinds = KINDS if lives or not submissions else (SETTING,)
        return cls(everybody(), setting, tuple(lines_since(since, kinds)), now)


def small_office_is_on() -> bool:
    """Tell whether the municipality in scope allows who drafts to decide as well."""
    setting = ApprovalSetting.objects.first()
    return bool(setting and setting.small_office)


def situation_of(submission: Submission) -> Situation:
    """Return a submission as the rules see it, with everybody as they are today."""
    return _situation(submission, Today.read([submission]))


def situations_of(submissions: Sequence[Submission]) -> list[Situation]:
    """Return many submissions as the rules see them, with a constant number of queries."""
    today = Today.read(submissions)
    return [_situation(each, today) for each in submissions]


def made_of(decisions: Iterable[Decision]) -> tuple[RecordedDecision, ...]:
    """Return decisions as plain data, in the order in which they were taken."""
    return tuple(
        RecordedDecision(
            step=each.step_number,
            seat=each.seat_number,
            verdict=each.verdict,
            user_key=each.user_key,
            person_uid=str(each.person_uid),
            name=each.name,
            post=each.post,
            on_behalf_of=each.on_behalf_of,
        )
        for each in decisions
    )


def waiting_for(membership: Membership) -> list[Waiting]:
    """Return what waits for this person, the earliest due first; a constant number of queries."""
    recent = timezone.now() - REPORTED_FOR
    submissions = list(
        Submission.objects.filter(
            Q(state=SubmissionState.OPEN) | Q(state=SubmissionState.APPROVED, closed_at__gte=recent)
        )
        .select_related("revision")
        .prefetch_related("decisions", "revision__contributors")
    )
    if not submissions:
        return []
    actor = actor_of(membership)
    found = [
        _waiting(submission, chance)
        for submission, situation in zip(submissions, situations_of(submissions), strict=True)
        for chance in verdicts_of(situation, actor).chances
        if not chance.skipped
    ]
    return sorted(found, key=lambda each: (each.due_on or date.max, each.submission.pk))


def returned_revisions(membership: Membership) -> list[Revision]:
    """Return the revisions that wait for being mended, for those who may draft."""
    if not membership.may(Permission.DRAFT_REVISION):
        return []
    return list(Revision.objects.filter(state=RevisionState.RETURNED))


def _situation(submission: Submission, today: Today) -> Situation:
    contributors = list(submission.revision.contributors.all())
    everybody, parties = today.everybody, submission.parties
    since = log_since(
        today.lines,
        everybody,
        submitted_at=submission.submitted_at,
        contributors=contributors,
        parties=parties,
        closed_at=submission.closed_at,
    )
    open_exception = today.setting.small_office and not since.exception_ended
    return Situation(
        route=submission.route,
        submitted_on=timezone.localdate(submission.submitted_at),
        today=timezone.localdate(),
        made=made_of(submission.decisions.all()),
        is_open=submission.state == SubmissionState.OPEN,
        is_approved=submission.state == SubmissionState.APPROVED,
        contributors=frozenset(identities(contributors)),
        small_office=submission.small_office and open_exception,
        people=everybody.people,
        usernames=everybody.usernames,
        parties=parties,
        since=since if parties else AfterSubmit(exception_ended=since.exception_ended),
        now=today.now,
        wait_off=today.setting.account_wait_off,
        members=everybody.members,
        lines=today.lines,
    )


def log_since(
    lines: Iterable[LogLine],
    everybody: Everybody,
    *,
    submitted_at: datetime,
    contributors: Sequence[Contributor],
    parties: FrozenParties | None,
    closed_at: datetime | None = None,
) -> AfterSubmit:
    """Return what the log tells since a submit, for those who had a hand in it."""
    hands = {everybody.usernames.get(each.user_key, "") for each in contributors}
    names = {each.name for each in contributors}
    persons = {str(each.person_uid) for each in contributors}
    names |= {each.name for uid, each in everybody.people.items() if uid in persons}
    for each in (*parties.authors, *parties.alike) if parties else ():
        hands.add(each.username)
        names.add(each.name)
    return after_submit(
        lines,
        submitted_at=submitted_at,
        hands=frozenset(hands - {""}),
        names=frozenset(names - {""}),
        accounts=everybody.accounts,
        closed_at=closed_at,
    )


def identities(contributors: Iterable[Contributor]) -> Sequence[Identity]:
    return [Identity(each.user_key, str(each.person_uid)) for each in contributors]


def _waiting(submission: Submission, chance: Chance) -> Waiting:
    step = standing_of(submission.route, ()).steps[chance.step].step
    label = "後閲" if chance.afterwards else step.action.label
    due = date.fromisoformat(step.due_on) if step.due_on else None
    return Waiting(submission, step.name, label, due, chance)

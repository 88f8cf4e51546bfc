"""Reads one submission, or all open ones, into the plain data the rules look at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from plans.models.revisions import Contributor, Decision, Revision, Submission
from plans.models.routes import ApprovalSetting
from plans.revisions.parties import Identity, Situation, Whereabouts
from plans.revisions.people import actor_of, whereabouts
from plans.revisions.rules import Chance, verdicts_of
from plans.revisions.standing import Made, standing_of
from plans.revisions.states import RevisionState, SubmissionState

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


def small_office_is_on() -> bool:
    """Tell whether the municipality in scope allows who drafts to decide as well."""
    setting = ApprovalSetting.objects.first()
    return bool(setting and setting.small_office)


def situation_of(submission: Submission) -> Situation:
    """Return a submission as the rules see it, with everybody as they are today."""
    return _situation(
        submission,
        submission.decisions.all(),
        submission.revision.contributors.all(),
        whereabouts(),
        small_office_is_on(),
    )


def made_of(decisions: Iterable[Decision]) -> tuple[Made, ...]:
    """Return decisions as plain data, in the order in which they were taken."""
    return tuple(
        Made(
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
    actor, people, exception = actor_of(membership), whereabouts(), small_office_is_on()
    found = [
        _waiting(submission, chance)
        for submission in submissions
        for chance in verdicts_of(
            _situation(
                submission,
                submission.decisions.all(),
                submission.revision.contributors.all(),
                people,
                exception,
            ),
            actor,
        ).chances
        if not chance.skipped
    ]
    return sorted(found, key=lambda each: (each.due_on or date.max, each.submission.pk))


def returned_revisions(membership: Membership) -> list[Revision]:
    """Return the revisions that wait for being mended, for those who may draft."""
    if not membership.may(Permission.DRAFT_REVISION):
        return []
    return list(Revision.objects.filter(state=RevisionState.RETURNED))


def _situation(
    submission: Submission,
    decisions: Iterable[Decision],
    contributors: Iterable[Contributor],
    people: Mapping[str, Whereabouts],
    small_office: bool,
) -> Situation:
    return Situation(
        route=submission.route,
        submitted_on=timezone.localdate(submission.submitted_at),
        today=timezone.localdate(),
        made=made_of(decisions),
        is_open=submission.state == SubmissionState.OPEN,
        is_approved=submission.state == SubmissionState.APPROVED,
        contributors=frozenset(_identities(contributors)),
        small_office=submission.small_office and small_office,
        people=people,
    )


def _identities(contributors: Iterable[Contributor]) -> Sequence[Identity]:
    return [Identity(each.user_key, str(each.person_uid)) for each in contributors]


def _waiting(submission: Submission, chance: Chance) -> Waiting:
    step = standing_of(submission.route, ()).steps[chance.step].step
    label = "後閲" if chance.afterwards else step.action.label
    due = date.fromisoformat(step.due_on) if step.due_on else None
    return Waiting(submission, step.name, label, due, chance)

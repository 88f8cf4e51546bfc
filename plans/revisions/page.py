"""Gathers what the page of one revision and its approval sheet show: who decided, who is next, and why not."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.annex.file_cells import masked_name
from bcp_portal.ui.eras import DateStyle
from plans.document.claims import FrozenClaim, claims_in
from plans.document.revision_kind import RevisionKind
from plans.revisions.circumstances import (
    hold_text,
    noted_of_route,
    waiting_accounts,
    waiting_text,
)
from plans.revisions.deciders import blocked_steps
from plans.revisions.frozen_parties import FrozenParties
from plans.revisions.models.revision import Decision, ReturnRemark, Revision, Submission, Verdict
from plans.revisions.parties import Situation
from plans.revisions.people import actor_of
from plans.revisions.resubmission import unchanged_said
from plans.revisions.route_progress import (
    RouteProgress,
    RouteStepState,
    SeatStanding,
    StepStanding,
    decided_again,
    standing_of,
)
from plans.revisions.rules import Chance, Verdicts, unable_reason, verdicts_of
from plans.revisions.situations import situation_of, small_office_is_on


@dataclass(frozen=True)
class SeatLine:
    """One seat as the page shows it: who, what was decided, and why they may not be able to.

    `decided_before` names the earlier step that the same person decided.
    """

    label: str
    decisions: tuple[Decision, ...]
    unable: str
    deputies: tuple[tuple[str, str], ...]
    decided_before: str = ""


@dataclass(frozen=True)
class StepLine:
    """One step as the page shows it."""

    number: int
    name: str
    action_label: str
    quorum_label: str
    state: RouteStepState
    due_on: date | None
    is_overdue: bool
    meeting_body: str
    seats: tuple[SeatLine, ...]


@dataclass(frozen=True)
class ChanceLine:
    """One decision the reader may take now."""

    chance: Chance
    step: StepLine
    style: DateStyle = DateStyle.WAREKI

    @property
    def verb(self) -> str:
        if self.chance.afterwards:
            return "後閲する"
        return {"確認": "確認する", "承認": "承認する"}.get(self.step.action_label, "報告を受けた")

    @property
    def hold_said(self) -> str:
        """Return who set the account lately, and what it takes to decide; "" when nobody did."""
        hold = self.chance.hold
        if hold is None:
            return ""
        said = waiting_text if self.chance.needs_code else hold_text
        return said(hold, "あなた", self.style)

    @property
    def may_return(self) -> bool:
        return not self.chance.afterwards and self.step.action_label != "報告"


class RevisionPage:
    """What is known of a revision and its latest submission, as one reader sees it."""

    def __init__(self, revision: Revision, membership: Membership | None = None) -> None:
        self.revision = revision
        self.membership = membership

    @cached_property
    def sees_values(self) -> bool:
        """Tell whether the reader may see the personal values of what was submitted, and papers of meetings.

        Besides those who see them anyway, whoever may decide on them now: the digest covers them.
        """
        if self.membership is None:
            return False
        return self.membership.may(Permission.VIEW_PERSONAL) or any(
            not line.chance.afterwards for line in self.chances
        )

    def sees_paper(self, decision: Decision) -> bool:
        """Tell whether the reader may see the paper of a meeting and its name, which may say anything."""
        own = self.membership is not None and decision.user_id == self.membership.user_id
        return own or self.sees_values

    def paper_said(self, decision: Decision) -> str:
        """Return what the reader is told of the paper of a meeting: its name, or that there is one."""
        return (
            decision.paper_name if self.sees_paper(decision) else masked_name(decision.paper_name)
        )

    @cached_property
    def submission(self) -> Submission | None:
        found: Submission | None = (
            self.revision.submissions.select_related("revision")
            .prefetch_related("decisions", "revision__contributors")
            .order_by("-number")
            .first()
        )
        return found

    @cached_property
    def situation(self) -> Situation | None:
        return situation_of(self.submission) if self.submission else None

    @cached_property
    def standing(self) -> RouteProgress:
        if self.situation is None:
            return RouteProgress(())
        return standing_of(self.situation.route, self.situation.made)

    @cached_property
    def head(self) -> dict[str, Any]:
        """Return what was submitted about the revision; {} before the first submit."""
        return self.submission.head if self.submission else {}

    @property
    def released(self) -> list[FrozenClaim]:
        """Return the finds of the leak check that two people called no secret, as submitted."""
        return claims_in(self.head)

    @cached_property
    def unchanged_said(self) -> str:
        """Return that nothing was changed since a return, "" when something was or none was."""
        if self.submission is None:
            return ""
        return unchanged_said(self.revision, self.submission.content_sha256, self.submission.number)

    @property
    def proposed_label(self) -> str:
        kind = self.head.get("proposed_kind", "")
        return str(RevisionKind(kind).label) if kind else ""

    @property
    def effective_on(self) -> date | None:
        text = self.head.get("effective_on", "")
        return date.fromisoformat(text) if text else self.revision.effective_on

    @cached_property
    def small_office(self) -> bool:
        """Tell whether the exception holds: as submitted and not ended since, before that as set now.

        Of a submission that is closed it says whether it held until then.
        """
        if self.submission and not self.revision.is_editable:
            if self.situation and self.situation.is_open:
                return self.situation.small_office
            return self.exception_held
        return small_office_is_on()

    @cached_property
    def exception_held(self) -> bool:
        """Tell whether the latest submission ran under the exception to its end."""
        ended = self.situation is not None and self.situation.since.exception_ended
        return bool(self.submission and self.submission.small_office and not ended)

    @cached_property
    def style(self) -> DateStyle:
        """Return how days were written when it was submitted, before that as today."""
        frozen = self.submission.parties if self.submission else None
        style = frozen.date_style if frozen else ""
        return DateStyle(style or self.revision.municipality.date_style)

    @cached_property
    def recorded_since(self) -> list[str]:
        """Return what was recorded since the submit about the people of the route."""
        return noted_of_route(self.situation, self.style) if self.situation else []

    @cached_property
    def blocked(self) -> list[str]:
        """Return the steps that nobody can decide any more."""
        return blocked_steps(self.situation) if self.situation else []

    @property
    def blocked_title(self) -> str:
        """Return which steps those are, in words."""
        return f"決められる人がいない段階があります：{'、'.join(self.blocked)}"

    @cached_property
    def waiting_accounts(self) -> list[str]:
        """Return whose account waits because somebody with a part in this set it lately."""
        return waiting_accounts(self.situation, self.style) if self.situation else []

    @property
    def parties(self) -> FrozenParties | None:
        """Return who wrote what changes, as frozen with the submission."""
        return self.submission.parties if self.submission else None

    @cached_property
    def steps(self) -> list[StepLine]:
        return [self._step(step) for step in self.standing.steps]

    @cached_property
    def next_step(self) -> StepLine | None:
        upcoming = self.standing.next_step
        if upcoming is None or self.situation is None or not self.situation.is_open:
            return None
        return self.steps[upcoming.number]

    @cached_property
    def verdicts(self) -> Verdicts:
        if self.situation is None or self.membership is None:
            return Verdicts()
        return verdicts_of(self.situation, actor_of(self.membership))

    @property
    def chances(self) -> list[ChanceLine]:
        return [
            ChanceLine(each, self.steps[each.step], self.style) for each in self.verdicts.chances
        ]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return why the reader, who has a seat, may decide nothing now."""
        return () if self.verdicts.chances else self.verdicts.reasons

    @cached_property
    def remarks(self) -> list[ReturnRemark]:
        """Return what the latest return asks to be mended, while the revision is returned."""
        if self.submission is None:
            return []
        return list(
            ReturnRemark.objects.filter(decision__submission=self.submission).select_related(
                "decision"
            )
        )

    @cached_property
    def return_decision(self) -> Decision | None:
        return next((d for d in self._decisions if d.verdict == Verdict.RETURNED), None)

    @cached_property
    def former_return(self) -> Decision | None:
        """Return how the submission before was sent back, once there is another."""
        if self.submission is None:
            return None
        former = Decision.objects.filter(
            submission__revision=self.revision,
            submission__number__lt=self.submission.number,
            verdict=Verdict.RETURNED,
        )
        return former.prefetch_related("remarks").order_by("-submission__number").first()

    @cached_property
    def _decisions(self) -> list[Decision]:
        return list(self.submission.decisions.all()) if self.submission else []

    def _step(self, standing: StepStanding) -> StepLine:
        step = standing.step
        due = date.fromisoformat(step.due_on) if step.due_on else None
        waits = standing.state is RouteStepState.NOW
        return StepLine(
            number=standing.number + 1,
            name=step.name,
            action_label=step.action.label,
            quorum_label=step.quorum.label if len(step.seats) > 1 else "",
            state=standing.state,
            due_on=due,
            is_overdue=bool(due and waits and due < timezone.localdate()),
            meeting_body=step.meeting_body,
            seats=tuple(self._seat(standing, seat) for seat in standing.seats),
        )

    def _seat(self, step: StepStanding, standing: SeatStanding) -> SeatLine:
        seat, situation, action = standing.seat, self.situation, step.step.action
        unable, deputies = "", []
        if situation and step.state in (RouteStepState.NOW, RouteStepState.COMING):
            if seat.holder:
                unable = unable_reason(situation, seat, seat.holder, action)
            deputies = [
                (str(deputy), unable_reason(situation, seat, deputy, action))
                for deputy in seat.deputies
            ]
        decisions = tuple(
            each
            for each in self._decisions
            if (each.step_number, each.seat_number) == (step.number, standing.number)
        )
        again = self._decided_again.get((step.number, standing.number), "")
        return SeatLine(seat.label, decisions, unable, tuple(deputies), again)

    @cached_property
    def _decided_again(self) -> dict[tuple[int, int], str]:
        situation = self.situation
        return decided_again(situation.route, situation.made) if situation else {}

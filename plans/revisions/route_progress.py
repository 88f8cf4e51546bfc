"""Says how far a submission has come on its route, from what was decided so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from plans.revisions.route import Quorum, Route, RouteStep, Seat, StepAction
from plans.revisions.states import RevisionState

RETURNED = "returned"
REVIEWED_AFTER = "reviewed_after"
VERDICT_OF = {
    StepAction.CHECK: "checked",
    StepAction.APPROVE: "approved",
    StepAction.REPORT: "noted",
}


@dataclass(frozen=True)
class RecordedDecision:
    """One decision as plain data; steps and seats count from 0."""

    step: int
    seat: int
    verdict: str
    user_key: int
    person_uid: str
    name: str
    post: str = ""
    on_behalf_of: str = ""

    @property
    def who(self) -> str:
        return f"{self.post} {self.name}".strip()

    @property
    def settles(self) -> bool:
        """Tell whether it fills the seat; what an absent one reads afterwards does not."""
        return self.verdict not in (RETURNED, REVIEWED_AFTER)


class RouteStepState(StrEnum):
    COMING = "coming"
    NOW = "now"
    DONE = "done"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        return {"coming": "これから", "now": "待っています", "done": "済み", "returned": "差戻し"}[
            self.value
        ]


@dataclass(frozen=True)
class SeatStanding:
    """One seat of a step and what was decided from it."""

    number: int
    seat: Seat
    made: RecordedDecision | None = None
    reviewed_after: RecordedDecision | None = None


@dataclass(frozen=True)
class StepStanding:
    """One step, how far it is, and its seats."""

    number: int
    step: RouteStep
    state: RouteStepState
    seats: tuple[SeatStanding, ...]

    @property
    def is_settled(self) -> bool:
        settled = [seat.made is not None and seat.made.settles for seat in self.seats]
        return any(settled) if self.step.quorum is Quorum.ONE else all(settled)

    @property
    def waiting(self) -> tuple[SeatStanding, ...]:
        """Return the seats somebody still has to decide from."""
        if self.state is not RouteStepState.NOW:
            return ()
        return tuple(seat for seat in self.seats if seat.made is None)


@dataclass(frozen=True)
class RouteProgress:
    """All steps of one submission."""

    steps: tuple[StepStanding, ...]

    @property
    def is_returned(self) -> bool:
        return any(step.state is RouteStepState.RETURNED for step in self.steps)

    @property
    def is_decided(self) -> bool:
        """Tell whether everybody who must decide has; reports may still be open."""
        return all(step.state is RouteStepState.DONE for step in self.steps if step.step.blocks)

    @property
    def next_step(self) -> StepStanding | None:
        """Return the step everything waits for."""
        return next(
            (s for s in self.steps if s.step.blocks and s.state is RouteStepState.NOW),
            None,
        )

    @property
    def revision_state(self) -> RevisionState:
        """Return the state that the revision has while it stands here."""
        if self.is_returned:
            return RevisionState.RETURNED
        step = self.next_step
        if step is None:
            return RevisionState.ISSUING
        checking = step.step.action is StepAction.CHECK
        return RevisionState.CHECKING if checking else RevisionState.AWAITING


def standing_of(route: Route, made: Sequence[RecordedDecision]) -> RouteProgress:
    """Return where a submission stands; a step begins when all blocking ones before it are done."""
    steps: list[StepStanding] = []
    reached = True
    for number, step in enumerate(route.steps):
        standing = _step(number, step, made, reached)
        steps.append(standing)
        reached = reached and (standing.state is RouteStepState.DONE or not step.blocks)
    return RouteProgress(tuple(steps))


def decided_again(route: Route, made: Sequence[RecordedDecision]) -> dict[tuple[int, int], str]:
    """Return by (step, seat) which earlier step the same person decided, where others waited too."""
    blocking = [each for each in made if each.settles and route.steps[each.step].blocks]
    found: dict[tuple[int, int], str] = {}
    for each in sorted(blocking, key=lambda one: one.step):
        for before in blocking:
            same = before.user_key == each.user_key or before.person_uid == each.person_uid
            if same and before.step < each.step:
                found.setdefault((each.step, each.seat), route.steps[before.step].name)
    return found


def slot_of(route: Route, step: int, seat: int) -> str:
    """Return what only one decision can fill: the step of which one is enough, else the seat."""
    one = route.steps[step].quorum is Quorum.ONE
    return f"{step}" if one else f"{step}-{seat}"


def after_slot_of(step: int, seat: int) -> str:
    """Return the slot of what the absent one reads afterwards."""
    return f"{step}-{seat}-after"


def _step(
    number: int, step: RouteStep, made: Sequence[RecordedDecision], reached: bool
) -> StepStanding:
    seats = tuple(
        SeatStanding(
            position,
            seat,
            _first(made, number, position, after=False),
            _first(made, number, position, after=True),
        )
        for position, seat in enumerate(step.seats)
    )
    standing = StepStanding(number, step, RouteStepState.COMING, seats)
    if any(each.made and each.made.verdict == RETURNED for each in seats):
        state = RouteStepState.RETURNED
    elif standing.is_settled:
        state = RouteStepState.DONE
    else:
        state = RouteStepState.NOW if reached else RouteStepState.COMING
    return StepStanding(number, step, state, seats)


def _first(
    made: Sequence[RecordedDecision], step: int, seat: int, *, after: bool
) -> RecordedDecision | None:
    return next(
        (
            each
            for each in made
            if (each.step, each.seat) == (step, seat) and (each.verdict == REVIEWED_AFTER) is after
        ),
        None,
    )

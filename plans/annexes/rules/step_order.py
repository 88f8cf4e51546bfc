"""Finds steps of an action plan that stand in the wrong order (様式10, columns 2, 7 and 8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from plans.annexes.choice_lists import PHASE_ORDER


@dataclass(frozen=True)
class StepTiming:
    """What the order of one step depends on; minutes after the event, None when unset."""

    seq: int
    title: str
    phase: str
    start_minutes: int | None = None
    finish_minutes: int | None = None
    parallel: bool = False


StepPair = tuple[StepTiming, StepTiming]


def finishes_before_it_starts(step: StepTiming) -> bool:
    """Tell whether both times are set and the finish comes first; equal times are in order."""
    if step.start_minutes is None or step.finish_minutes is None:
        return False
    return step.finish_minutes < step.start_minutes


def phases_out_of_order(steps: Sequence[StepTiming]) -> list[StepPair]:
    """Return neighbours, by number, whose phase goes back (初動 ≤ 代替 ≤ 復旧)."""
    known = [step for step in _by_number(steps) if step.phase in PHASE_ORDER]
    return [
        (first, second)
        for first, second in pairwise(known)
        if PHASE_ORDER.index(second.phase) < PHASE_ORDER.index(first.phase)
    ]


def starts_out_of_order(steps: Sequence[StepTiming]) -> list[StepPair]:
    """Return neighbours, by number, of which the second starts first.

    Steps done in parallel, and steps without a start, are passed over.
    """
    timed = [
        step for step in _by_number(steps) if not step.parallel and step.start_minutes is not None
    ]
    return [
        (first, second)
        for first, second in pairwise(timed)
        if (second.start_minutes or 0) < (first.start_minutes or 0)
    ]


def _by_number(steps: Sequence[StepTiming]) -> list[StepTiming]:
    return sorted(steps, key=lambda step: step.seq)

"""Says whether people and steps that the program brings with it stand in a sound order."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from plans.annexes.models.actions import ActionStep
from plans.annexes.rules.command_chain import loop_through

_PHASES = ("initial", "substitute", "recovery")


def is_one_chain(reports_to: Mapping[int, int | None]) -> bool:
    """Tell whether every role leads up to one and the same head."""
    heads = [role for role, superior in reports_to.items() if superior is None]
    outside = {superior for superior in reports_to.values() if superior} - set(reports_to)
    circles = [role for role in reports_to if loop_through(reports_to, role)]
    return len(heads) == 1 and not outside and not circles


def in_order(steps: Iterable[ActionStep]) -> bool:
    """Tell whether no phase goes back, and no step that waits for another starts before it."""
    phases = [_PHASES.index(step.phase) for step in steps]
    starts = [
        step.start_at_minutes
        for step in steps
        if not step.parallel and step.start_at_minutes is not None
    ]
    return all(first <= second for each in (phases, starts) for first, second in pairwise(each))

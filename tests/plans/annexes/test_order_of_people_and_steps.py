"""The line of command that a role stands in, and a step that must not finish before it starts."""

import pytest

from plans.annexes.declared.actions import finish_after_start
from plans.annexes.models.actions import ActionStep
from plans.annexes.rules.command_chain import loop_through


def test_the_circle_is_named_from_the_role_in_question() -> None:
    structure = {"班長": "班員", "班員": "係員", "係員": "班長", "責任者": None}

    assert loop_through(structure, "班員") == ("班員", "係員", "班長", "班員")
    assert loop_through(structure, "責任者") == ()


@pytest.mark.parametrize(
    ("start", "finish", "wrong"),
    [(60, 59, True), (60, 60, False), (0, 1, False), (None, 5, False), (5, None, False)],
)
def test_a_step_must_not_finish_before_it_starts(
    start: int | None, finish: int | None, wrong: bool
) -> None:
    step = ActionStep(seq=1, title="手順1", start_at_minutes=start, finish_by_minutes=finish)

    assert bool(list(finish_after_start(step))) is wrong

"""Deputies without gaps, a line of command with one head, steps in the order of time."""

import pytest

from plans.annexes.rules.command_chain import heads, is_one_chain, loop_through
from plans.annexes.rules.deputy_order import missing_ranks, repeated_ranks
from plans.annexes.rules.step_order import (
    StepTiming,
    finishes_before_it_starts,
    phases_out_of_order,
    starts_out_of_order,
)


@pytest.mark.parametrize(
    ("ranks", "missing"),
    [([], []), ([1], []), ([1, 2, 3], []), ([3, 1, 2], []), ([2], [1]), ([1, 4], [2, 3])],
)
def test_ranks_below_the_highest_that_nobody_holds(ranks: list[int], missing: list[int]) -> None:
    assert missing_ranks(ranks) == missing


def test_ranks_held_twice() -> None:
    assert repeated_ranks([1, 2, 3]) == []
    assert repeated_ranks([2, 1, 2, 1, 3]) == [1, 2]


def test_a_sound_structure_has_one_head_to_whom_everybody_leads() -> None:
    structure = {"責任者": None, "班長": "責任者", "班員": "班長"}

    assert heads(structure) == ["責任者"]
    assert is_one_chain(structure)


@pytest.mark.parametrize(
    "structure",
    [
        {"責任者": None, "班長": None},
        {"班長": "班員", "班員": "班長"},
        {"責任者": None, "班長": "班員", "班員": "班長"},
        {"責任者": None, "班長": "別の体制の役割"},
        {},
    ],
    ids=["two heads", "no head", "a circle apart", "leads outside", "empty"],
)
def test_a_broken_line_of_command_is_recognised(structure: dict[str, str | None]) -> None:
    assert not is_one_chain(structure)


def test_the_circle_is_named_from_the_role_in_question() -> None:
    structure = {"班長": "班員", "班員": "係員", "係員": "班長", "責任者": None}

    assert loop_through(structure, "班員") == ("班員", "係員", "班長", "班員")
    assert loop_through(structure, "責任者") == ()


def step(seq: int, phase: str = "initial", **timing: int | bool | None) -> StepTiming:
    return StepTiming(seq, f"手順{seq}", phase, **timing)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "finish", "wrong"),
    [(60, 59, True), (60, 60, False), (0, 1, False), (None, 5, False), (5, None, False)],
)
def test_a_step_must_not_finish_before_it_starts(
    start: int | None, finish: int | None, wrong: bool
) -> None:
    assert finishes_before_it_starts(step(1, start_minutes=start, finish_minutes=finish)) is wrong


def test_phases_may_repeat_but_not_go_back() -> None:
    steps = [step(1), step(2), step(3, "substitute"), step(4, "recovery"), step(5, "substitute")]

    assert [(a.seq, b.seq) for a, b in phases_out_of_order(steps)] == [(4, 5)]
    assert phases_out_of_order(steps[:4]) == []


def test_a_step_starts_no_earlier_than_the_one_before_it() -> None:
    steps = [
        step(3, start_minutes=30),
        step(1, start_minutes=0),
        step(2, start_minutes=60),
        step(4, start_minutes=30),
    ]

    assert [(a.seq, b.seq) for a, b in starts_out_of_order(steps)] == [(2, 3)]


def test_parallel_steps_and_steps_without_a_time_are_passed_over() -> None:
    steps = [
        step(1, start_minutes=60),
        step(2, start_minutes=0, parallel=True),
        step(3),
        step(4, start_minutes=59),
    ]

    assert [(a.seq, b.seq) for a, b in starts_out_of_order(steps)] == [(1, 4)]

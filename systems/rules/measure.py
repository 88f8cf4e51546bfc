"""What saving a row of 様式6 must respect."""

from collections.abc import Iterator

from django.utils import timezone

from bcp_portal.annex.spec import Problem
from systems.arithmetic.levels import highest_level, target_level
from systems.arithmetic.recovery import highest_priority
from systems.models import Measure, OpenProblem
from systems.queries.target_levels import typed_levels
from systems.queries.targets import priorities_by_system
from systems.rules.row import date_text, label_of, linked


def levels_in_range(row: Measure | OpenProblem) -> Iterator[Problem]:
    """A level lies between 0 and 4, for 委託先 between 0 and 3."""
    highest = highest_level(getattr(row, "component", ""))
    for name in ("level_now", "level_after"):
        level = getattr(row, name, None)
        if level is not None and level > highest:
            yield Problem(
                name,
                f"「{label_of(row, name)}」は0～{highest}で入力してください（入力値：{level}）。",
            )


def level_rises(row: Measure) -> Iterator[Problem]:
    """A measure that raises no level is none."""
    if row.level_now is None or row.level_after is None or row.level_after > row.level_now:
        return
    yield Problem(
        "level_after",
        f"「対策後のレベル」（{row.level_after}）は、"
        f"「現状レベル」（{row.level_now}）より大きい値にしてください。",
    )


def falls_short_of_target(row: Measure) -> bool:
    """Tell whether the level after the measure stays below the target level."""
    if row.level_after is None or not row.component:
        return False
    priorities = priorities_by_system({system.pk for system in linked(row, "systems")})
    priority = highest_priority(priorities.values())
    target = target_level(row.component, priority, typed=typed_levels())
    return target is not None and row.level_after < target


def decided_in_future(row: OpenProblem) -> Iterator[Problem]:
    """The time limit must not have passed when the problem is entered."""
    if row.pk is None and row.decide_by and row.decide_by < timezone.localdate():
        day = date_text(row, row.decide_by)
        yield Problem(
            "decide_by",
            f"「決定期限」（{day}）が過ぎています。今日以後の日付を入力してください。",
        )

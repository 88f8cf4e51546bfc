"""The target levels a municipality has set itself, and the one that counts for an assessment."""

from collections.abc import Iterable

from bcp_portal.annex.counted_rows import counted_statuses
from systems.arithmetic.levels import TypedLevels, target_level
from systems.models import ComponentAssessment, TargetLevel
from systems.queries.targets import priorities_by_system


def typed_levels() -> TypedLevels:
    """Return the municipality's own levels by event, component and priority, in one query."""
    rows = TargetLevel.objects.filter(row_status__in=counted_statuses())
    return {
        (row.event, row.component, priority): row.level
        for row in rows
        for priority in row.priorities
    }


def target_levels(rows: Iterable[ComponentAssessment]) -> dict[int, int | None]:
    """Return the target level of each assessment by primary key, in two queries.

    A level somebody set on the row counts; else the municipality's ladder; else the printed one.
    """
    found = list(rows)
    priorities = priorities_by_system({row.system_id for row in found})
    typed = typed_levels()
    return {row.pk: _target(row, priorities.get(row.system_id, ""), typed) for row in found}


def _target(row: ComponentAssessment, priority: str, typed: TypedLevels) -> int | None:
    if row.level_override is not None:
        return row.level_override
    return target_level(row.component, priority, row.event, typed)

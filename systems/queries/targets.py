"""Which target and which priority each system has (様式17, 表5.3-3)."""

from collections.abc import Collection

from systems.arithmetic.recovery import priority_of
from systems.models import RecoveryTarget
from systems.models.recovery_targets import WITH_ALT_SITE
from systems.queries.links import in_use


def targets_by_system(systems: Collection[int] | None = None) -> dict[int, RecoveryTarget]:
    """Return one target a system in use, by the system's primary key, in one query.

    Where a system has a target for each premise, the one with an alternate site counts.
    """
    rows = in_use(RecoveryTarget).select_related("system")
    if systems is not None:
        rows = rows.filter(system_id__in=systems)
    found: dict[int, RecoveryTarget] = {}
    for row in rows:
        if row.system_id not in found or row.premise == WITH_ALT_SITE:
            found[row.system_id] = row
    return found


def effective_priority(target: RecoveryTarget) -> str:
    """Return the priority that counts: the one people set, else the one of the RTO."""
    return target.priority_override or priority_of(target.rto_minutes)


def shown_priority(target: RecoveryTarget) -> str:
    """Return the priority to show; one that people set keeps the derived letter visible."""
    derived = priority_of(target.rto_minutes)
    chosen = effective_priority(target)
    return chosen if chosen == derived else f"{chosen}（算定は{derived}）"


def priorities_by_system(systems: Collection[int]) -> dict[int, str]:
    """Return the priority of each system that has a target, in one query."""
    found = targets_by_system(systems)
    return {system: effective_priority(target) for system, target in found.items()}

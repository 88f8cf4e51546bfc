"""Looks up what the results of systems after an event are compared with, for all rows at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.kinds import CellValue
from bcp_portal.ui.durations import Duration, Unit
from plans.annexes.models.event_reports import PostEventSystem
from plans.annexes.rules.recovery_gaps import PremiseTarget, gap_text, target_for
from systems.choice_lists import RLO
from systems.models import RecoveryTarget
from systems.queries.links import labels_of
from systems.rules.recovery_levels import level_text

Rows = Sequence[PostEventSystem]


def target_texts(rows: Rows) -> Mapping[int, CellValue]:
    """Return time and level each system was to reach, as 様式17 says (2 queries)."""
    found = _targets(rows)
    return {
        row.pk: f"{target.rto}\n{target.level}".strip() if target else ""
        for row in rows
        for target in [target_for(found[row.system_id], row.premise)]
    }


def gap_texts(rows: Rows) -> Mapping[int, CellValue]:
    """Return by how much each system missed its target time (2 queries)."""
    found = _targets(rows)
    return {
        row.pk: gap_text(
            row.actual_rto_minutes,
            row.actual_rto_unit,
            target_for(found[row.system_id], row.premise),
        )
        for row in rows
    }


def _targets(rows: Rows) -> Mapping[int, dict[str, PremiseTarget]]:
    labels = labels_of(RLO)
    found: defaultdict[int, dict[str, PremiseTarget]] = defaultdict(dict)
    systems = {row.system_id for row in rows}
    for target in RecoveryTarget.objects.filter(
        row_status__in=counted_statuses(), system_id__in=systems
    ):
        rto = Duration(target.rto_minutes, Unit(target.rto_unit or Unit.MINUTE))
        found[target.system_id][target.premise] = PremiseTarget(
            rto, level_text(target, "rlo", labels)
        )
    return found

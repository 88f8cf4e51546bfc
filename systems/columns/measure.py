"""Computes the columns of 様式6 that nobody types, for all rows of a page at once."""

from collections.abc import Mapping, Sequence

from django.db.models import Sum

from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.kinds import CellValue
from bcp_portal.annex.kinds.reference import reference
from bcp_portal.annex.registry import spec_of_model
from systems.arithmetic.levels import target_level
from systems.arithmetic.recovery import highest_priority
from systems.models import Measure, MeasureYear, OpenProblem
from systems.queries.links import linked_pks
from systems.queries.target_levels import typed_levels
from systems.queries.targets import priorities_by_system


def level_targets(rows: Sequence[Measure]) -> Mapping[int, CellValue]:
    """Return the target level of each measure's component for the most urgent of its systems.

    Three queries. Blank until a component and a system with a target are named.
    """
    systems = linked_pks(rows, "systems")
    priorities = priorities_by_system({pk for pks in systems.values() for pk in pks})
    typed = typed_levels()
    return {
        row.pk: target_level(
            row.component,
            highest_priority(priorities.get(pk, "") for pk in systems.get(row.pk, ())),
            typed=typed,
        )
        for row in rows
    }


def year_totals(rows: Sequence[Measure]) -> Mapping[int, CellValue]:
    """Return the budgets of each measure's years added up (1 query); blank without any."""
    lines = MeasureYear.objects.filter(measure__in=rows).filter(row_status__in=counted_statuses())
    sums = lines.values_list("measure").annotate(total=Sum("budget_thousand_yen")).order_by()
    return dict(sums)


def origins(rows: Sequence[Measure]) -> Mapping[int, CellValue]:
    """Return the rows of other tables that name each measure: where the weakness was found.

    At most two queries a table that can name a measure, however many rows there are.
    """
    found: dict[int, list[CellValue]] = {row.pk: [] for row in rows}
    for relation in Measure._meta.related_objects:
        source = spec_of_model(relation.related_model)
        if source is None or source.parent == relation.field.name:
            continue  # The years of a measure are part of it.
        column = relation.field.name
        naming = source.model.objects.filter(row_status__in=counted_statuses())
        links = naming.filter(**{f"{column}__in": rows}).order_by("row_no", "pk")
        pairs = links.values_list("pk", column)
        named = source.model.objects.in_bulk([pk for pk, _ in pairs])
        for pk, measure in pairs:
            if measure in found:
                found[measure].append(reference(named[pk]))
    return found


def decisions(rows: Sequence[OpenProblem]) -> Mapping[int, CellValue]:
    """Tell for each problem whether a measure has been decided; it is closed then (no query)."""
    return {row.pk: "検討中" if row.moved_to_id is None else "決定済み" for row in rows}

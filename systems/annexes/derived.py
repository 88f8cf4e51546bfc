"""Declares the views of this room, which the chapters of a plan may name like any other table."""

from systems.derived_tables import (
    alternate_site_tables,
    breakdown_by_time,
    business_matrix,
    components,
    measure_steps,
    needs_by_class,
    priority_selection,
    ranked_businesses,
    recovery_grounds,
    scenario_tables,
    system_lists,
)

TABLES = (
    *system_lists.TABLES,
    *business_matrix.TABLES,
    *needs_by_class.TABLES,
    *breakdown_by_time.TABLES,
    *ranked_businesses.TABLES,
    *priority_selection.TABLES,
    *recovery_grounds.TABLES,
    *components.TABLES,
    *measure_steps.TABLES,
    *scenario_tables.TABLES,
    *alternate_site_tables.TABLES,
)

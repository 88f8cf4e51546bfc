"""Declares the views of this room, which the chapters of a plan may name like any other table."""

from systems.derived_tables import (
    breakdown_by_time,
    business_matrix,
    needs_by_class,
    priority_selection,
    ranked_businesses,
    system_lists,
)

TABLES = (
    *system_lists.TABLES,
    *business_matrix.TABLES,
    *needs_by_class.TABLES,
    *breakdown_by_time.TABLES,
    *ranked_businesses.TABLES,
    *priority_selection.TABLES,
)

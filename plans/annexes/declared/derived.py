"""Declares the views of this room: tables that chapters print and nobody types."""

from plans.annexes.derived import (
    by_event,
    contact_tables,
    damage_by_event,
    deputy_table,
    document_lists,
    glossary_groups,
    manual_list,
    muster_tables,
    policy_tables,
    response_steps,
    review_calendar,
    role_tables,
)

TABLES = (
    *by_event.TABLES,
    *contact_tables.TABLES,
    *damage_by_event.TABLES,
    *deputy_table.TABLES,
    *document_lists.TABLES,
    *glossary_groups.TABLES,
    *manual_list.TABLES,
    *muster_tables.TABLES,
    *policy_tables.TABLES,
    *response_steps.TABLES,
    *review_calendar.TABLES,
    *role_tables.TABLES,
)

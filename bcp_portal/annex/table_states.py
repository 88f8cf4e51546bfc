"""Asks in one query what every row of every table is now, so that what was made of them need not be made again.

A row is never written without a higher version, and a number of a row is never given twice. So
while keys, versions and places of the rows of a table are the same, its rows are.
"""

import functools
from collections.abc import Mapping

from django.db import connection

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry

State = tuple[tuple[int, int, int], ...]
"""Key, version and place of every row of a table."""


def table_states(municipality: Municipality) -> Mapping[str, State]:
    """Return the state of every table of a municipality by its code."""
    asked = _question(len(registry.specs()))
    with connection.cursor() as cursor:
        cursor.execute(asked, [municipality.pk] * asked.count("%s"))
        found = cursor.fetchall()
    rows: dict[str, list[tuple[int, int, int]]] = {spec.code: [] for spec in registry.specs()}
    for code, *state in found:
        rows[code].append(tuple(state))
    return {code: tuple(sorted(states)) for code, states in rows.items()}


@functools.lru_cache(maxsize=1)
def _question(how_many: int) -> str:
    """Return the query, written once: Django would need a hundred times as long to write as to ask it."""
    quote = connection.ops.quote_name
    return " UNION ALL ".join(
        f"SELECT '{spec.code}', id, version, row_no FROM {quote(spec.model._meta.db_table)} "  # noqa: S608 - names of our own tables
        "WHERE municipality_id = %s"
        for spec in registry.specs()
    )

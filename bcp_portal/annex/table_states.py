"""Asks in one query what every row of every table is now, so that what was made of them need not be made again.

A row is never written without a higher version, and a number of a row is never given twice. So
while version and place of a row are the same, the row is.
"""

import functools
from collections.abc import Mapping

from django.db import connection

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry

States = Mapping[int, tuple[int, int]]
"""Version and place of every row of a table, by its key."""


def table_states(municipality: Municipality) -> Mapping[str, States]:
    """Return the states of the rows of every table of a municipality, by the code of the table."""
    asked = _question(len(registry.specs()))
    with connection.cursor() as cursor:
        cursor.execute(asked, [municipality.pk] * asked.count("%s"))
        found = cursor.fetchall()
    states: dict[str, dict[int, tuple[int, int]]] = {spec.code: {} for spec in registry.specs()}
    for code, key, version, place in found:
        states[code][key] = version, place
    return states


@functools.lru_cache(maxsize=1)
def _question(how_many: int) -> str:
    """Return the query, written once: Django would need a hundred times as long to write as to ask it."""
    quote = connection.ops.quote_name
    return " UNION ALL ".join(
        f"SELECT '{spec.code}', id, version, row_no FROM {quote(spec.model._meta.db_table)} "  # noqa: S608 - names of our own tables
        "WHERE municipality_id = %s"
        for spec in registry.specs()
    )

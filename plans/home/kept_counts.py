"""Keeps what was counted of each table by the rows it was counted from, so that a write costs one table.

A row is never written without a higher version, numbers of rows are never given twice, and what a
row names in a list lies in a table of links of its own. So while number, highest key and sum of
versions of a table's rows are the same, and number and highest key of its links, its rows are.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import ManyToManyField
from django.forms.models import model_to_dict

from bcp_portal import VERSION
from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Presentation
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.audit.queries import is_link, last_link
from plans.home.progress import AnnexProgress, TableProgress

_KEPT_SECONDS = 60 * 60 * 24
State = tuple[str, int, int, int]
"""What was counted, how many there are, their highest key, and the sum of their versions."""


class KeptCounts:
    """The progress of the tables of one municipality, of which only what has changed is counted.

    The state of the tables is asked for before any row is read, so what is saved between the two is
    counted again by the next visit. What was kept beside another log, which a restored database
    has, is not believed.
    """

    def __init__(self, presentation: Presentation) -> None:
        self._link = last_link()
        self._states = _states(presentation.municipality)
        settings = sha256(repr(_settings(presentation)).encode()).hexdigest()
        self._key = f"table-progress:{VERSION}:{presentation.municipality.pk}:{settings}"
        link, kept = cache.get(self._key, ((0, ""), {}))
        self._kept: dict[str, tuple[list[State], TableProgress]] = kept if is_link(*link) else {}

    @property
    def known(self) -> dict[str, TableProgress]:
        """Return by their codes the tables that are what they were when they were counted."""
        return {
            code: progress
            for code, (state, progress) in self._kept.items()
            if self._states.get(code) == state
        }

    def keep(self, annexes: Iterable[AnnexProgress]) -> None:
        """Keep for a day what was counted of these, and what is known of others."""
        found = {
            table.code: (self._states[table.code], table)
            for annex in annexes
            for table in annex.tables
        }
        cache.set(self._key, (self._link, self._kept | found), _KEPT_SECONDS)


def _states(municipality: Municipality) -> Mapping[str, list[State]]:
    """Return the state of every printed table of a municipality, in one query."""
    asked = _question()
    with connection.cursor() as cursor:
        cursor.execute(asked, [municipality.pk] * asked.count("%s"))
        found = cursor.fetchall()
    states: dict[str, list[State]] = {}
    for what, number, highest, versions in sorted(found):
        states.setdefault(what.partition(" ")[0], []).append((what, number, highest, int(versions)))
    return states


@functools.cache
def _question() -> str:
    """Return the query, written once: Django would need a hundred times as long to write as to ask it."""
    parts = (part for spec in registry.specs() if spec.printed for part in _parts(spec))
    return " UNION ALL ".join(parts)


def _parts(spec: AnnexSpec) -> Iterator[str]:
    quote = connection.ops.quote_name
    rows = f"{quote(spec.model._meta.db_table)} t WHERE t.municipality_id = %s"
    yield _part(spec.code, "t.id", "SUM(t.version)", rows)
    for field in spec.model._meta.many_to_many:
        if isinstance(field, ManyToManyField):
            links = f"{quote(field.m2m_db_table())} l"
            owner = quote(field.m2m_column_name())
            joined = f"{links} JOIN {rows.replace(' WHERE', f' ON t.id = l.{owner} WHERE')}"
            yield _part(f"{spec.code} {field.name}", "l.id", "0", joined)


def _part(what: str, key: str, versions: str, rows: str) -> str:
    return (
        f"SELECT '{what}', COUNT(*), COALESCE(MAX({key}), 0), COALESCE({versions}, 0) FROM {rows}"  # noqa: S608 - names of our own tables
    )


def _settings(presentation: Presentation) -> list[Any]:
    """Return what settles titles, labels and hidden columns, which the counts name."""
    kept = (presentation.annexes, presentation.columns)
    return [(key, model_to_dict(each)) for each_of in kept for key, each in sorted(each_of.items())]

"""Leaves the length of texts to the program, which counts letters as people read them.

PostgreSQL counts code points: 100 letters of the kind 葛󠄀 (with a selector) are 200, and a column of
100 would refuse what the form allowed. SQLite knows no such limit either.
"""

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own backend, whose short texts are `varchar` without a number."""

    data_types = {
        **base.DatabaseWrapper.data_types,
        "CharField": "varchar",
    }

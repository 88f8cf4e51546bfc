"""Lets a long reading see the database as it was at one moment, without holding up who writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Open a transaction whose readings all show the same moment.

    Inside another transaction nothing can be changed any more; that one then counts.
    """
    if connection.in_atomic_block:
        yield
        return
    with _reading_mode(connection), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@contextmanager
def _reading_mode(database: Any) -> Iterator[None]:
    """Have SQLite begin without the lock of a writer, which our settings ask for."""
    mode = getattr(database, "transaction_mode", None)
    if database.vendor == "sqlite":
        database.transaction_mode = "DEFERRED"
    try:
        yield
    finally:
        if database.vendor == "sqlite":
            database.transaction_mode = mode

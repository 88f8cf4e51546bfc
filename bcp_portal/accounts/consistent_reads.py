"""Lets a long reading see the database as it was at one moment, without holding up who writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def one_moment(*, temporary_tables: bool = False) -> Iterator[None]:
    """Open a transaction whose readings all show the same moment; what it writes is taken back.

    PostgreSQL lets nobody write in it at all, unless `temporary_tables` are made. Inside another
    transaction nothing can be changed any more; that one then counts.
    """
    if connection.in_atomic_block:
        yield
        return
    with reading_mode(connection), transaction.atomic():
        if connection.vendor == "postgresql":
            only = "" if temporary_tables else " READ ONLY"
            with connection.cursor() as cursor:
                cursor.execute(f"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ{only}")
        try:
            yield
        finally:
            transaction.set_rollback(True)


@contextmanager
def reading_mode(database: Any) -> Iterator[None]:
    """Have SQLite begin without the lock of a writer, which our settings ask for."""
    database.ensure_connection()  # which takes the mode of our settings
    mode = getattr(database, "transaction_mode", None)
    if database.vendor == "sqlite":
        database.transaction_mode = "DEFERRED"
    try:
        yield
    finally:
        if database.vendor == "sqlite":
            database.transaction_mode = mode

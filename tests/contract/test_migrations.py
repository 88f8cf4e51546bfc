"""An installation that was migrated has the tables of which the models speak.

The other tests stand on tables made from the models, which takes a second and not half a minute;
this one makes them as an operator does, on whichever engine the tests run on.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model
from pytest_django import Settings

from scripts.processes import BASE_DIR, MIGRATE, in_virtual_environment

NAME = "bcp_migrated"
# Django numbers the rows of a table between two others with 4 bytes when it migrates and with 8
# when it makes tables from models; 2,000 million rows of drill participants will do.
TABLES_BETWEEN = {
    model._meta.db_table
    for model in apps.get_models(include_auto_created=True)
    if model._meta.auto_created
}


@contextmanager
def a_database(folder: Path) -> Iterator[tuple[dict[str, str], BaseDatabaseWrapper]]:
    """Yield an empty database: the variables that name it, and a connection to it."""
    beside = connection.copy()
    beside.settings_dict = dict(connection.settings_dict)
    if connection.vendor == "sqlite":
        beside.settings_dict["NAME"] = str(folder / "bcp_portal.sqlite3")
        yield {"BCP_DATA_DIR": str(folder)}, beside
        beside.close()
        return
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {NAME}")
    try:
        beside.settings_dict["NAME"] = NAME
        yield {"BCP_DATA_DIR": str(folder), "BCP_POSTGRES_DB": NAME}, beside
    finally:
        beside.close()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {NAME}")


def parts_of(database: BaseDatabaseWrapper) -> set[str]:
    """Return a line for each column and rule of every table, without the names made from hashes."""
    lines = set()
    with database.cursor() as cursor:
        read = database.introspection
        for table in sorted(set(read.table_names(cursor)) - {"django_migrations"}):
            for column in read.get_table_description(cursor, table):
                if column.name == "id" and table in TABLES_BETWEEN:
                    continue
                kind = read.get_field_type(column.type_code, column)
                empty = "may be empty" if column.null_ok else "always filled"
                lines.add(f"{table}.{column.name}: {kind} {column.internal_size} {empty}")
            for rule in read.get_constraints(cursor, table).values():
                words = [word for word in ("primary_key", "unique", "check", "index") if rule[word]]
                lines.add(f"{table} {rule['columns']}: {words} {rule['foreign_key']}")
    return lines


@pytest.mark.django_db(transaction=True)
def test_migrated_tables_are_those_of_the_models(tmp_path: Path) -> None:
    with a_database(tmp_path) as (variables, migrated):
        subprocess.run(
            in_virtual_environment(MIGRATE),
            cwd=BASE_DIR,
            env={**os.environ, **variables},
            check=True,
            capture_output=True,
        )
        made, expected = parts_of(migrated), parts_of(connection)
        assert len(expected) > 1000
        assert {"missing": expected - made, "left": made - expected} == {
            "missing": set(),
            "left": set(),
        }


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_a_field_that_is_made_again_is_the_same(model: type[Model]) -> None:
    """Migrations, and SQLite's remaking of tables, know a field by what it says of itself."""
    for one in model._meta.local_fields:
        again = one.clone()
        for quality in ("null", "blank", "editable", "unique", "max_length", "default"):
            assert getattr(again, quality) == getattr(one, quality), f"{one}: {quality}"


def test_the_squashed_migrations_make_what_their_steps_made(settings: Settings) -> None:
    """A new portal takes the squashed ones; one of an earlier release goes on through the steps."""
    settings.MIGRATION_MODULES = {}  # the tests themselves run without migrations
    loader = MigrationLoader(None, replace_migrations=False)
    squashed = {key: made for key, made in loader.disk_migrations.items() if made.replaces}
    assert {app for app, _ in squashed} >= {"plans", "systems", "accounts"}
    for key, made in squashed.items():
        for older in made.replaces:
            assert older in loader.disk_migrations, f"{key} replaces {older}, which is gone"
    steps = [made.replaces[-1] for made in squashed.values()]
    at_once, one_by_one = (loader.project_state(list(nodes)) for nodes in (squashed, steps))
    changes = MigrationAutodetector(one_by_one, at_once).changes(loader.graph)
    assert not changes, {app: [made.operations for made in of] for app, of in changes.items()}

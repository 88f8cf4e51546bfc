"""What a backup says about its own content, so that a restore can be compared with it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder
from django_scopes import scopes_disabled

from bcp_portal import env
from bcp_portal.audit.models import ChainHead

_UNFINISHED = ".part"
_FILE = "_FILE"


def row_counts() -> dict[str, int]:
    """Return how many rows each table of the database has, those of the libraries too."""
    counts = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            counts[table] = int(cursor.fetchone()[0])
    return counts


def log_ends() -> dict[str, str]:
    """Return the last 「番号:値」 of each municipality's operation log, by code."""
    with scopes_disabled():
        heads = ChainHead.objects.order_by("municipality__code")
        found = heads.values_list("municipality__code", "sequence", "digest")
        return {code: f"{sequence}:{digest}" for code, sequence, digest in found}


def applied_migrations() -> list[str]:
    """Return the migrations the database has taken, as app.name."""
    return sorted(
        f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
    )


def named_files() -> set[Path]:
    """Return the places of all files that a row names, as the database stands."""
    found: set[Path] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField) and isinstance(field.storage, FileSystemStorage):
                rows: models.QuerySet[Any] = models.QuerySet(model).order_by()
                names = rows.values_list(field.name, flat=True)
                found |= {Path(field.storage.path(name)) for name in names.iterator() if name}
    return found


def stored_files() -> Iterator[Path]:
    """Yield every file of the store; one may have been removed before it is opened."""
    for folder, below, names in os.walk(settings.MEDIA_ROOT):
        below.sort()
        for name in sorted(names):
            path = Path(folder) / name
            if path.is_file() and not path.is_symlink() and path.suffix != _UNFINISHED:
                yield path


def environment_settings() -> dict[str, Any]:
    """Return every BCP_* setting with its value, whether it was given itself or as a file."""
    given = {name.removesuffix(_FILE) for name in os.environ if name.startswith("BCP_")}
    values = {name: env.text(name) for name in sorted(given)}
    # The one that was made in the data folder is in no variable.
    return {**values, "BCP_SECRET_KEY": settings.SECRET_KEY}

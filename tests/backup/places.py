"""A bare place to restore into, on the engine of the tests, and our commands run there."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from django.db import connection

from scripts.processes import BASE_DIR

PASSPHRASE = "correct horse battery staple"
_numbers = count(1)


@dataclass(frozen=True)
class Place:
    """An installation of its own; `variables` say where its database and folder are."""

    folder: Path
    variables: dict[str, str]

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run one of our commands there, as an operator would."""
        ours = {n: v for n, v in os.environ.items() if not n.startswith(("DJANGO_", "PYTEST_"))}
        for name in ("BCP_SECRET_KEY", "BCP_SECRET_KEY_FILE"):
            ours.pop(name, None)
        return subprocess.run(
            [sys.executable, "-m", "tests.backup.driving", *map(str, arguments)],
            cwd=BASE_DIR,
            env={**ours, **self.variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            start_new_session=True,  # without a terminal
        )

    def restore(
        self, backup: Path, passphrase: str = PASSPHRASE
    ) -> subprocess.CompletedProcess[str]:
        return self.run(
            "restore", backup, "--passphrase-file", passphrase_file(self.folder, passphrase)
        )


def passphrase_file(folder: Path, passphrase: str = PASSPHRASE) -> Path:
    path = folder.with_name(f"{folder.name}.passphrase")
    path.write_text(f"{passphrase}\n", encoding="utf-8")
    return path


@contextmanager
def a_bare_place(folder: Path) -> Iterator[Place]:
    """Yield a place with an empty database and an empty folder."""
    folder.mkdir()
    variables = {"BCP_DATA_DIR": str(folder)}
    if connection.vendor == "sqlite":
        yield Place(folder, variables)
        return
    name = f"bare_{os.getpid()}_{next(_numbers)}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield Place(folder, {**variables, "BCP_POSTGRES_DB": name})
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")

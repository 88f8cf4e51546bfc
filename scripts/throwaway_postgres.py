"""Runs a command on a PostgreSQL of its own, which is made for it and removed after it.

    python -m scripts.throwaway_postgres pytest tests/systems

The server listens on a Unix socket in a private folder only, so it disturbs no other server.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

USER = "bcp"
DATABASE = "bcp"
# As docker-compose.yml makes it: Japanese order, and no difference between machines.
INITDB_OPTIONS = ["-E", "UTF8", "--locale-provider=icu", "--icu-locale=ja-JP", "--locale=C.UTF-8"]
QUICK_AND_TRUSTING = ["-A", "trust", "-N", "-U", USER]


class PostgresMissing(Exception):
    """This machine has no PostgreSQL server programs."""


@contextmanager
def throwaway_postgres() -> Iterator[dict[str, str]]:
    """Yield the BCP_POSTGRES_* variables of a fresh server; raise PostgresMissing without one."""
    programs = server_programs()
    folder = Path(tempfile.mkdtemp(prefix="bcp-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    try:
        _run([programs / "initdb", *QUICK_AND_TRUSTING, *INITDB_OPTIONS, "-D", data], folder)
        options = f"-k {folder} -h '' -F -c max_connections=60"
        log = folder / "log"
        _run([programs / "pg_ctl", "-w", "-D", data, "-l", log, "-o", options, "start"], folder)
        _run([programs / "createdb", "-h", folder, "-U", USER, DATABASE], folder)
        yield {
            "BCP_POSTGRES_DB": DATABASE,
            "BCP_POSTGRES_USER": USER,
            "BCP_POSTGRES_HOST": str(folder),
        }
    finally:
        if (data / "postmaster.pid").exists():
            _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], folder)
        shutil.rmtree(folder)


def server_programs() -> Path:
    """Return the folder of initdb: Debian keeps it off the PATH, one folder a version."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: float(path.parent.parent.name),
    )
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    if on_path:
        return Path(on_path).parent
    raise PostgresMissing("PostgreSQL is not installed: apt-get install postgresql")


def _run(command: Sequence[str | Path], folder: Path) -> None:
    """Run as user postgres where we are root, because the server refuses to run as root."""
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    words = [*as_postgres, *map(str, command)]
    result = subprocess.run(
        words, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise RuntimeError(f"{' '.join(words)}\n{result.stdout}{result.stderr}")


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is removed
    with throwaway_postgres() as variables:
        return subprocess.run(sys.argv[1:], env={**os.environ, **variables}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

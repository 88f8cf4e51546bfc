"""Starts the same processes with the same settings as docker-compose.yml, without containers.

    python -m scripts.serve_like_production --port 8100

PostgreSQL, migrations, static files, gunicorn and worker; secrets come from files. Everything
lives in a temporary folder and is gone after Ctrl-C. It is how the production set-up is tested
where no container engine runs. The site believes it is behind an HTTPS proxy: requests need
`Host: bcp.example.lg.jp` and `X-Forwarded-Proto: https`.
"""

import argparse
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from scripts.processes import (
    BASE_DIR,
    MIGRATE,
    WEB,
    WORKER,
    Address,
    Services,
    in_virtual_environment,
    run_until,
    stop_request,
    wait_until_healthy,
)
from scripts.throwaway_postgres import throwaway_postgres

HOST_NAME = "bcp.example.lg.jp"
PROXY_HEADERS = {"Host": HOST_NAME, "X-Forwarded-Proto": "https"}
COLLECT_STATIC = ["python", "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]


def server_environment(folder: Path, address: Address) -> dict[str, str]:
    """Return what docker-compose.yml sets, with the paths of this machine, and make secrets and folder."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BCP_")}
    for name in ("secret_key", "database_password"):
        (folder / name).write_text(secrets.token_urlsafe(50), encoding="ascii")
    (folder / "data").mkdir(mode=0o700)
    return environment | {
        "BCP_HTTPS": "1",
        "BCP_ALLOWED_HOSTS": HOST_NAME,
        "BCP_TRUSTED_ORIGINS": f"https://{HOST_NAME}",
        "BCP_SECRET_KEY_FILE": str(folder / "secret_key"),
        "BCP_POSTGRES_PASSWORD_FILE": str(folder / "database_password"),
        "BCP_DATA_DIR": str(folder / "data"),
        "BCP_STATIC_ROOT": str(folder / "static"),
        "BCP_BIND": f"{address.host}:{address.port}",
    }


@contextmanager
def installed(address: Address, *, engine: str = "postgresql") -> Iterator[dict[str, str]]:
    """Yield the environment of a portal that is migrated and not started; all is removed after.

    The engine is "postgresql" or "sqlite".
    """
    with (
        tempfile.TemporaryDirectory(prefix="bcp-production-") as name,
        _database(engine) as database,
    ):
        environment = server_environment(Path(name), address) | database
        if not database:
            del environment["BCP_POSTGRES_PASSWORD_FILE"]
        for command in (COLLECT_STATIC, [*MIGRATE, "--verbosity", "0"]):
            subprocess.run(
                in_virtual_environment(command), cwd=BASE_DIR, env=environment, check=True
            )
        yield environment


def _database(engine: str) -> AbstractContextManager[dict[str, str]]:
    return throwaway_postgres() if engine == "postgresql" else nullcontext({})


@contextmanager
def serving(
    environment: Mapping[str, str],
    address: Address,
    web: Sequence[str] = WEB,
    log_folder: Path | None = None,
) -> Iterator[Services]:
    """Yield the running processes of a portal once the site is healthy; stop them after."""
    services = Services(environment, log_folder)
    try:
        services.start("web", web)
        services.start("worker", WORKER, is_helper=True)
        wait_until_healthy(services, address, PROXY_HEADERS)
        yield services
    finally:
        services.stop()


@contextmanager
def production(address: Address) -> Iterator[Services]:
    """Yield the running processes once the site is healthy; stop and remove everything after."""
    with installed(address) as environment, serving(environment, address) as services:
        yield services


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8100)
    address = Address("127.0.0.1", parser.parse_args().port)
    with stop_request() as asked, production(address) as services:
        print(f"READY http://{address.host}:{address.port}/", flush=True)
        run_until(asked, services)
    return 0


if __name__ == "__main__":
    sys.exit(main())

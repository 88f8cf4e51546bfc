"""Serves the database of a test by the real web server, and asks it as browsers do."""

import os
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

from bcp_portal.accounts.models import User
from scripts.processes import (
    BASE_DIR,
    WEB,
    Address,
    Services,
    in_virtual_environment,
    wait_until_healthy,
)

Answer = tuple[int, str]
_PARTS = ("USER", "PASSWORD", "HOST", "PORT")


class Browser:
    """A signed-in member who uses the site over the network."""

    def __init__(self, address: Address, session: str) -> None:
        self._address = address
        self._cookie = f"sessionid={session}"

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> Answer:
        headers = {"Host": "localhost", "Cookie": self._cookie}
        body = None
        if fields is not None:
            _, page = self.ask("GET", path)
            found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
            token = found.group(1) if found else ""
            headers |= {
                "Cookie": f"{self._cookie}; csrftoken={self._csrf}",
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://localhost{path}",
            }
            body = urlencode(fields | {"csrfmiddlewaretoken": token})
        with closing(HTTPConnection(*self._address, timeout=600)) as line:
            line.request(method, path, body=body, headers=headers)
            response = line.getresponse()
            cookies = response.headers.get_all("Set-Cookie") or []
            for each in cookies:
                if each.startswith("csrftoken="):
                    self._csrf = each.split("=", 1)[1].split(";")[0]
            return response.status, response.read().decode(errors="replace")

    _csrf = ""


@contextmanager
def served(folder: Path, address: Address, static: Path) -> Iterator[Services]:
    """Run the web server as in service on the test's database; on SQLite on a copy of it."""
    environment = {name: value for name, value in os.environ.items() if name[:4] != "BCP_"} | {
        **of_database(folder),
        "BCP_DATA_DIR": str(folder),
        "BCP_SECRET_KEY": settings.SECRET_KEY,
        "BCP_STATIC_ROOT": str(static),
        "BCP_BIND": f"{address.host}:{address.port}",
        "BCP_LEAST_FREE_MB": "1",
    }
    collect = ["python", "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(in_virtual_environment(collect), cwd=BASE_DIR, env=environment, check=True)
    services = Services(environment, static)
    services.start("web", WEB)
    try:
        wait_until_healthy(services, address, {"Host": "localhost"})
        yield services
    finally:
        services.stop()


def of_database(folder: Path) -> dict[str, str]:
    """Return the settings by which another process finds the database of the test."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        copy_database(folder / "bcp_portal.sqlite3")
        return {}
    return {
        f"BCP_POSTGRES_{part}": str(found[name])
        for part, name in (("DB", "NAME"), *((each, each) for each in _PARTS))
        if found[name]
    }


def copy_database(place: Path) -> None:
    with (
        closing(sqlite3.connect(str(settings.DATABASES["default"]["NAME"]))) as source,
        closing(sqlite3.connect(place)) as target,
    ):
        source.backup(target)


def session_of(user: User) -> str:
    """Return the key of a session in which somebody is signed in; before a copy is served."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value

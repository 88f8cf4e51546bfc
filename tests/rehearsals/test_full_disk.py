"""The whole disk of a portal on SQLite is full: what is there is read, what is typed is not lost."""

import os
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django_scopes import scope

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.ui import troubles
from scripts.processes import (
    BASE_DIR,
    WEB,
    Address,
    Services,
    in_virtual_environment,
    is_healthy,
    wait_until_healthy,
)
from tests.conftest import MemberFactory
from tests.infrastructure.running import free_port
from tests.small_disks import fill, small_disk

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has a disk of its own"),
]

ANSWERS = {"is_ict": "false", "row_status": "active", "confidentiality": "internal"}
Answer = tuple[int, str]


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
        with closing(HTTPConnection(*self._address, timeout=60)) as line:
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
    environment = {name: value for name, value in os.environ.items() if name[:4] != "BCP_"} | {
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


def test_reading_goes_on_writing_says_why_and_room_mends_it(
    municipality: Municipality, member: MemberFactory, tmp_path: Path
) -> None:
    person = member(Role.EDITOR, Role.ADMIN)
    with scope(municipality=municipality):
        Department.objects.create(municipality=municipality, name="防災課")
    client = Client()
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    home = f"/{municipality.code}"
    address = Address("127.0.0.1", free_port())
    disk = tmp_path / "disk"
    with small_disk(disk, kilobytes=24_000) as is_mounted:
        if not is_mounted:
            pytest.skip("this machine mounts no file system for a test")
        copy_database(disk / "bcp_portal.sqlite3")
        with served(disk, address, tmp_path / "static"):
            browser = Browser(address, client.cookies["sessionid"].value)
            read = [f"{home}/", f"{home}/annex/", f"{home}/annex/departments/"]
            read += [f"{home}/annex/departments/add/", f"{home}/help/"]
            assert [browser.ask("GET", path)[0] for path in read] == [200] * len(read)

            filler = fill(disk)
            assert [browser.ask("GET", path)[0] for path in read] == [200] * len(read)
            assert is_healthy(address, {"Host": "localhost"})
            status, ready = browser.ask("GET", "/readyz/")
            assert (status, "data folder: no room" in ready) == (503, True)
            add = f"{home}/annex/departments/add/"
            # The first few may still find room in a file that is there already.
            for number in range(40):
                typed = {"name": f"とても長い名前の課{number}", **ANSWERS}
                status, page = browser.ask("POST", add, typed)
                if status != 302:
                    break
            assert (status, troubles.NO_SPACE in page, typed["name"] in page) == (503, True, True)
            assert [browser.ask("GET", path)[0] for path in read] == [200] * len(read)

            filler.unlink()
            assert browser.ask("POST", add, typed)[0] == 302
            assert typed["name"] in browser.ask("GET", f"{home}/annex/departments/")[1]


def copy_database(place: Path) -> None:
    with (
        closing(sqlite3.connect(str(settings.DATABASES["default"]["NAME"]))) as source,
        closing(sqlite3.connect(place)) as target,
    ):
        source.backup(target)

"""The whole disk of a portal on SQLite is full: what is there is read, what is typed is not lost."""

from pathlib import Path

import pytest
from django.db import connection
from django_scopes import scope

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.ui import troubles
from scripts.processes import Address, is_healthy
from tests.conftest import MemberFactory
from tests.infrastructure.running import free_port
from tests.rehearsals.serving import Browser, served, session_of
from tests.small_disks import fill, small_disk

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has a disk of its own"),
]

ANSWERS = {"is_ict": "false", "row_status": "active", "confidentiality": "internal"}


def test_reading_goes_on_writing_says_why_and_room_mends_it(
    municipality: Municipality, member: MemberFactory, tmp_path: Path
) -> None:
    person = member(Role.EDITOR, Role.ADMIN)
    with scope(municipality=municipality):
        Department.objects.create(municipality=municipality, name="防災課")
    session = session_of(person.user)
    home = f"/{municipality.code}"
    address = Address("127.0.0.1", free_port())
    disk = tmp_path / "disk"
    with small_disk(disk, kilobytes=24_000) as is_mounted:
        if not is_mounted:
            pytest.skip("this machine mounts no file system for a test")
        with served(disk, address, tmp_path / "static"):
            browser = Browser(address, session)
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

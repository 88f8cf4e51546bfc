"""A real worker on a full disk says so at the job, leaves nothing half made, and goes on when there is room."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from bcp_portal.annex.prepared import WORKBOOK
from bcp_portal.archive.services import request_archive
from bcp_portal.jobs.files import path_of
from bcp_portal.jobs.models import BackgroundJob
from bcp_portal.jobs.prepared.products import PreparationRequest
from bcp_portal.jobs.prepared.services import prepare
from bcp_portal.ui.troubles import NO_SPACE
from plans.prints.print_jobs import request_print
from plans.word.outward.product import PRODUCT as WORD_PLAN
from tests.plans.revisions.conftest import Town
from tests.rehearsals.conftest import run_worker, seen
from tests.small_disks import files_below, fill, small_disk

pytestmark = pytest.mark.django_db(transaction=True)

ASKS: dict[str, Callable[[Town], BackgroundJob]] = {
    "print": lambda town: request_print(membership=town.drafter, product=WORD_PLAN.code),
    "archive": lambda town: request_archive(membership=town.admin, reason="控え"),
    "prepare": lambda town: prepare(membership=town.reader, wanted=PreparationRequest(WORKBOOK)),
}


@pytest.mark.parametrize("kind", ASKS)
def test_a_job_without_room_fails_with_the_reason_and_the_next_one_is_done(
    kind: str, town: Town, settings: Settings, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk, kilobytes=24_000) as is_mounted:
        if not is_mounted:
            pytest.skip("this machine mounts no file system for a test")
        settings.DATA_DIR = settings.MEDIA_ROOT = disk
        filler = fill(disk)
        for _ in range(2):
            job = ASKS[kind](town)
            assert run_worker() == 0
            after = seen(job)
            assert (after.state, after.message) == ("failed", NO_SPACE)
            assert files_below(disk) == []
        filler.unlink()
        job = ASKS[kind](town)
        assert run_worker() == 0
        after = seen(job)
        assert (after.state, after.message) == ("done", "")
        assert files_below(disk) == [str(path_of(after.file.name).relative_to(disk))]

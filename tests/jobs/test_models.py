"""A job that nobody takes says so, and one that has begun or ended does not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bcp_portal.archive.models import ArchiveJob
from bcp_portal.importing.models import ImportJob
from bcp_portal.jobs.models import PATIENCE, BackgroundJob
from plans.models import PrintJob

JOBS = [ArchiveJob, ImportJob, PrintJob]


@pytest.mark.parametrize("model", JOBS)
def test_who_waits_longer_than_a_worker_needs_waits_long(model: type[BackgroundJob]) -> None:
    now = timezone.now()
    assert model(created_at=now - PATIENCE - timedelta(seconds=1)).is_waiting_long
    assert not model(created_at=now).is_waiting_long


@pytest.mark.parametrize("model", JOBS)
def test_what_has_ended_or_was_asked_to_go_on_just_now_does_not_wait(
    model: type[BackgroundJob],
) -> None:
    now = timezone.now()
    asked = now - PATIENCE * 2
    assert model(created_at=asked).is_waiting_long
    assert not model(created_at=asked, state="done").is_waiting_long
    assert not model(created_at=asked, started_at=now).is_waiting_long

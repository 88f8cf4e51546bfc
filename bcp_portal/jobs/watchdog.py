"""The job that this process is at, and since when nothing was heard of it.

A worker whose job hangs ends itself: then it is found as every other dead worker is.
"""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bcp_portal.jobs.models import BackgroundJob

logger = logging.getLogger(__name__)

EXIT_STATUS = 70


@dataclass
class Watched:
    """One job at work; `heard_at` is on the monotonic clock, in seconds."""

    name: str
    limit_seconds: float
    heard_at: float


_watched: list[Watched] = []


@contextmanager
def watched(job: BackgroundJob) -> Iterator[None]:
    """Watch the job while it is worked at."""
    entry = Watched(f"{job._meta.label} {job.uid}", job.silence.total_seconds(), time.monotonic())
    _watched.append(entry)
    try:
        yield
    finally:
        _watched.remove(entry)


def heard_of() -> None:
    """Note that the work of this process goes on."""
    for entry in _watched:
        entry.heard_at = time.monotonic()


def silent_too_long() -> Watched | None:
    """Return the job of which nothing was heard for longer than it may be silent."""
    now = time.monotonic()
    return next((each for each in _watched if now - each.heard_at > each.limit_seconds), None)


def end_if_hanging() -> None:
    """End this process, without any further step of its own, when its job hangs."""
    hanging = silent_too_long()
    if hanging:
        logger.error("%s has hung for %d s: the worker ends.", hanging.name, hanging.limit_seconds)
        os._exit(EXIT_STATUS)

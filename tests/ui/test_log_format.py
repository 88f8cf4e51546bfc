"""What the log keeps of an error: one line of a trouble of the server, a traceback of a fault."""

import errno
import io
import logging
from collections.abc import Iterator

import pytest
from django.db import OperationalError

from bcp_portal.ui.log_format import OneLine

AWAY = OperationalError('could not translate host name "database"\n\tIs the server running?')


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Return what a logger with our filter has written."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(OneLine())
    logger = logging.getLogger("log-format-test")
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)


def note(error: Exception, because: Exception | None = None) -> None:
    try:
        raise error from because
    except type(error):
        logging.getLogger("log-format-test").exception("%s failed.", "A print")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (AWAY, 'OperationalError: could not translate host name "database" Is the server running?'),
        (OSError(errno.ENOSPC, "No space left"), "OSError: [Errno 28] No space left"),
    ],
)
def test_a_trouble_of_the_server_is_one_line(log: io.StringIO, error: Exception, said: str) -> None:
    note(error)
    assert log.getvalue() == f"A print failed. {said}\n"


@pytest.mark.parametrize(
    ("error", "because"),
    [
        (KeyError("name"), None),
        (OperationalError("no such column: plans.name"), None),
        (KeyError("name"), AWAY),
    ],
)
def test_a_fault_of_the_program_keeps_its_traceback(
    log: io.StringIO, error: Exception, because: Exception | None
) -> None:
    note(error, because)
    assert "Traceback" in log.getvalue() and "raise error from because" in log.getvalue()

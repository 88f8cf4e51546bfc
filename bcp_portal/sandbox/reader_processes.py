"""Has a separate process read a file, and takes its answer; a crash there does not stop this process."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

# What Python needs to start; no secret of the server is among it.
_KEPT = ("PATH", "LANG", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH")


class CutShortError(Exception):
    """The process took too long, wanted too much, or died before it had answered."""


def answers(
    module: str, path: Path, *, wall_seconds: float, environment: Mapping[str, str] | None = None
) -> Iterator[Any]:
    """Yield what `python -m module path` writes, a value of JSON for each line, as it comes.

    Raises CutShortError when the process does not end well within `wall_seconds`. A module of ours
    confines itself before it opens the file.
    """
    process = subprocess.Popen(  # noqa: S603 - our own module, given a path and nothing else
        [sys.executable, "-m", module, str(path)],
        cwd=settings.BASE_DIR,
        env={**_bare_environment(), **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None  # noqa: S101 - for the type checker
    watch = threading.Timer(wall_seconds, process.kill)
    watch.start()
    try:
        with process.stdout as lines:
            for line in lines:
                yield json.loads(line)
        if process.wait() != 0:
            raise CutShortError
    except json.JSONDecodeError:
        # Killed in the middle of a line: by the clock, or by the limit on its processor time.
        raise CutShortError from None
    finally:
        watch.cancel()
        process.kill()
        process.wait()


def _bare_environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1"}

"""gunicorn as in service, which also notes the processor time of each request by the kind that its sender names."""

import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from benchmarks.load import KIND_HEADER
from scripts.gunicorn_settings import *  # noqa: F403 - gunicorn reads the names of this module

_began = threading.local()


def pre_request(worker: Any, request: Any) -> None:
    """Note where the processor time of this thread stands."""
    _began.at = time.thread_time()


def post_request(worker: Any, request: Any, environ: Any, response: Any) -> None:
    """Append kind, status and processor seconds as one line, which the system writes as a whole."""
    kind = dict(request.headers).get(KIND_HEADER.upper(), "other")
    line = f"{kind}\t{response.status_code}\t{time.thread_time() - _began.at:.6f}\n"
    place = os.open(os.environ["LOAD_COSTS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(place, line.encode())
    finally:
        os.close(place)

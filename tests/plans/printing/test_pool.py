"""Workers end with the process that started them, and know neither Django nor its database."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from plans.printing.pool import Pool

ROOT = Path(__file__).resolve().parents[3]
_PARENT = """
import json, sys, time
if __name__ == "__main__":
    from plans.printing.pool import Pool
    pool = Pool("p { color: black }")
    pool.render("<p>text").result()
    print(json.dumps(list(pool._executor._processes)), flush=True)
    time.sleep(60)
"""


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(_PARENT)
    parent = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert parent.stdout is not None
    workers = json.loads(parent.stdout.readline())
    assert workers
    assert all(map(is_running, workers))
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    deadline = time.monotonic() + 10
    while any(map(is_running, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(is_running, workers))
    parent.stdout.close()


def test_a_worker_loads_neither_django_nor_models(style_sheet: str) -> None:
    with Pool(style_sheet, workers=1) as pool:
        pool.render("<p>text").result()
        executor = pool._executor
        assert executor is not None
        loaded = executor.submit(_loaded_modules).result()
    assert "weasyprint" in loaded
    assert [name for name in loaded if name.startswith(("django.db", "plans.models"))] == []


def _loaded_modules() -> list[str]:
    return list(sys.modules)


def test_the_web_process_does_not_load_the_engine() -> None:
    command = "import django; django.setup(); import bcp_portal.urls, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", command],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "bcp_portal.settings"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "plans.printing.press" in loaded
    assert "weasyprint" not in loaded

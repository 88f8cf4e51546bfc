"""Runs the project's checks, quick or full, and says at the end which of them failed.

The short static checks run first, then the tests, whose output is shown as it comes; mypy, which keeps
one core for a minute, runs beside both and is told of after the first tests. Everything the tests
write goes to a folder that is removed, and no setting of the caller leaks in.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from scripts.processes import BASE_DIR, in_virtual_environment
from scripts.throwaway_postgres import throwaway_postgres

KEPT_VARIABLES = {"BCP_CHROMIUM"}
# Each of a hundred processes would compile all it imports, and the tests too: 17 s of a core each.
DROPPED_VARIABLES = {"PYTHONDONTWRITEBYTECODE"}
TIME_LIMIT = ["timeout", "--foreground", "--signal=INT", "--kill-after=30"]
LIKE_A_SERVER = {
    "BCP_HTTPS": "1",
    "BCP_ALLOWED_HOSTS": "bcp.example.lg.jp",
    "BCP_TRUSTED_ORIGINS": "https://bcp.example.lg.jp",
}


@dataclass(frozen=True)
class Step:
    """One command, and what its environment has on top of the common one."""

    name: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    minutes: int = 28
    """After how long it is taken to hang, and is ended."""


@dataclass(frozen=True)
class Outcome:
    """How a step ended; the closing line is pytest's own."""

    name: str
    status: int
    seconds: float
    closing_line: str = ""


MYPY = Step("mypy", ["mypy", "."])
STATIC = [
    Step("ruff format", ["ruff", "format", "--check", "."]),
    Step("ruff check", ["ruff", "check", "."]),
    Step("import law", ["lint-imports"]),
]
DJANGO = [
    Step(
        "django check --deploy",
        ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        LIKE_A_SERVER,
    ),
    Step("migrations", ["python", "manage.py", "makemigrations", "--check", "--dry-run"]),
]
# One process more than the two cores that a small machine has: some tests wait for others. Tables
# are made from the models; tests/contract/test_migrations.py compares them with what migrations make.
PYTEST = ["python", "-m", "pytest", "-n", "3", "--nomigrations"]
# Whole modules are handed out (tests/selection.py), in their order: the longest ones come early.
BY_MODULE = [*PYTEST, "--dist", "loadscope", "--no-loadscope-reorder"]
# Quick tests wait for nothing, and each process more reads all of them first.
QUICK_TESTS = Step("pytest, quick", [*BY_MODULE, "-n", "2", "-m", "not browser and not slow"])
SQLITE_TESTS = Step("pytest on SQLite", [*BY_MODULE, "-m", "not browser"])
POSTGRES_TESTS = Step(
    "pytest on PostgreSQL",
    # What knows no database, or is the same on both, is tested by now (tests/selection.py).
    [*BY_MODULE, "-m", "both_engines and not browser"],
)
BROWSER_TESTS = Step(
    "pytest in chromium",
    # Single tests are handed out, so that no process ends alone.
    [*PYTEST, "--maxschedchunk", "1", "-m", "browser"],
)
SCREENSHOTS = replace(
    BROWSER_TESTS, environment={"SCREENSHOT_DIR": str(BASE_DIR / "var" / "screenshots")}
)
MANY_CASES = Step(
    "many random cases",
    [*PYTEST, "-m", "long_form"],
    {"BCP_MANY_CASES": "1"},
    minutes=120,
)
REST_ON_POSTGRES = Step(
    "the rest of pytest on PostgreSQL",
    [*PYTEST, "-m", "not both_engines and not browser"],
    minutes=60,
)
REHEARSALS = Step("rehearsals", [*PYTEST, "tests/rehearsals"], minutes=60)


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the database is removed
    scope = sys.argv[1] if len(sys.argv) == 2 else ""
    if scope not in {"quick", "full", "screenshots", "rehearse"}:
        print("usage: python -m scripts.verify quick|full|screenshots|rehearse", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="bcp-verify-") as folder:
        outcomes = list(run_scope(scope, common_environment(Path(folder))))
    return report(outcomes)


def common_environment(folder: Path) -> dict[str, str]:
    """Return the caller's environment without the portal's settings, and our own instead."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in KEPT_VARIABLES
        or (not name.startswith(("BCP_", "DJANGO_")) and name not in DROPPED_VARIABLES)
    }
    return {
        **kept,
        "BCP_DATA_DIR": str(folder),
        "BCP_SECRET_KEY": "only-for-tests-" + "x9Kq" * 12,
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
    }


def run_scope(scope: str, environment: dict[str, str]) -> Iterable[Outcome]:
    if scope == "screenshots":
        yield run_shown(SCREENSHOTS, environment)
        return
    if scope == "rehearse":
        yield run_shown(REHEARSALS, environment)
        yield run_on_postgres(REHEARSALS, environment)
        yield run_shown(MANY_CASES, environment)
        yield run_on_postgres(REST_ON_POSTGRES, environment)
        return
    with ThreadPoolExecutor(max_workers=1) as pool:
        types = pool.submit(run_captured, MYPY, environment)
        for step in STATIC if scope == "quick" else STATIC + DJANGO:
            yield told(run_captured(step, environment))
        yield run_shown(QUICK_TESTS if scope == "quick" else SQLITE_TESTS, environment)
        yield told(types.result())
    if scope == "full":
        yield run_on_postgres(POSTGRES_TESTS, environment)
        yield run_shown(BROWSER_TESTS, environment)


def run_captured(step: Step, environment: dict[str, str]) -> tuple[Outcome, str]:
    """Run a step and return also all it said, which would be lost among the output of others."""
    started = time.monotonic()
    result = subprocess.run(
        in_virtual_environment(step.command),
        cwd=BASE_DIR,
        env={**environment, **step.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(step.name, result.returncode, time.monotonic() - started), result.stdout


def told(ended: tuple[Outcome, str]) -> Outcome:
    outcome, said = ended
    print(f"== {outcome.name}\n{said}", end="", flush=True)
    return outcome


def run_shown(step: Step, environment: dict[str, str]) -> Outcome:
    """Run a step and show its output as it comes; one that hangs is ended."""
    print(f"== {step.name}", flush=True)
    started = time.monotonic()
    process = subprocess.Popen(
        [*TIME_LIMIT, f"{step.minutes}m", *in_virtual_environment(step.command)],
        cwd=BASE_DIR,
        env={**environment, **step.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    try:
        closing_line = show_output(process)
    finally:
        # After a Ctrl-C, which pytest received too, give it time to end what its tests started.
        status = process.wait(timeout=60)
    return Outcome(step.name, status, time.monotonic() - started, closing_line)


def show_output(process: subprocess.Popen[bytes]) -> str:
    """Copy the output as it comes; return its last line if that is pytest's closing line."""
    end = b""
    while process.stdout and (chunk := os.read(process.stdout.fileno(), 4096)):
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        end = (end + chunk)[-2000:]
    last_line = end.decode("utf-8", errors="replace").rstrip().rpartition("\n")[2]
    return last_line if re.search(r" in [\d.]+s\b", last_line) else ""


def run_on_postgres(step: Step, environment: dict[str, str]) -> Outcome:
    with throwaway_postgres() as variables:
        return run_shown(step, {**environment, **variables})


def report(outcomes: list[Outcome]) -> int:
    """Print one line a step and pytest's closing lines; return the exit status."""
    print("\n== Summary")
    for outcome in outcomes:
        word = "FAILED" if outcome.status else "ok"
        print(f"{word:6} {outcome.seconds:6.0f} s  {outcome.name}")
        if outcome.closing_line:
            print(outcome.closing_line)
    failed = [outcome.name for outcome in outcomes if outcome.status]
    print(f"FAILED: {', '.join(failed)}" if failed else "All steps passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)

"""Lets many people use a portal at once, and looks afterwards for every save that it accepted.

    python -m benchmarks.load --people 50 --engine postgresql

The portal runs as in service (gunicorn, worker, PostgreSQL or SQLite) in a temporary folder, with
two towns. Each person signs in and reads, fills in grids and forms, writes chapters, leaves drafts
and asks for prints, with pauses. At the end each accepted save is compared with row, version and
operation log, and the proofs are run. Exit code 1 if one is missing, a request failed or was
refused without words, or a page showed the other town. Figures are for reading: nothing is timed.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.load import costs, report
from benchmarks.load.browser import Browser
from benchmarks.load.notes import Notes
from benchmarks.load.person import Account, Person
from benchmarks.load.saves import faults
from scripts.processes import WEB, Address, Services
from scripts.serve_like_production import installed, serving

SETTINGS = "benchmarks/load/gunicorn_settings.py"
MEASURED_WEB = [SETTINGS if word == "scripts/gunicorn_settings.py" else word for word in WEB]
_SECONDS_BETWEEN_SIGN_INS = 0.4
_SECONDS_BETWEEN_MONITORS = 2.0


def main() -> int:
    """Run the load, print what came of it; 1 if anything was lost or wrong."""
    options = _options()
    address = Address("127.0.0.1", options.port)
    with (
        tempfile.TemporaryDirectory(prefix="bcp-load-") as name,
        installed(address, engine=options.engine) as environment,
    ):
        folder = Path(name)
        os.environ |= environment
        people, before = _prepared(options.people)
        measured = environment | {"LOAD_COSTS": str(folder / "costs")}
        with serving(measured, address, MEASURED_WEB, folder) as services:
            notes, spent, since, until = _run(options, people, address, services)
        taken = costs.of_requests(folder / "costs")
        found = [f"{fault} ({count} times)" for fault, count in notes.faults.items()]
        found += _faults_in_log(folder / "web.log")
        more, states = _compared(notes, before, spoil=options.take_one_out)
    report.print_costs(notes.timings, taken)
    report.print_sums(notes.timings, since, until, spent, taken)
    report.print_notes(notes, states)
    report.print_faults(found + more)
    return int(bool(found + more))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--engine", choices=("postgresql", "sqlite"), default="postgresql")
    parser.add_argument("--seconds", type=int, default=180, help="after the last one signed in")
    parser.add_argument("--think", type=float, default=10.0, help="seconds of a pause, on average")
    parser.add_argument("--port", type=int, default=8190)
    parser.add_argument(
        "--take-one-out",
        action="store_true",
        help="undo the last accepted save before comparing: it must be missed",
    )
    return parser.parse_args()


def _prepared(people: int) -> tuple[list[Account], dict[str, int]]:
    """Make towns and people in the database that the environment names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bcp_portal.settings"
    import django

    django.setup()
    from django.db import connections

    from benchmarks.load.towns import make_towns, versions

    made, before = make_towns(people), versions()
    connections.close_all()
    return made, before


def _run(
    options: argparse.Namespace, people: Sequence[Account], address: Address, services: Services
) -> tuple[Notes, dict[str, float], float, float]:
    """Let all of them work; return what they noted and the processor seconds that it took."""
    heads = {name: process.pid for name, process in services.running.items()}
    database = Path(os.environ.get("BCP_POSTGRES_HOST", "")) / "data" / "postmaster.pid"
    if database.exists():
        heads["database"] = int(database.read_text(encoding="ascii").split()[0])
    notes, began = Notes(), time.monotonic()
    since = len(people) * _SECONDS_BETWEEN_SIGN_INS
    until = since + options.seconds
    before = costs.of_families(heads)
    workers = [Person(account, address, notes, options.think, began + until) for account in people]
    threads = [threading.Thread(target=person.work) for person in workers]
    threads.append(threading.Thread(target=_monitor, args=[address, notes, began + until]))
    for thread in threads:
        thread.start()
        time.sleep(_SECONDS_BETWEEN_SIGN_INS)
    for thread in threads:
        thread.join()
    after = costs.of_families(heads)
    return notes, {name: after[name] - before[name] for name in after}, since, until


def _monitor(address: Address, notes: Notes, ends_at: float) -> None:
    browser = Browser(address, "127.0.0.1", lambda answer: notes.hear(answer, ()))
    while time.monotonic() < ends_at:
        browser.get(report.HEALTH, "/healthz/")
        time.sleep(_SECONDS_BETWEEN_MONITORS)


def _faults_in_log(place: Path) -> list[str]:
    text = place.read_text(encoding="utf-8", errors="replace")
    return [f"web.log: {line[:300]}" for line in text.splitlines() if " ERROR " in line]


def _compared(
    notes: Notes, before: dict[str, int], *, spoil: bool
) -> tuple[list[str], Counter[str]]:
    from benchmarks.load import towns

    if spoil and notes.accepted:
        last = max(notes.accepted, key=lambda save: save.version)
        towns.take_one_out(last.uid, last.mark)
    states, found = towns.prints(notes.prints)
    found += faults(notes.accepted, towns.kept(before), notes.unanswered)
    found += towns.lost_drafts(notes.drafts)
    return found + towns.broken_proofs(), states


if __name__ == "__main__":
    sys.exit(main())

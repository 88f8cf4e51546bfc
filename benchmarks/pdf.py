"""Measures printing beside Chromium: cold, after one changed cell, unchanged, bound, large, tagged.

Each measurement runs in a process of its own; memory and processor time are those of the process
and all below it. On a machine with other work to do, compare processor time.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from plans.document.document import Document

ROOT = Path(__file__).resolve().parent.parent
SIZES = (60, 300)
ENVIRONMENT = {"BCP_DEBUG": "1", "DJANGO_SETTINGS_MODULE": "bcp_portal.settings"}
_MB = 1024 * 1024
_SECONDS_BETWEEN_SAMPLES = 0.05


@dataclass(frozen=True)
class Measurement:
    """One line of the report."""

    systems: int
    what: str
    seconds: float
    pages: int
    size_bytes: int
    usage: "Usage"


@dataclass(frozen=True)
class Usage:
    """What a process and all below it took of the machine."""

    peak_mb: int
    cpu_seconds: float


def main() -> None:
    """Measure and print a table, or carry out one step of it in a child process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--systems", type=int, nargs="*", default=SIZES)
    parser.add_argument(
        "--synthetic", action="store_true", help="use the synthetic plan of the tests"
    )
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        _run_step(*options.step)
        return
    print("| systems | what | seconds | CPU seconds | pages | bytes | peak MB |")
    print("|---:|---|---:|---:|---:|---:|---:|")
    for systems in options.systems:
        with tempfile.TemporaryDirectory() as folder:
            for line in measure(systems, Path(folder), synthetic=options.synthetic):
                print(
                    f"| {line.systems} | {line.what} | {line.seconds:.2f} "
                    f"| {line.usage.cpu_seconds:.2f} | {line.pages} "
                    f"| {line.size_bytes:,} | {line.usage.peak_mb:,} |",
                    flush=True,
                )


def measure(systems: int, folder: Path, *, synthetic: bool) -> Iterator[Measurement]:
    """Yield every measurement of a plan with so many systems."""
    source = "synthetic" if synthetic else "sample"
    _watched([sys.executable, "-c", "import weasyprint"], folder)
    _step(folder, "make", source, str(systems), str(folder))
    for what, step in (
        ("parts, cold", ["parts", "document.json", ""]),
        ("parts, one cell changed", ["parts", "changed.json", ""]),
        ("parts, unchanged", ["parts", "changed.json", ""]),
        ("bound on both sides, tabs, draft mark", ["parts", "changed.json", "bound"]),
        ("large print, cold", ["parts", "document.json", "large"]),
        ("large print, one cell changed", ["parts", "changed.json", "large"]),
        ("tagged, cold", ["parts", "document.json", "tagged"]),
        ("tagged, one cell changed", ["parts", "changed.json", "tagged"]),
        ("one document", ["single", "document.json"]),
    ):
        target = folder / "plan.pdf"
        answer, usage = _step(folder, *step, str(folder))
        yield _measured(systems, what, json.loads(answer)["seconds"], target, usage)
    target = folder / "chromium.pdf"
    started = time.perf_counter()
    _, usage = _watched(_chromium_command(folder / "plan.html", target, folder), folder)
    yield _measured(systems, "Chromium", time.perf_counter() - started, target, usage)


def _measured(systems: int, what: str, seconds: float, pdf: Path, usage: Usage) -> Measurement:
    with pikepdf.open(pdf) as file:
        pages = len(file.pages)
    return Measurement(systems, what, seconds, pages, pdf.stat().st_size, usage)


def _step(folder: Path, *step: str) -> tuple[str, Usage]:
    return _watched([sys.executable, str(Path(__file__).resolve()), "--step", *step], folder)


def _watched(command: list[str], folder: Path) -> tuple[str, Usage]:
    """Run a command and return the last line it wrote, and what it took."""
    environment = {**os.environ, **ENVIRONMENT, "BCP_DATA_DIR": str(folder)}
    # An installed program is compiled; without this, each process would compile it anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    with (folder / "errors.txt").open("w") as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment
        )
        watch = _Watch(process.pid)
        watch.start()
        output, _ = process.communicate()
        watch.stop()
    if process.returncode:
        sys.exit((folder / "errors.txt").read_text())
    return (output.strip().splitlines() or [""])[-1], watch.usage()


class _Watch(threading.Thread):
    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._peak_bytes = 0
        self._cpu_seconds: dict[int, float] = {}
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.wait(_SECONDS_BETWEEN_SAMPLES):
            tree = _tree(self._pid)
            self._peak_bytes = max(self._peak_bytes, sum(map(_resident_bytes, tree)))
            for pid in tree:
                self._cpu_seconds[pid] = max(self._cpu_seconds.get(pid, 0.0), _cpu_seconds(pid))

    def stop(self) -> None:
        self._stopped.set()
        self.join()

    def usage(self) -> Usage:
        return Usage(self._peak_bytes // _MB, sum(self._cpu_seconds.values()))


def _tree(pid: int) -> list[int]:
    """Return the process and everything below it."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        fields = _status(int(entry.name))
        if fields:
            parents[int(entry.name)] = int(fields[1])
    found = [pid]
    for candidate in found:
        found += [child for child, parent in parents.items() if parent == candidate]
    return found


def _status(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat after the name, nothing for a process that has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _cpu_seconds(pid: int) -> float:
    fields = _status(pid)
    ticks = sum(map(int, fields[11:13])) if fields else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def _resident_bytes(pid: int) -> int:
    """Return the memory of one process, pages shared with others counted in proportion."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    pss = next((line for line in text.splitlines() if line.startswith("Pss:")), "Pss: 0 kB")
    return int(pss.split()[1]) * 1024


def _chromium_command(html: Path, target: Path, folder: Path) -> list[str]:
    return [
        os.environ.get("BCP_CHROMIUM", "chromium"),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-pdf-header-footer",
        f"--user-data-dir={folder / 'chromium'}",
        "--virtual-time-budget=600000",
        f"--print-to-pdf={target}",
        html.as_uri(),
    ]


def _run_step(step: str, *arguments: str) -> None:
    import django

    sys.path.insert(0, str(ROOT))
    django.setup()
    steps: dict[str, Callable[..., None]] = {
        "make": _make,
        "parts": _print_parts,
        "single": _print_single,
    }
    steps[step](*arguments)


def _make(source: str, systems: str, folder: str) -> None:
    """Write the document, the same with one cell changed, and its HTML."""
    from benchmarks.one_document import single_html
    from plans.printing.plan_parts import plan_parts
    from plans.printing.press import read_style_sheet

    document = _synthetic(int(systems)) if source == "synthetic" else _sample(int(systems))
    annex = document.annexes[0]
    table = annex.tables[0]
    column = next(column for column in table.columns if column.kind == "text")
    middle = len(table.rows) // 2
    row = table.rows[middle]
    changed_row = replace(row, cells={**row.cells, column.name: "変更した値"})
    changed = replace(table, rows=(*table.rows[:middle], changed_row, *table.rows[middle + 1 :]))
    changed_annex = replace(annex, tables=(changed, *annex.tables[1:]))
    edited = replace(document, annexes=(changed_annex, *document.annexes[1:]))
    for name, one in (("document", document), ("changed", edited)):
        _write_json(Path(folder) / f"{name}.json", one)
    plan = plan_parts(document, _any_image)
    html = single_html((*plan.front, *plan.body), read_style_sheet())
    (Path(folder) / "plan.html").write_text(html, encoding="utf-8")


def _write_json(path: Path, document: "Document") -> None:
    path.write_text(json.dumps(document.to_json(), ensure_ascii=False), encoding="utf-8")


def _synthetic(systems: int) -> "Document":
    from tests.plans.printing.documents import make_document

    return replace(make_document(systems, chapters=15, sections=4), images=())


def _sample(systems: int) -> "Document":
    from django.core.management import call_command
    from django_scopes import scope, scopes_disabled

    from bcp_portal.accounts.models import Municipality
    from plans.working_copy.builder import build_document

    call_command("migrate", verbosity=0)
    call_command("load_sample", "--scale", str(systems), verbosity=0)
    with scopes_disabled():
        municipality = Municipality.objects.order_by("pk").first()
    assert municipality is not None
    with scope(municipality=municipality):
        return build_document(municipality, include_personal=True)


def _any_image(sha256: str) -> bytes:
    from tests.plans.printing.documents import PICTURE

    return PICTURE


def _print_parts(name: str, way: str, folder: str) -> None:
    from plans.document.document import Document
    from plans.printing.options import Binding, PrintOptions
    from plans.printing.press import open_press

    ways = {
        "bound": PrintOptions(
            binding=Binding.DOUBLE, new_sheets=True, index_tabs=True, draft_mark=True
        ),
        "large": PrintOptions(large_print=True),
        "tagged": PrintOptions(tagged=True),
    }

    data = json.loads((Path(folder) / name).read_text(encoding="utf-8"))
    document = Document.from_json(data)
    started = time.perf_counter()
    with open_press(Path(folder) / "cache") as press:
        options = ways.get(way, PrintOptions())
        content = press.print_plan(document, load_image=_any_image, options=options)
    _report(started, content, folder)


def _print_single(name: str, folder: str) -> None:
    from plans.printing import worker
    from plans.printing.press import read_style_sheet

    html = (Path(folder) / "plan.html").read_text(encoding="utf-8")
    started = time.perf_counter()
    worker.start(read_style_sheet())
    content = worker.render(html).pdf
    _report(started, content, folder)


def _report(started: float, content: bytes, folder: str) -> None:
    seconds = time.perf_counter() - started
    (Path(folder) / "plan.pdf").write_bytes(content)
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main()

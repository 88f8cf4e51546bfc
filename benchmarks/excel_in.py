"""Measures bringing a large workbook in beside openpyxl reading the same file alone; see --help.

`check` is everything until the page that shows what would happen: the separate process, the columns,
every line against what is stored. `save` writes all of it, in one transaction. Beside the time by
the clock stands that of the processor, which other work of the machine hardly changes; the ratios
are of the clock and to openpyxl alone. Memory is the highest of the portal's own process.
"""

import argparse
import gc
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Make the files, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "BCP_DEBUG": "0",
            "BCP_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "bcp_portal.settings",
        }
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        _measure(Path(folder), options.rows)


def _measure(folder: Path, rows: int) -> None:
    from django.core.management import call_command
    from django_scopes import scope, scopes_disabled

    from bcp_portal.accounts.models import Municipality

    call_command("migrate", verbosity=0)
    call_command("load_sample", verbosity=0)
    with scopes_disabled():
        municipality = Municipality.objects.get()
    print("| file | rows | openpyxl alone (processor) | check | ratio | save | ratio | peak MB |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    with scope(municipality=municipality):
        new = folder / "new.xlsx"
        new.write_bytes(_multiplied(municipality, rows))
        _line("new rows", new, municipality, save=True)
        same = folder / "same.xlsx"
        same.write_bytes(_exported(municipality))
        _line("exported, nothing changed", same, municipality, save=False)
        changed = folder / "changed.xlsx"
        changed.write_bytes(_with_other_notes(same))
        _line("exported, every row changed", changed, municipality, save=True)


def _line(what: str, path: Path, municipality: Any, *, save: bool) -> None:
    alone = min(_seconds(lambda: _read_alone(path)) for _ in range(2))
    _forget_peak()
    with _timed() as check:
        checked = _check(path, municipality)
    counts = checked.plan.counts()
    found = "、".join(f"{name} {count:,}" for name, count in counts.items() if count)
    with _timed() as saving:
        if save:
            _save(checked, municipality)
    saved = f"{_shown(saving)} | {saving[0] / alone[0]:.2f}" if save else "|"
    print(
        f"| {what}（{found}） | {sum(counts.values()):,} | {_shown(alone)} "
        f"| {_shown(check)} | {check[0] / alone[0]:.2f} | {saved} | {_peak_megabytes():,} |",
        flush=True,
    )


def _shown(taken: Sequence[float]) -> str:
    return f"{taken[0]:.1f} s（{taken[1]:.1f} s）"


def _forget_peak() -> None:
    """Let the kernel measure the highest memory anew (Linux)."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak_megabytes() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


@contextmanager
def _timed() -> Iterator[list[float]]:
    """Yield what the block takes: seconds by the clock, and of the processor."""
    taken = [0.0, 0.0]
    started, worked = time.perf_counter(), _processor_seconds()
    yield taken
    taken[:] = time.perf_counter() - started, _processor_seconds() - worked


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _seconds(work: Callable[[], None]) -> list[float]:
    with _timed() as taken:
        work()
    return taken


def _read_alone(path: Path) -> None:
    from openpyxl import load_workbook

    workbook = load_workbook(path, read_only=True, data_only=True)
    for sheet in workbook.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass


def _editor() -> Any:
    from bcp_portal.accounts.models import Membership

    return next(m for m in Membership.objects.all() if "editor" in m.roles)


def _check(path: Path, municipality: Any) -> Any:
    from bcp_portal.annex.sheet import Presentation
    from bcp_portal.importing.file_checker import FileChecker
    from bcp_portal.importing.sheet_matching import assign
    from bcp_portal.importing.source_reader import read_source
    from bcp_portal.importing.targets import targets_of

    source = read_source(path)
    targets = targets_of(Presentation.load(municipality), _editor())
    return FileChecker(assign(source, targets, remembered={}, wanted_code="1").taken).run()


def _save(checked: Any, municipality: Any) -> None:
    from bcp_portal.importing.import_writer import apply

    apply(checked, municipality=municipality, actor=_editor().user, file_name="new.xlsx")


def _exported(municipality: Any) -> bytes:
    from bcp_portal.annex import registry
    from bcp_portal.annex.excel.export import book_of_one
    from bcp_portal.annex.excel.workbook import workbook_bytes
    from bcp_portal.annex.listing import Listing, Query
    from bcp_portal.annex.sheet import Sheet

    spec = registry.spec("1")
    assert spec is not None
    sheet = Sheet.of(spec, municipality)
    return workbook_bytes(book_of_one(Listing(sheet, Query.read({}), personal=True)))


def _with_other_notes(path: Path) -> bytes:
    """Return the exported sheet with another note in every row."""
    from io import BytesIO

    from openpyxl import load_workbook

    workbook = load_workbook(path)
    sheet = workbook[workbook.sheetnames[1]]
    column = next(cell.column for cell in sheet[4] if cell.value == "note")
    for number in range(7, sheet.max_row + 1):
        if sheet.cell(number, 1).value:
            sheet.cell(number, column).value = f"備考{number}"
    stored = BytesIO()
    workbook.save(stored)
    return stored.getvalue()


def _multiplied(municipality: Any, rows: int) -> bytes:
    """Return the exported sheet with its rows repeated under other names, and without uids."""
    from io import BytesIO

    from openpyxl import Workbook, load_workbook

    source = load_workbook(BytesIO(_exported(municipality)))
    sheet = source[source.sheetnames[1]]
    lines = list(sheet.iter_rows(values_only=True))
    name = lines[3].index("name")
    dropped = {lines[3].index(column) for column in ("aliases", "parent") if column in lines[3]}
    body = [line for line in lines[6:] if line[0]]
    workbook = Workbook(write_only=True)
    target = workbook.create_sheet(sheet.title)
    for line in lines[:6]:
        target.append(line)
    for number in range(rows):
        cells = list(body[number % len(body)])
        cells[0], cells[name] = None, f"{cells[name]}（{number + 1}）"
        for column in dropped:
            cells[column] = None
        target.append(cells)
    stored = BytesIO()
    workbook.save(stored)
    return stored.getvalue()


if __name__ == "__main__":
    main()

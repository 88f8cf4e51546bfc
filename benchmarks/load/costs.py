"""Processor seconds: of each request as gunicorn noted them, and of all processes of the portal."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def of_requests(place: Path) -> dict[str, list[float]]:
    """Return the processor seconds of the requests of each kind."""
    costs: dict[str, list[float]] = defaultdict(list)
    for line in place.read_text(encoding="utf-8").splitlines():
        kind, _, seconds = line.split("\t")
        costs[kind].append(float(seconds))
    return costs


@dataclass(frozen=True)
class Stat:
    """What the kernel says of a process: its parent, and its processor seconds with its ended children's."""

    parent: int
    seconds: float


def of_families(heads: Mapping[str, int]) -> dict[str, float]:
    """Return the processor seconds so far of each process and all below it."""
    stats = dict(_stats())
    return {name: _with_children(pid, stats) for name, pid in heads.items() if pid in stats}


def _with_children(pid: int, stats: Mapping[int, Stat]) -> float:
    children = [child for child, stat in stats.items() if stat.parent == pid]
    return stats[pid].seconds + sum(_with_children(child, stats) for child in children)


def _stats() -> Iterable[tuple[int, Stat]]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:  # it has just ended
            continue
        fields = text.rpartition(")")[2].split()
        yield int(path.parent.name), Stat(int(fields[1]), sum(map(int, fields[11:15])) / _TICKS)

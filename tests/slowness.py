"""Measures what each test costs, and writes down the functions that `make check` leaves out.

A plugin that is named when the list is written anew, with the machine to itself; what is not run keeps
its line:

    python -m pytest -n0 --nomigrations -p tests.slowness -m "not browser"
"""

import time
from collections import defaultdict
from collections.abc import Generator
from resource import RUSAGE_CHILDREN, getrusage

import pytest

from tests.selection import SLOW_TESTS

LIMIT_SECONDS = 0.06
"""Of processor time, its processes included, as the average of the cases of a function."""

HEAD = """\
# Functions that cost 0.06 seconds of processor time or more, with what they cost: `make check` leaves
# them out. Measured, not typed: the head of tests/slowness.py says how the list is written anew.
"""
spent: dict[str, list[float]] = defaultdict(list)


def _processor_seconds() -> float:
    children = getrusage(RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    before = _processor_seconds()
    try:
        return (yield)
    finally:
        spent[item.nodeid.partition("[")[0]].append(_processor_seconds() - before)


def pytest_sessionfinish() -> None:
    kept = [line.split(maxsplit=1) for line in SLOW_TESTS.read_text(encoding="utf-8").splitlines()]
    costs = {words[1]: float(words[0]) for words in kept if words[0] != "#"}
    costs = {name: cost for name, cost in costs.items() if name not in spent}
    costs |= {name: sum(each) / len(each) for name, each in spent.items()}
    lines = (f"{cost:.2f} {name}\n" for name, cost in costs.items() if cost >= LIMIT_SECONDS)
    SLOW_TESTS.write_text(HEAD + "".join(sorted(lines, key=_name)), encoding="utf-8")


def _name(line: str) -> str:
    return line.partition(" ")[2]

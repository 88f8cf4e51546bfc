"""Reads the rows to begin with from the files beside it."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FILES = Path(__file__).parent / "files"

Cells = dict[str, str]
"""One row: the text of each cell that is not empty, by the name of its column."""


@dataclass(frozen=True)
class ActionPlanPreset:
    """One action plan to begin with: its head, the scenario it needs, and its steps in order.

    The steps name neither their plan nor the scenario: whoever loads them adds `plan` and `scenario`.
    """

    plan: Cells
    scenario: Cells
    steps: tuple[Cells, ...]


def read_rows(name: str) -> tuple[Cells, ...]:
    """Return the rows of one file, in its order."""
    with (FILES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            {column: text for column, text in row.items() if text} for row in csv.DictReader(file)
        )


def _by_name(rows: Sequence[Cells]) -> Mapping[str, Cells]:
    """Return the rows of a file whose first column `preset` gives each a name."""
    return {row["preset"]: {k: v for k, v in row.items() if k != "preset"} for row in rows}


_PLANS, _SCENARIOS = _by_name(read_rows("action-plans")), _by_name(read_rows("scenarios"))

# 様式13-1: the fourteen questions of the yearly review (NISC 表4.2-2).
ANNUAL_QUESTIONS = read_rows("annual-questions")
# 様式11-1: what the first to arrive looks at, group by group.
QUICK_CHECKS = read_rows("quick-checks")
# 様式8: roles in a disaster and on ordinary days (NISC 表1.4-1 and 表2.1-1).
DISASTER_ROLES, EVERYDAY_ROLES = read_rows("roles-disaster"), read_rows("roles-everyday")
# 様式10: the thirteen steps after a large disaster at night (NISC 表2.3-1), and what differs at other
# times and events (notes to NISC 2.3.1 and 2.3.2). By day nobody has to gather. In a security incident
# neither safety calls nor the inspection of the building are needed, and the CSIRT is told first. In
# an epidemic people keep their distance.
NIGHT = ActionPlanPreset(_PLANS["night"], _SCENARIOS["earthquake"], read_rows("steps-night"))
DAY = ActionPlanPreset(_PLANS["day"], _SCENARIOS["earthquake"], read_rows("steps-day"))
SECURITY = ActionPlanPreset(_PLANS["security"], _SCENARIOS["attack"], read_rows("steps-security"))
EPIDEMIC = ActionPlanPreset(_PLANS["epidemic"], _SCENARIOS["epidemic"], read_rows("steps-epidemic"))

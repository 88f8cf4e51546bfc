"""A target level of recovery (RLO) in three columns: its rules, and the one text it prints as."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bcp_portal.annex.kinds import CellValue
from bcp_portal.annex.spec import RequiredWhen
from systems.arithmetic.recovery import rlo_text
from systems.choice_lists import RLO
from systems.queries.links import labels_of
from systems.rules.row import chosen


def level_rules(column: str) -> tuple[RequiredWhen, RequiredWhen]:
    """Return what 「一定割合」 and 「その他」 in a column ask of its two companions."""
    return (
        RequiredWhen(
            f"{column}_percent",
            chosen(column, "percent"),
            because="復旧レベルが「平時の一定割合まで復旧」のときは",
        ),
        RequiredWhen(
            f"{column}_text", chosen(column, "other"), because="復旧レベルが「その他」のときは"
        ),
    )


def level_text(row: Any, column: str, labels: Mapping[str, str]) -> str:
    """Return the level of one row as it is printed."""
    percent, text = getattr(row, f"{column}_percent"), getattr(row, f"{column}_text")
    return rlo_text(getattr(row, column), percent, text, labels)


def levels_shown(column: str) -> Callable[[Sequence[Any]], Mapping[int, CellValue]]:
    """Return the computation of the printed level of all rows (1 query for the labels)."""

    def compute(rows: Sequence[Any]) -> Mapping[int, CellValue]:
        labels = labels_of(RLO)
        return {row.pk: level_text(row, column, labels) for row in rows}

    return compute

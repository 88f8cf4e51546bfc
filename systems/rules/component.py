"""What saving an assessment, a ladder or a step must respect (表3.1-1, 3.2-1, 5.4-2 to 5.4-5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.spec import Problem
from bcp_portal.ui.eras import DateStyle, format_fiscal_year
from systems.arithmetic.levels import highest_level
from systems.choice_lists import PRIORITY
from systems.models import MeasureStep, TargetLevel
from systems.rules.row import label_of


@dataclass(frozen=True)
class LevelInRange:
    """A level lies between 0 and 4, for 委託先 between 0 and 3."""

    column: str

    def __call__(self, row: Any) -> Iterator[Problem]:
        """Name the problem when the level is higher than its component can have."""
        level, highest = getattr(row, self.column), highest_level(row.component)
        if level is not None and level > highest:
            label = label_of(row, self.column)
            yield Problem(
                self.column, f"「{label}」は0～{highest}で入力してください（入力値：{level}）。"
            )


def one_level_a_priority(row: TargetLevel) -> Iterator[Problem]:
    """A priority has one target level for each event and component."""
    others = TargetLevel.objects.filter(
        event=row.event, component=row.component, row_status=RowStatus.ACTIVE
    ).exclude(pk=row.pk)
    for other in others:
        twice = [code for code in row.priorities if code in other.priorities]
        if twice:
            letters = "、".join(PRIORITY.label(code) for code in twice)
            yield Problem(
                "priorities",
                f"復旧優先度{letters}は、レベル{other.level}の行にもあります。どちらかから外してください。",
            )


def step_years_in_order(row: MeasureStep) -> Iterator[Problem]:
    """A step ends in the year it begins or later."""
    begin, end = row.from_fiscal_year, row.to_fiscal_year
    if begin and end and end < begin:
        first, last = _year(row, begin), _year(row, end)
        yield Problem(
            "to_fiscal_year",
            f"終える年度（{last}）が始める年度（{first}）より前になっています。",
        )


def steps_in_order(row: MeasureStep) -> Iterator[Problem]:
    """A later step does not begin before an earlier one; they may overlap."""
    if row.system_id is None or row.step_no is None or row.from_fiscal_year is None:
        return
    others = MeasureStep.objects.filter(system_id=row.system_id).exclude(
        row_status=RowStatus.RETIRED
    )
    for other in others.exclude(pk=row.pk):
        wrong = (other.step_no - row.step_no) * (other.from_fiscal_year - row.from_fiscal_year) < 0
        if wrong:
            year = _year(row, other.from_fiscal_year)
            yield Problem(
                "from_fiscal_year",
                f"ステップ{other.step_no}は{year}に始まります。番号の順に始まるように直してください。",
            )


def _year(row: MeasureStep, year: int) -> str:
    style = row.municipality.date_style if row.municipality_id else DateStyle.WAREKI
    return format_fiscal_year(year, DateStyle(style))

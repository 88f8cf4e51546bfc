"""The sample stays fresh: its days and fiscal years move on by whole years."""

from datetime import date

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.kinds import Kind
from plans.sample.dates import WRITTEN_ON, brought_up_to_date, moved, whole_years_since
from plans.sample.loader import read_tables


@pytest.mark.parametrize(
    ("today", "years"),
    [
        (date(2025, 1, 1), 0),
        (date(2026, 11, 21), 0),
        (date(2027, 11, 20), 0),
        (date(2027, 11, 21), 1),
        (date(2028, 11, 20), 1),
        (date(2036, 12, 1), 10),
    ],
)
def test_only_full_years_count(today: date, years: int) -> None:
    assert date(2026, 11, 21) == WRITTEN_ON
    assert whole_years_since(today) == years


@pytest.mark.parametrize(
    ("text", "kind", "later"),
    [
        ("令和8年10月1日", Kind.DATE, "令和10年10月1日"),
        ("令和6年2月29日", Kind.DATE, "令和8年2月28日"),
        ("令和8年9月1日 9:30", Kind.DATETIME, "令和10年9月1日 9:30"),
        ("令和8年度", Kind.FISCAL_YEAR, "令和10年度"),
        ("令和8年度、令和9年度", Kind.FISCAL_YEARS, "令和10年度、令和11年度"),
        ("きのう", Kind.DATE, "きのう"),
    ],
)
def test_a_cell_moves(text: str, kind: Kind, later: str) -> None:
    assert moved(text, kind, 2) == later


def test_deadlines_move_and_history_stays(in_scope: Municipality) -> None:
    codes = ("departments", "6-2")
    written = read_tables(municipality=in_scope, codes=codes)
    departments, problems = brought_up_to_date(written, date(2031, 11, 21))
    assert departments.lines[1].cells["valid_from"] == "令和2年4月1日"
    assert written[1].lines[0].cells["decide_by"] == "令和10年6月30日"
    assert problems.lines[0].cells["decide_by"] == "令和15年6月30日"
    assert problems.lines[0].cells["problem"] == written[1].lines[0].cells["problem"]


def test_no_deadline_passes_before_it_moves(in_scope: Municipality) -> None:
    """6-2 refuses a deadline in the past, so that the sample must load on any day."""
    (table,) = read_tables(municipality=in_scope, codes=["6-2"])
    texts = [line.cells["decide_by"] for line in table.lines]
    years = [int(text.removeprefix("令和").split("年")[0]) + 2018 for text in texts]
    months = [int(text.split("年")[1].split("月")[0]) for text in texts]
    assert min(zip(years, months, strict=True)) > (2027, 11)

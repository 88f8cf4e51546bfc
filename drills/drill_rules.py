"""What must be true of one drill before the row is saved (様式12)."""

from collections.abc import Iterator

from bcp_portal.annex.spec import Problem
from bcp_portal.ui.eras import fiscal_year, format_fiscal_year
from drills.models import Drill
from systems.rules.row import date_text, linked

_PARTICIPANTS = ("participant_people", "participant_departments", "vendors")


def somebody_takes_part(row: Drill) -> Iterator[Problem]:
    """Participants are named by text, person, department or vendor: at least one of them."""
    if not row.participants_text and not any(linked(row, name) for name in _PARTICIPANTS):
        yield Problem(
            "participants_text",
            "実施者・受講対象を入力するか、部署・個人・委託先のいずれかを選んでください。",
        )


def held_within_its_year(row: Drill) -> Iterator[Problem]:
    """A drill is held in the fiscal year it was planned for."""
    if row.held_on is None or row.fiscal_year is None:
        return
    if fiscal_year(row.held_on) != row.fiscal_year:
        year = format_fiscal_year(row.fiscal_year, row.municipality.date_style)
        yield Problem(
            "held_on", f"実施日（{date_text(row, row.held_on)}）が{year}の中にありません。"
        )


def plans_are_named(row: Drill) -> Iterator[Problem]:
    """A drill that tries action plans of 様式10 says which."""
    if "action_plan" in row.covers and not linked(row, "action_plans"):
        yield Problem(
            "action_plans",
            "「対象とする計画」に様式10の行動計画を選んだときは、どの行動計画かを選んでください。",
        )


def records_a_result(row: Drill) -> bool:
    """Tell whether somebody has begun to write down how the drill went.

    The date alone does not count: results may follow within 30 days.
    """
    return bool(row.attended is not None or row.result or row.goal_met or row.needs_revision)


RULES = (somebody_takes_part, held_within_its_year, plans_are_named)

"""What must be true of the head of a check sheet before it is saved (様式11・19)."""

from collections.abc import Iterator

from bcp_portal.annex.spec import Problem
from plans.annexes.models.surveys import SurveySheet


def surveyor_named(row: SurveySheet) -> Iterator[Problem]:
    """Somebody looked: a listed person, or a name written down."""
    if row.surveyor_id is None and not row.surveyor_text:
        yield Problem(
            "surveyor",
            "調査者を一覧から選ぶか、「調査者（一覧にない人）」に氏名を入力してください。",
        )

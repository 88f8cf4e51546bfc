"""Puts what was submitted beside the edition it would follow."""

from uuid import UUID

from plans.comparison.compared_pair import Pair
from plans.editions.disposed_editions import gone_editions
from plans.issuing.comparables import edition_code
from plans.revisions.comparables import submission_code
from plans.revisions.models.revision import Submission


def pair_of(submission: Submission) -> Pair | None:
    """Return both sides of the 新旧対照表; None before the first edition, and when that one is gone."""
    base = submission.head.get("base_edition_uid", "")
    if not base or any(each.uid == base for each in gone_editions()):
        return None
    codes = edition_code(UUID(base)), submission_code(submission.uid)
    return Pair.of(submission.municipality, *codes)

"""Says up to when all that was written has been taken over, so that nobody is asked any more who wrote it."""

from datetime import datetime

from plans.document.coverage import Coverage
from plans.editions.models.edition import Edition
from plans.revisions.current_parties import issued_parts


def settled_at() -> datetime | None:
    """Return when the last edition of the whole plan was submitted; None without one.

    What was written later is in no edition as a whole, and who wrote it may not decide on it.
    """
    parts = (each for each in issued_parts() if each.coverage.whole)
    return max((each.submitted_at for each in parts), default=None)


def unsettled_revisions() -> set[str]:
    """Return the uids of revisions whose submission says since when parts of the plan are unsettled.

    Those are the revisions of the last edition of the whole plan and of all behind it.
    """
    editions = list(Edition.objects.values_list("sequence", "revision_uid", "coverage"))
    whole = [number for number, _, coverage in editions if Coverage.from_json(coverage).whole]
    last = max(whole, default=0)
    return {str(uid) for number, uid, _ in editions if number >= last}

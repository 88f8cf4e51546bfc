"""Lets who decides on personal values see them, and notes each look."""

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from plans.models.revisions import Revision
from plans.revisions.drafting import log
from plans.revisions.page import RevisionPage

VALUES_SHOWN = "提出した内容の個人情報の表示"


def may_see_values(page: RevisionPage, membership: Membership) -> bool:
    """Tell whether somebody may see the personal values of what was submitted.

    Besides those who see them anyway, whoever may decide on them now: the digest covers them.
    """
    return bool(membership.may(Permission.VIEW_PERSONAL)) or any(
        not line.chance.afterwards for line in page.chances
    )


def note_look(revision: Revision, membership: Membership, what: str) -> None:
    """Note that somebody saw the personal values of what was submitted."""
    log(revision, membership.user, VALUES_SHOWN, note=what)

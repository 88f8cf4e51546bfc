"""Lets who decides on personal values see them, and notes each look."""

from collections.abc import Sequence

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import SeenRow
from bcp_portal.audit.showing import note_showing
from plans.revisions.models.revision import Revision
from plans.revisions.page import RevisionPage


def may_see_values(page: RevisionPage, membership: Membership) -> bool:
    """Tell whether somebody may see the personal values of what was submitted.

    Besides those who see them anyway, whoever may decide on them now: the digest covers them.
    """
    return bool(membership.may(Permission.VIEW_PERSONAL)) or any(
        not line.chance.afterwards for line in page.chances
    )


def note_look(
    request: MemberRequest, revision: Revision, shown: Sequence[SeenRow], what: str
) -> Entry | None:
    """Note that somebody saw the personal values of these rows in what was submitted."""
    return note_showing(request, shown, way=f"{what}（{revision}）", target=revision)

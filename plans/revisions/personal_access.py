"""Lets who decides on personal values see them, and notes each look."""

from collections.abc import Sequence

from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import SeenRow
from bcp_portal.audit.viewing_log import note_showing
from plans.revisions.models.revision import Revision
from plans.revisions.page import RevisionPage


def may_see_values(page: RevisionPage) -> bool:
    """Tell whether the reader of a page may see the personal values of what was submitted."""
    return page.sees_values


def note_look(
    request: MemberRequest, revision: Revision, shown: Sequence[SeenRow], what: str
) -> Entry | None:
    """Note that somebody saw the personal values of these rows in what was submitted."""
    return note_showing(request, shown, way=f"{what}（{revision}）", target=revision)

"""What the search finds of 改定: their number, and why they were drafted."""

from collections.abc import Iterable

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.search.lines import Group, Line, LineAddress, filled, numbers_of
from bcp_portal.search.sources import SearchSource
from plans.revisions.models.revision import Revision


def revision_group(membership: Membership) -> Iterable[Group]:
    """Return all revisions as one group, the latest first."""
    return [Group("revisions", "改定", tuple(map(_line, Revision.objects.all())))]


def _line(revision: Revision) -> Line:
    return Line(
        str(revision),
        LineAddress("revisions:one", (str(revision.uid),)),
        filled((("改定の理由", revision.reason), ("文書番号", revision.document_number))),
        numbers=numbers_of(f"改定第{revision.number}号", f"改定{revision.number}"),
        state=revision.get_state_display(),
    )


REVISIONS = SearchSource(60, Permission.READ_PLAN, revision_group)

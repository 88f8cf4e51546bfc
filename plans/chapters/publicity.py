"""Says how public a new chapter starts, and whether anybody has ever chosen for a plan."""

from collections.abc import Iterable

from bcp_portal.accounts.rows import Confidentiality, RowStatus
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.chapters.models.public_setting import PublicSetting

_SETTLED = {Confidentiality.PUBLIC.value, Confidentiality.INTERNAL.value}


def publicity_of_new(parent: Chapter | None, beside: Iterable[Chapter]) -> str:
    """Return the confidentiality of a chapter that is being added.

    It is as public as the chapter above it; a 章 as public as all others are, so that nothing
    becomes public in a plan of which something is kept back. The first of a plan is public.
    """
    if parent is not None:
        above = str(parent.confidentiality)
        return above if above in _SETTLED else Confidentiality.INTERNAL.value
    public = all(each.confidentiality == Confidentiality.PUBLIC for each in beside)
    return Confidentiality.PUBLIC.value if public else Confidentiality.INTERNAL.value


def top_chapters(plan: Plan) -> list[Chapter]:
    """Return the 章 that stand in a plan now."""
    chapters = Chapter.objects.filter(plan=plan, parent=None)
    return list(chapters.exclude(row_status=RowStatus.RETIRED))


def is_never_chosen(plan: Plan | None) -> bool:
    """Tell whether all chapters of a plan are hidden and nobody ever said that they shall be.

    So stand the plans of earlier releases, where every chapter began hidden.
    """
    if plan is None or PublicSetting.objects.exists():
        return False
    chapters = Chapter.objects.filter(plan=plan).exclude(row_status=RowStatus.RETIRED)
    opened = chapters.exclude(confidentiality=Confidentiality.INTERNAL)
    return chapters.exists() and not opened.exists()

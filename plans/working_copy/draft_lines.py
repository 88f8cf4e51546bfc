"""Lists the tables with rows marked 作成中 of which the plan prints something, for pages about prints."""

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.draft_rows import DraftLine, draft_lines
from bcp_portal.annex.sheet import Presentation
from bcp_portal.jobs.version_cache import remembered
from plans.chapters.models.plan import Plan
from plans.working_copy.builder import printed_annexes
from plans.working_copy.shown_tables import every_table_shown_in
from plans.working_copy.version import version_of_working_copy


def draft_lines_in_plan(municipality: Municipality) -> list[DraftLine]:
    """Return the tables of the plan that have rows which are 作成中.

    A 様式 that is not printed and that no chapter shows is left out, and so are the masters: nobody
    finds their rows on paper as rows.
    """
    presentation = Presentation.load(municipality)
    lines = draft_lines(presentation)
    if not lines:
        return []
    version = version_of_working_copy(municipality)
    printed = remembered("tables-in-plan", version, find=lambda: _printed(presentation))
    return [line for line in lines if line.code in printed]


def _printed(presentation: Presentation) -> set[str]:
    plan = Plan.objects.first()
    settings = presentation.annexes
    numbers = {
        annex.number
        for annex in printed_annexes(plan)
        if not ((setting := settings.get(str(annex.number))) and setting.by_reference)
    }
    behind = {spec.code for spec in registry.specs() if spec.printed and spec.number in numbers}
    shown = every_table_shown_in(presentation.municipality) if plan else set()
    return behind | {code for code in shown if (spec := registry.spec(code)) and spec.printed}
